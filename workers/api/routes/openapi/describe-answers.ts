import type { ZodOpenApiResponseObject, ZodOpenApiResponsesObject } from "zod-openapi";

import { problem } from "#contract/problem.ts";
import { ACCESS } from "#usecases/accounts/access.ts";
import type { Answer, RouteDoc } from "./paths/route-doc.ts";

export type ProblemTable = Readonly<Record<string, { status: number; title: string }>>;

type Status = `${1 | 2 | 3 | 4 | 5}${string}`;

/** What a route answers: its success and what else is none, and each status it refuses with, with the codes that explain it. */
export function describeAnswers(route: RouteDoc, problems: ProblemTable): ZodOpenApiResponsesObject {
  const refusals = new Map<number, string[]>();
  for (const code of codesOf(route)) {
    const known = problems[code];
    if (known === undefined)
      throw new Error(`${route.method} ${route.path} names an unknown problem: ${code}`);
    refusals.set(known.status, [...(refusals.get(known.status) ?? []), `\`${code}\`: ${known.title}.`]);
  }
  const answers: ZodOpenApiResponsesObject = {};
  for (const answer of [route.answer, ...(route.otherAnswers ?? [])]) {
    answers[String(answer.status) as Status] = answerOf(answer);
  }
  for (const [status, lines] of [...refusals].toSorted(([a], [b]) => a - b)) {
    answers[String(status) as Status] = {
      description: lines.join("\n"),
      content: { "application/problem+json": { schema: problem } },
    };
  }
  return answers;
}

function answerOf({ description, schema, contentTypes }: Answer): ZodOpenApiResponseObject {
  if (contentTypes !== undefined) {
    const file = { schema: { type: "string", format: "binary" } } as const;
    return { description, content: Object.fromEntries(contentTypes.map((type) => [type, file])) };
  }
  return schema === undefined
    ? { description }
    : { description, content: { "application/json": { schema } } };
}

/** The codes that follow from who may ask and what is sent, and the route's own. */
function codesOf(route: RouteDoc): Set<string> {
  const codes = new Set<string>();
  const add = (...more: string[]) => more.forEach((code) => codes.add(code));
  if (route.body !== undefined) {
    add("invalid_json", "invalid_request", "unsupported_media_type", "body_too_large");
  }
  if (route.query !== undefined) add("invalid_request");
  add(...accessCodes(route));
  if (route.path.includes("{")) add("not_found");
  if (route.isRepeatable) {
    add("invalid_request", "body_too_large", "idempotency_in_progress", "idempotency_key_reused");
  }
  add(...(route.problems ?? []));
  if (route.path.startsWith("/api/")) add("internal_error", "temporarily_unavailable");
  return codes;
}

function accessCodes({ access, method }: RouteDoc): string[] {
  const foreign = method === "get" ? [] : ["foreign_origin"];
  if (access === "public") return foreign;
  if (access === "superadmin") return [...foreign, "not_found"];
  if (access === "user") return [...foreign, "not_signed_in", "user_required"];
  const { roles, scopes } = ACCESS[access];
  return [
    ...(roles.length > 0 ? [...foreign, "not_signed_in", "role_forbidden"] : ["api_key_required"]),
    ...(scopes.length > 0 ? ["invalid_api_key", "scope_missing"] : ["user_required"]),
  ];
}
