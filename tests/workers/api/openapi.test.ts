import { join } from "node:path";
import { beforeAll, describe, expect, test } from "vitest";
import { projectFolder } from "#scripts/stack/project.ts";
import { ask } from "./people.ts";
import { type RunningApi, sharedApi } from "./start-api.ts";

let api: RunningApi;
let document: Document;
beforeAll(async () => {
  api = await sharedApi();
  document = (await ask(api, "GET /api/v1/openapi.json")).body as Document;
});

type Operation = {
  operationId: string;
  summary: string;
  security: unknown[];
  parameters?: { in: string; name: string }[];
  requestBody?: { content: Record<string, { schema: Schema }> };
  responses: Record<string, { description: string; content?: Record<string, { schema: Schema }> }>;
};
type Schema = {
  $ref?: string;
  description?: string;
  items?: Schema;
  properties?: Record<string, Schema>;
  required?: string[];
  additionalProperties?: boolean | Schema;
  anyOf?: Schema[];
  oneOf?: Schema[];
  const?: unknown;
  pattern?: string;
};
type Document = {
  openapi: string;
  paths: Record<string, Record<string, Operation>>;
  components: { schemas: Record<string, Schema> };
};

/** Every route that is mounted, as the document would write it; middleware is mounted for every method. */
async function mountedRoutes(): Promise<Set<string>> {
  const { buildApp } = (await import(join(projectFolder, "workers/api/app.ts"))) as {
    buildApp: (wire: () => never) => { routes: { method: string; path: string }[] };
  };
  const { routes } = buildApp(() => {
    throw new Error("no request is made");
  });
  return new Set(
    routes
      .filter(({ method }) => method !== "ALL")
      .map(({ method, path }) => `${method.toLowerCase()} ${path.replaceAll(/:(\w+)/g, "{$1}")}`),
  );
}

/** POSTs that make something and take no `Idempotency-Key`, with the reason. */
const WITHOUT_KEY: Readonly<Record<string, string>> = {
  "post /api/v1/auth/register":
    "keys are an account's, and there is none yet; the address is taken once, a repeat is 409 email_taken",
};

function operations(): [string, Operation][] {
  return Object.entries(document.paths).flatMap(([path, methods]) =>
    Object.entries(methods).map(([method, operation]): [string, Operation] => [
      `${method} ${path}`,
      operation,
    ]),
  );
}

/** The places of a shape that may hold anything and do not say what they hold. */
function silentPlaces(schema: Schema, place: string): string[] {
  const inner = [
    ...Object.entries(schema.properties ?? {}),
    ...(schema.items ? [["[]", schema.items] as const] : []),
    ...(typeof schema.additionalProperties === "object" ? [["*", schema.additionalProperties] as const] : []),
    ...[...(schema.anyOf ?? []), ...(schema.oneOf ?? [])].map((one, at) => [String(at), one] as const),
  ];
  return [
    ...(Object.keys(schema).length === 0 ? [place] : []),
    ...inner.flatMap(([name, one]) => silentPlaces(one, `${place}.${name}`)),
  ];
}

/** Every shape of the document with the place where it stands. */
function shapes(): [string, Schema][] {
  const sent = operations().flatMap(([route, { requestBody, responses }]) =>
    [requestBody, ...Object.values(responses)].flatMap((one) =>
      Object.values(one?.content ?? {}).map(({ schema }): [string, Schema] => [route, schema]),
    ),
  );
  return [...Object.entries(document.components.schemas), ...sent];
}

const IMPORTED_KINDS = ["pageview", "click", "impression", "conversion", "custom", "identify", "refund"];

/** What the body of `POST /events` refers to, by the kind of event. */
function eventKinds(): Map<unknown, Schema> {
  const body = JSON.stringify(document.paths["/api/v1/events"]?.["post"]?.requestBody);
  const [, name = ""] = /"events":.*"#\/components\/schemas\/([^"]+)"/.exec(body) ?? [];
  const { oneOf = [] } = document.components.schemas[name] ?? {};
  return new Map(oneOf.map((kind) => [kind.properties?.["type"]?.const, kind]));
}

/** What is there for superadmins only: to everybody else it is not. */
function isHidden(route: string): boolean {
  return route.includes(" /api/v1/admin/");
}

describe("the routes that are mounted", { tags: ["long"] }, () => {
  // Loading all of the API may take longer than a test is given.
  let mounted: Set<string>;
  beforeAll(async () => {
    mounted = await mountedRoutes();
  });

  test("are described, each of them, and no other is", () => {
    const described = operations().map(([route]) => route);
    expect(described.toSorted()).toEqual([...mounted].toSorted());
  });
});

