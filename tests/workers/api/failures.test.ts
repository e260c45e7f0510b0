import { sql } from "drizzle-orm";
import { beforeAll, describe, expect, test } from "vitest";
import { problem } from "#contract/problem.ts";
import { patiently } from "#tests/support/patiently.ts";
import { APP_ORIGIN } from "#tests/support/start-workers.ts";
import { ask, type Person, SHOP, signUp } from "./people.ts";
import { type RunningApi, sharedApi, startApi } from "./start-api.ts";

let api: RunningApi;
let person: Person;
beforeAll(async () => {
  api = await sharedApi();
  person = await signUp(api);
});

describe("every answer", () => {
  test("carries a request id of its own, which no sender can choose, and is kept by no cache", async () => {
    const routes = ["GET /healthz", "GET /api/v1/me", "GET /api/v1/nothing", "POST /api/v1/sites"];
    const ids = new Set<string | null>();
    for (const route of routes) {
      const answer = await person.ask(route, undefined, { "x-request-id": "mine" });
      const id = answer.headers.get("x-request-id");
      expect(id).toMatch(/^req_[0-9a-f]{32}$/);
      expect(answer.body["requestId"] ?? id).toBe(id);
      expect(answer.headers.get("cache-control")).toBe("no-store");
      expect(answer.headers.get("x-content-type-options")).toBe("nosniff");
      ids.add(id);
    }
    expect(ids.size).toBe(routes.length);
  });

  test.each([
    ["GET /", 404, "not_found"],
    ["GET /api/v1", 404, "not_found"],
    ["DELETE /api/v1/me", 404, "not_found"],
    ["GET /api/v1/%00", 404, "not_found"],
    ["GET /api/v1/sites/%E0%A4%A", 404, "not_found"],
  ])("to %s is a problem with a stable code", async (route, status, code) => {
    const answer = await person.ask(route);
    expect(answer.status).toBe(status);
    expect(answer.headers.get("content-type")).toBe("application/problem+json");
    const body = problem.parse(answer.body);
    expect(body).toMatchObject({ status, code, type: `urn:waymark:problem:${code}` });
    expect(body.title).not.toBe("");
  });
});

describe("a body", () => {
  test("that is no JSON is refused", async () => {
    for (const body of ["{", "", "{'a':1}", "\u0000"]) {
      const answer = await ask(api, "POST /api/v1/auth/login", {
        body,
        headers: { "content-type": "application/json" },
      });
      expect([body, answer.status, answer.body["code"]]).toEqual([body, 400, "invalid_json"]);
    }
  });

  test("of the wrong kind is refused by its place", async () => {
    for (const body of ["[]", "null", "5", '"x"']) {
      const answer = await ask(api, "POST /api/v1/auth/login", { body });
      expect([answer.status, answer.body["code"]]).toEqual([400, "invalid_request"]);
    }
  });

  test("that is too large is refused, whether it says so or not", async () => {
    const large = JSON.stringify({ email: "a@b.example", password: "x".repeat(300_000) });
    const answer = await ask(api, "POST /api/v1/auth/login", { body: large });
    expect([answer.status, answer.body["code"]]).toEqual([413, "body_too_large"]);
    const streamed = await api.fetch("/api/v1/auth/login", {
      method: "POST",
      headers: { "content-type": "application/json", origin: APP_ORIGIN },
      body: new Blob([large]).stream(),
      duplex: "half",
    } as RequestInit);
    expect(streamed.status).toBe(413);
    await streamed.text();
  });

  test("has what Postgres cannot hold taken out of its texts", async () => {
    const answer = await person.ask("POST /api/v1/sites", { ...SHOP, name: "Be\u0000ans \ud800 & Co" });
    expect(answer.status).toBe(201);
    expect(answer.body["name"]).toBe("Beans \ufffd & Co");
  });
});

test("the Worker is ready when Postgres and the cache answer", async () => {
  const ready = await ask(api, "GET /readyz");
  expect([ready.status, ready.body]).toEqual([
    200,
    {
      status: "ok",
      databases: { main: true },
      cache: true,
      checks: ["database main", "cache", "queue", "storage"].map((name) => ({
        name,
        isUp: true,
        ms: expect.any(Number),
      })),
    },
  ]);
  expect(ready.headers.get("cache-control")).toBe("no-store");
});

describe("when something breaks", () => {
  test("the answer says nothing of how, and one line of the log all but personal data", async () => {
    await api.db.execute(
      sql`alter table site.sites add constraint sites_secret_rule check (name <> 'Secret plan') not valid`,
    );
    api.takeLogs();
    const answer = await person.ask("POST /api/v1/sites", { ...SHOP, name: "Secret plan" });
    expect(answer.status).toBe(500);
    expect(problem.parse(answer.body)).toMatchObject({ code: "internal_error" });
    expect(answer.text).not.toMatch(/stack|sites_secret_rule|insert|NeonDbError|\.ts/);

    const lines = api.takeLogs().map(({ message }) => message);
    const bugs = lines.filter((line) => line.includes('"bug"'));
    expect(bugs).toHaveLength(1);
    expect(JSON.parse(bugs[0] ?? "")).toMatchObject({
      level: "error",
      worker: "api",
      event: "bug",
      requestId: answer.headers.get("x-request-id"),
      method: "POST",
      sqlState: "23514",
    });
    expect(lines.join("\n")).not.toContain("Secret plan");
    expect(lines.join("\n")).not.toContain(person.email);
  });

  test(
    "and it is only that Postgres is away, the answer is to try again, and the Worker is not ready",
    { tags: ["long"] },
    async () => {
      const adrift = await startApi({ NEON_HTTP_ENDPOINT: "http://127.0.0.1:9/sql" });
      try {
        const answer = await ask(adrift, "GET /api/v1/me", { headers: { cookie: `sid=${"a".repeat(64)}` } });
        expect([answer.status, answer.body["code"]]).toEqual([503, "temporarily_unavailable"]);
        expect(answer.headers.get("retry-after")).toBe("2");
        expect(answer.text).not.toContain("127.0.0.1");
        const ready = await ask(adrift, "GET /readyz");
        expect(ready.status).toBe(503);
        expect(ready.body).toMatchObject({ status: "unavailable", databases: { main: false } });
        // A cache that answers too late is left alone for a while.
        const hasCache = async () => (await ask(adrift, "GET /readyz")).body["cache"];
        await expect.poll(hasCache, patiently).toBe(true);
        expect((await ask(adrift, "GET /healthz")).status).toBe(200);
      } finally {
        await adrift.stop();
      }
    },
  );
});

describe("an api that would place new accounts in a database that nobody has named", () => {
  test("serves nobody, rather than to place one where it cannot be found", { tags: ["long"] }, async () => {
    const misplaced = await startApi({ NEW_ACCOUNTS_DATABASE: "nowhere" });
    try {
      expect((await ask(misplaced, "GET /api/v1/me")).status).toBe(500);
      expect((await ask(misplaced, "GET /readyz")).status).toBe(500);
    } finally {
      await misplaced.stop();
    }
  });
});
