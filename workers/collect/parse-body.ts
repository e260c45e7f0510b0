import { collectBody, MAX_EVENTS_PER_BODY, type CollectBody } from "#contract/collect.ts";
import { fail, ok, type Result } from "#core/result.ts";
import type { RefusalCode } from "#core/tracking/refusal-code.ts";

import type { ProblemFacts } from "./answer-problem.ts";

export type UnreadBody = ProblemFacts & { code: RefusalCode };

/** The envelope of a body; its events are still unread. */
export function parseBody(text: string): Result<CollectBody, UnreadBody> {
  const json = parseJson(text);
  if (!json.ok) return json;
  const parsed = collectBody.safeParse(json.value);
  if (parsed.success) return ok(parsed.data);

  const errors = parsed.error.issues.map((issue) => {
    const path = issue.path.map(String).join(".");
    return { path, code: "invalid_field", message: EXPECTED[path] ?? "has a wrong type" };
  });
  return fail({
    status: 400,
    code: "invalid_body",
    title: "Invalid body",
    detail: "The body is not a collect body of version 1.",
    errors,
  });
}

const EXPECTED: Readonly<Record<string, string>> = {
  "": "must be a JSON object",
  v: "must be 1",
  site: "must be the site's key",
  sentAt: "must be whole epoch milliseconds",
  visitor: "must be a uuid",
  consent: "must be granted or denied",
  events: `must be a list of 1 to ${MAX_EVENTS_PER_BODY} events`,
};

function parseJson(text: string): Result<unknown, UnreadBody> {
  try {
    return ok(JSON.parse(text) as unknown);
  } catch {
    return fail({
      status: 400,
      code: "invalid_json",
      title: "Invalid JSON",
      detail: "The body is not JSON.",
    });
  }
}
