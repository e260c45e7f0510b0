import { sql } from "drizzle-orm";
import { beforeAll, beforeEach, describe, expect, test } from "vitest";
import { ROLES, type Scope } from "#contract/accounts.ts";
import type { Database } from "#db/database.ts";
import { createDatabase } from "#tests/support/create-database.ts";
import { checkAccess, type Action } from "#usecases/accounts/access.ts";
import { authenticateKey } from "#usecases/accounts/authenticate-key.ts";
import { authenticateSession } from "#usecases/accounts/authenticate-session.ts";
import { checkReadiness } from "#usecases/accounts/check-readiness.ts";
import { claimIdempotencyKey } from "#usecases/accounts/claim-idempotency-key.ts";
import { createApiKey } from "#usecases/accounts/create-api-key.ts";
import { listApiKeys } from "#usecases/accounts/list-api-keys.ts";
import { listMembers } from "#usecases/accounts/list-members.ts";
import type { KeyPrincipal, UserPrincipal } from "#usecases/accounts/principal.ts";
import { register } from "#usecases/accounts/register.ts";
import { revokeApiKey } from "#usecases/accounts/revoke-api-key.ts";
import { settleIdempotencyKey } from "#usecases/accounts/settle-idempotency-key.ts";
import { accountDeps, type TestDeps } from "./account-deps.ts";

let db: Database;
let deps: TestDeps;
let owner: UserPrincipal;
beforeAll(async () => {
  ({ db } = await createDatabase());
});
let count = 0;
beforeEach(async () => {
  deps = accountDeps(db);
  owner = await openAccount();
});

async function openAccount(): Promise<UserPrincipal> {
  const email = `owner-${(count += 1)}@people.example`;
  const request = { email, password: "correct horse battery", name: "Ann" };
  const opened = await register(deps, { request, ip: "198.51.100.7" });
  const user = opened.ok ? await authenticateSession(deps, opened.value.token) : null;
  if (user === null) throw new Error("not signed in");
  return user;
}

const makeKey = async (name = "Server", scopes: Scope[] = ["events:read"]) =>
  await createApiKey(deps, { principal: owner, request: { name, scopes } });

describe("an API key", () => {
  test("is remembered for its holder, who is asked for its secret each time", async () => {
    const made = await makeKey();
    const program = await authenticateKey(deps, made.key);
    expect(program).toMatchObject({ kind: "key", accountId: owner.accountId, scopes: ["events:read"] });
    await db.execute(sql`delete from control.api_keys where public_id = ${made.id}`);
    expect(await authenticateKey(deps, made.key)).toEqual(program);
    expect(await authenticateKey(deps, `${made.key.slice(0, -64)}${"0".repeat(64)}`)).toBeNull();
  });

  test("that was revoked is forgotten everywhere; a second time there is nothing to revoke", async () => {
    const made = await makeKey();
    await authenticateKey(deps, made.key);
    expect(await revokeApiKey(deps, { principal: owner, publicId: made.id })).toEqual({
      ok: true,
      value: null,
    });
    expect(await authenticateKey(deps, made.key)).toBeNull();
    expect((await revokeApiKey(deps, { principal: owner, publicId: made.id })).ok).toBe(false);
    const { rows } = await db.execute(
      sql`select action from control.audit_log where subject = ${made.id} order by id`,
    );
    expect(rows).toEqual([{ action: "api_key.create" }, { action: "api_key.revoke" }]);
  });

  test("of another account is not there to be revoked", async () => {
    const made = await makeKey();
    const stranger = await openAccount();
    expect((await revokeApiKey(deps, { principal: stranger, publicId: made.id })).ok).toBe(false);
    expect(await authenticateKey(deps, made.key)).not.toBeNull();
    expect((await listApiKeys(deps, { principal: stranger, beforeId: null, limit: 10 })).items).toEqual([]);
  });

  test("says when it was last used, every ten minutes at most", async () => {
    const made = await makeKey();
    const lastUsed = async () => {
      deps.cached.clear();
      await authenticateKey(deps, made.key);
      await deps.settled();
      const { items } = await listApiKeys(deps, { principal: owner, beforeId: null, limit: undefined });
      return items[0]?.lastUsedAt;
    };
    expect(await lastUsed()).toBe("2026-03-09T12:00:00.000Z");
    deps.moveClock(600_000);
    expect(await lastUsed()).toBe("2026-03-09T12:00:00.000Z");
    deps.moveClock(1);
    expect(await lastUsed()).toBe("2026-03-09T12:10:00.001Z");
  });

  test("is listed page by page", async () => {
    for (const name of ["one", "two", "three"]) await makeKey(name);
    const first = await listApiKeys(deps, { principal: owner, beforeId: null, limit: 2 });
    const beforeId = Number(first.next?.[0]);
    const second = await listApiKeys(deps, { principal: owner, beforeId, limit: 2 });
    expect([...first.items, ...second.items].map(({ name }) => name)).toEqual(["three", "two", "one"]);
    expect(second.next).toBeNull();
  });
});