describe("the OpenAPI document", () => {
  test("is OpenAPI 3.1, may be cached by anyone, and refers to nothing that is not in it", async () => {
    const answer = await ask(api, "GET /api/v1/openapi.json");
    expect(answer.headers.get("cache-control")).toBe("public, max-age=300");
    expect(document.openapi).toBe("3.1.0");
    const names = [...answer.text.matchAll(/"#\/components\/schemas\/([^"]+)"/g)].map(
      ([, name]) => name ?? "",
    );
    expect(names.length).toBeGreaterThan(50);
    expect(names.filter((name) => !(name in document.components.schemas))).toEqual([]);
  });

  test("names each operation once", () => {
    const ids = operations().map(([, { operationId }]) => operationId);
    expect(new Set(ids).size).toBe(ids.length);
  });

  test("says of each shape what it holds", () => {
    expect(shapes().flatMap(([place, schema]) => silentPlaces(schema, place))).toEqual([]);
  });

  test("describes each kind of event that a program may send", () => {
    const kinds = eventKinds();
    expect([...kinds.keys()]).toEqual(IMPORTED_KINDS);
    const given = expect.anything() as Schema;
    for (const kind of kinds.values()) {
      expect(kind.required).toEqual(expect.arrayContaining(["id", "at", "type"]));
      expect(kind.properties).toMatchObject({
        visitor: given,
        channel: given,
        campaign: given,
        props: given,
      });
    }
    expect(kinds.get("custom")?.required).toContain("name");
    expect(kinds.get("conversion")?.properties).toMatchObject({
      conversion: { properties: { value: given, currency: given, orderId: given } },
    });
  });

  test("has patterns that take either case where the service does: OpenAPI knows no flags", () => {
    const { pattern = "" } = eventKinds().get("pageview")?.properties?.["id"] ?? {};
    expect("0197F3C2-8E1A-7000-8000-00000000000a").toMatch(new RegExp(pattern));
  });

  test("says that a program may name a site that is not there", () => {
    expect(document.paths["/api/v1/events"]?.["post"]?.responses).toHaveProperty("404");
  });

  test("lists each parameter of a path", () => {
    for (const [route, { parameters = [] }] of operations()) {
      const named = parameters.filter(({ in: place }) => place === "path").map(({ name }) => name);
      expect([route, named]).toEqual([route, [...route.matchAll(/\{(\w+)\}/g)].map(([, name]) => name)]);
    }
  });

  test("says of each protected route that it may answer 401 and 403, and of each thing that it may be 404", () => {
    const silent = operations().filter(([route, { security, responses }]) => {
      const isProtected = security.length > 0 && !isHidden(route);
      const expected = [
        ...(isProtected ? ["401", "403"] : []),
        ...(route.includes("{") || isHidden(route) ? ["404"] : []),
      ];
      return expected.some((status) => !(status in responses));
    });
    expect(silent.map(([route]) => route)).toEqual([]);
  });

  test("lists Idempotency-Key at each POST that makes something", () => {
    const makers = operations().filter(
      ([route, { responses }]) => route.startsWith("post ") && "201" in responses,
    );
    const without = makers.filter(
      ([, { parameters = [] }]) => !parameters.some(({ name }) => name === "idempotency-key"),
    );
    expect(makers.length).toBeGreaterThan(10);
    expect(without.map(([route]) => route)).toEqual(Object.keys(WITHOUT_KEY));
  });

  test(
    "is kept by the service: a protected route asked without a sign-in answers 401, an open one never",
    { tags: ["long"] },
    async () => {
      for (const [route, { security }] of operations()) {
        const [method = "", path = ""] = route.split(" ");
        const filled = path.replaceAll(/\{\w+\}/g, "site_1111111111111111111111");
        const { status } = await ask(api, `${method.toUpperCase()} ${filled}`);
        const refusal = isHidden(route) ? 404 : 401;
        expect([route, status === refusal]).toEqual([route, security.length > 0]);
      }
    },
  );
});

describe("the docs page", () => {
  test("shows every route, and loads and runs nothing", async () => {
    const page = await ask(api, "GET /api/v1/docs");
    expect(page.status).toBe(200);
    expect(page.headers.get("content-type")).toMatch(/^text\/html/);
    expect(page.headers.get("content-security-policy")).toContain("default-src 'none'");
    for (const [, { operationId, summary }] of operations()) {
      expect(page.text).toContain(`id="${operationId}"`);
      expect(page.text).toContain(summary);
    }
    for (const kind of IMPORTED_KINDS) expect(page.text).toContain(`<code>&quot;${kind}&quot;</code>`);
    expect(page.text).not.toMatch(/<script|<link|<img|url\(|@import|src=/);
    const anchors = [...page.text.matchAll(/href="#([^"]+)"/g)].map(([, id]) => id);
    expect(anchors.filter((id) => !page.text.includes(`id="${id}"`))).toEqual([]);
  });
});
