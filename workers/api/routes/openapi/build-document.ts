import { createDocument, type ZodOpenApiOperationObject, type ZodOpenApiPathsObject } from "zod-openapi";

import { ACCESS } from "#usecases/accounts/access.ts";
import { nameComponents } from "./components.ts";
import { describeAnswers, type ProblemTable } from "./describe-answers.ts";
import { ALL_PATHS } from "./paths/all-paths.ts";
import { TAGS, type RouteDoc } from "./paths/route-doc.ts";
import { pathParameters, repeatHeader } from "./parameters.ts";

export type ApiDocument = ReturnType<typeof createDocument>;

const INTRODUCTION = [
  "Which campaign earned the money, and why.",
  "Programs send `Authorization: Bearer wmk_…`; the dashboard signs in with a cookie.",
  "Ids carry a prefix, times are ISO 8601 in UTC, days are the site's (`YYYY-MM-DD`), money is whole minor units with a currency.",
  "Lists answer `{ items, next }`: send `next` as `after` for the following page.",
  "Every answer carries `X-Request-Id`. A refusal is problem JSON (RFC 9457) with a stable `code`.",
].join("\n\n");

/** The OpenAPI 3.1 document of every route, its schemas made from the contract. */
export function buildDocument(problems: ProblemTable, serverUrl: string): ApiDocument {
  nameComponents();
  return createDocument({
    openapi: "3.1.0",
    info: { title: "Waymark API", version: "1", description: INTRODUCTION },
    servers: [{ url: serverUrl }],
    tags: Object.entries(TAGS).map(([name, description]) => ({ name, description })),
    paths: pathsOf(ALL_PATHS, problems),
    components: {
      securitySchemes: {
        signIn: { type: "apiKey", in: "cookie", name: "__Host-sid", description: "Set by signing in" },
        apiKey: { type: "http", scheme: "bearer", description: "`wmk_<id>_<secret>`, with scopes" },
      },
    },
  });
}

function pathsOf(routes: readonly RouteDoc[], problems: ProblemTable): ZodOpenApiPathsObject {
  const paths: ZodOpenApiPathsObject = {};
  for (const route of routes) {
    paths[route.path] = { ...paths[route.path], [route.method]: operationOf(route, problems) };
  }
  return paths;
}

function operationOf(route: RouteDoc, problems: ProblemTable): ZodOpenApiOperationObject {
  const path = pathParameters(route.path);
  return {
    operationId: operationId(route),
    tags: [route.tag],
    summary: route.summary,
    description: [route.description, accessWords(route)].filter(Boolean).join("\n\n"),
    security: securityOf(route),
    requestParams: {
      ...(path === null ? {} : { path }),
      ...(route.query === undefined ? {} : { query: route.query }),
      ...(route.isRepeatable ? { header: repeatHeader } : {}),
    },
    ...bodyOf(route),
    responses: describeAnswers(route, problems),
  };
}

function bodyOf({ body, bodyTypes }: RouteDoc): Pick<ZodOpenApiOperationObject, "requestBody"> {
  if (body !== undefined) {
    return { requestBody: { required: true, content: { "application/json": { schema: body } } } };
  }
  if (bodyTypes === undefined) return {};
  const bytes = { schema: { type: "string", format: "binary" } } as const;
  return {
    requestBody: { required: true, content: Object.fromEntries(bodyTypes.map((type) => [type, bytes])) },
  };
}

/** `get /api/v1/sites/{siteId}/events` → `get_sites_siteId_events`. */
function operationId({ method, path }: RouteDoc): string {
  const words = path.replace(/^\/api\/v1/, "").match(/[A-Za-z0-9]+/g) ?? [];
  return [method, ...words].join("_");
}

function securityOf({ access }: RouteDoc): Record<string, string[]>[] {
  if (access === "public") return [];
  if (access === "user" || access === "superadmin") return [{ signIn: [] }];
  const { roles, scopes } = ACCESS[access];
  return [...(roles.length > 0 ? [{ signIn: [] }] : []), ...(scopes.length > 0 ? [{ apiKey: [] }] : [])];
}

function accessWords({ access }: RouteDoc): string {
  if (access === "public") return "";
  if (access === "user") return "For any signed-in person.";
  if (access === "superadmin") return "For superadmins; to everybody else there is nothing here.";
  const { roles, scopes } = ACCESS[access];
  const people = roles.length > 0 ? [`Roles: ${roles.join(", ")}.`] : [];
  const programs =
    scopes.length > 0 ? [`API key with scope: ${scopes.join(" or ")}.`] : ["Not for API keys."];
  return [...people, ...programs].join(" ");
}