test("the people of an account are listed page by page", async () => {
  const first = await listMembers(deps, { principal: owner, afterId: null, limit: 1 });
  expect(first).toMatchObject({ items: [{ email: owner.email, role: "owner" }], next: null });
  const afterId = owner.userId;
  expect(await listMembers(deps, { principal: owner, afterId, limit: 1 })).toEqual({ items: [], next: null });
});

describe("permission", () => {
  const mayDo = (action: Action) => ROLES.filter((role) => checkAccess({ ...owner, role }, action).ok);

  test("to read is everyone's but a client's; to change what is sold, a marketer's too; the rest, a manager's", () => {
    const all = ["owner", "admin", "marketer", "viewer"];
    const reading: Action[] = [
      "sites:read",
      "campaigns:read",
      "events:read",
      "analytics:read",
      "reports:read",
    ];
    for (const action of reading) expect([action, mayDo(action)]).toEqual([action, all]);
    for (const action of ["campaigns:write", "reports:write"] as const) {
      expect([action, mayDo(action)]).toEqual([action, ["owner", "admin", "marketer"]]);
    }
    for (const action of ["account:write", "keys:manage", "sites:write"] as const) {
      expect([action, mayDo(action)]).toEqual([action, ["owner", "admin"]]);
    }
    expect(mayDo("events:write")).toEqual([]);
  });

  test("of a program follows its scopes", () => {
    const { userId: _, ...account } = owner;
    const program = (...scopes: Scope[]): KeyPrincipal => ({
      ...account,
      kind: "key",
      apiKeyId: 1,
      apiKeyPublicId: "key_x",
      scopes,
    });
    expect(checkAccess(program("events:write"), "events:write").ok).toBe(true);
    expect(checkAccess(program("events:read"), "events:write")).toEqual({
      ok: false,
      error: { kind: "scope_missing", needed: ["events:write"] },
    });
    expect(checkAccess(program("events:read"), "keys:manage")).toMatchObject({
      error: { kind: "user_required" },
    });
    expect(checkAccess(owner, "events:write")).toMatchObject({ error: { kind: "api_key_required" } });
  });
});

describe("an Idempotency-Key", () => {
  const claim = async (request = "POST /x {}", key = "k") =>
    await claimIdempotencyKey(deps, { accountId: owner.accountId, key, request });
  const settle = async (answer: { status: number; body: unknown } | null) =>
    await settleIdempotencyKey(deps, { accountId: owner.accountId, key: "k", answer });

  test("is taken by one of two who come at once", async () => {
    const kinds = (await Promise.all([claim(), claim()])).map(({ kind }) => kind);
    expect(new Set(kinds)).toEqual(new Set(["claimed", "in_progress"]));
  });

  test("gives the same answer for a day, and refuses another request", async () => {
    await claim();
    await settle({ status: 201, body: { id: "x" } });
    deps.moveClock(86_400_000);
    expect(await claim()).toEqual({ kind: "done", status: 201, body: { id: "x" } });
    expect(await claim("POST /y {}")).toEqual({ kind: "reused" });
    deps.moveClock(1);
    expect(await claim("POST /y {}")).toEqual({ kind: "claimed" });
  });

  test("whose request failed on our side is free again; one that was given up is after two minutes", async () => {
    await claim();
    await settle(null);
    expect(await claim()).toEqual({ kind: "claimed" });
    deps.moveClock(120_000);
    expect(await claim()).toEqual({ kind: "in_progress" });
    deps.moveClock(1);
    expect(await claim()).toEqual({ kind: "claimed" });
  });

  test("belongs to its account", async () => {
    await claim();
    const other = await openAccount();
    const asked = { accountId: other.accountId, key: "k", request: "POST /z {}" };
    expect(await claimIdempotencyKey(deps, asked)).toEqual({ kind: "claimed" });
  });
});

describe("readiness", () => {
  test("is lost with a database and degraded without the cache", async () => {
    const parts = ["database main", "cache", "queue", "storage"];
    expect(await checkReadiness(deps)).toEqual({
      status: "ok",
      databases: { main: true },
      cache: true,
      checks: parts.map((name) => ({ name, isUp: true, ms: expect.any(Number) })),
    });
    const lonely = { ...deps, cache: { ...deps.cache, isUp: async () => false } };
    expect((await checkReadiness(lonely)).status).toBe("degraded");
    const down = async () => await Promise.reject(new Error("away"));
    const halfDown = { ...deps, probes: { queue: down, storage: async () => null } };
    const { status, checks } = await checkReadiness(halfDown);
    expect([status, checks.find(({ isUp }) => !isUp)?.name]).toEqual(["degraded", "queue"]);
    const { neon } = await import("@neondatabase/serverless");
    const { drizzle } = await import("drizzle-orm/neon-http");
    const nowhere = drizzle({ client: neon("postgresql://x:y@127.0.0.1:9/none") });
    const names = () => ["main", "eu"];
    const named = (name: string) => (name === "main" ? db : nowhere);
    expect(await checkReadiness({ ...deps, databases: { names, named } })).toMatchObject({
      status: "unavailable",
      databases: { main: true, eu: false },
      cache: true,
    });
  });
});
