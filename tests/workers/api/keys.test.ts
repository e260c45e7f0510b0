import { sql } from "drizzle-orm";
import { beforeAll, describe, expect, test } from "vitest";
import { createdApiKey } from "#contract/accounts.ts";
import { patiently } from "#tests/support/patiently.ts";
import { addMember, addProgram, ask, type Person, SHOP, signUp } from "./people.ts";
import { type RunningApi, sharedApi } from "./start-api.ts";

let api: RunningApi;
let owner: Person;
let stranger: Person;
beforeAll(async () => {
  api = await sharedApi();
  owner = await signUp(api);
  stranger = await signUp(api);
});

const KEYS = "/api/v1/api-keys";
const makeKey = async (person: Person, given: Record<string, unknown> = {}) => {
  const answer = await person.ask(`POST ${KEYS}`, {
    name: "Shop server",
    scopes: ["events:write"],
    ...given,
  });
  expect(answer.status).toBe(201);
  return createdApiKey.parse(answer.body);
};
const asProgram = async (key: string, route = "GET /api/v1/sites") =>
  await ask(api, route, { headers: { authorization: `Bearer ${key}` } });

describe("an API key", () => {
  test("is shown once, and only its hash is kept", async () => {
    const made = await makeKey(owner, { scopes: ["events:write", "events:write", "events:read"] });
    expect(made.key).toMatch(/^wmk_[1-9A-HJ-NP-Za-km-z]{22}_[0-9a-f]{64}$/);
    expect(made).toMatchObject({
      name: "Shop server",
      scopes: ["events:write", "events:read"],
      lastUsedAt: null,
    });

    const listed = await owner.ask(`GET ${KEYS}`);
    expect(listed.text).toContain(made.id);
    const secret = made.key.split("_").at(-1) ?? "";
    expect(listed.text).not.toContain(secret);
    const { rows } = await api.db.execute(sql`
      select row_to_json(k)::text || coalesce((select detail::text from control.audit_log where subject = k.public_id), '') as kept
      from control.api_keys k where public_id = ${made.id}`);
    expect(rows[0]?.["kept"]).not.toContain(secret);
    expect(rows[0]?.["kept"]).toContain('"scopes": ["events:write", "events:read"]');
  });

  test("lets its program in, and says when it was last used", async () => {
    const made = await makeKey(owner);
    expect((await asProgram(made.key)).status).toBe(200);
    await expect
      .poll(async () => {
        const { items } = (await owner.ask(`GET ${KEYS}`)).body as {
          items: { id: string; lastUsedAt: unknown }[];
        };
        return items.find(({ id }) => id === made.id)?.lastUsedAt;
      }, patiently)
      .toMatch(/^\d{4}-/);
  });

  test("is worth nothing with another secret, another id or another spelling", async () => {
    const [made, other] = [await makeKey(owner), await makeKey(owner)];
    const [, id = "", secret = ""] = made.key.split("_");
    const otherSecret = other.key.split("_").at(-1) ?? "";
    const wrong = [
      `wmk_${id}_${otherSecret}`,
      `wmk_${id}_${secret.slice(1)}`,
      `wmk_${id}_${secret.toUpperCase()}`,
      `wmk_${id}_`,
      `wmk_1111111111111111111111_${secret}`,
      secret,
      "",
    ];
    for (const key of wrong) {
      const answer = await asProgram(key);
      expect([key, answer.status, answer.body["code"]]).toEqual([key, 401, "invalid_api_key"]);
    }
    expect((await asProgram(made.key)).status).toBe(200);
  });

  test("that was revoked ends at once, although it was in use", async () => {
    const made = await makeKey(owner);
    expect((await asProgram(made.key)).status).toBe(200);
    expect((await owner.ask(`DELETE ${KEYS}/${made.id}`)).status).toBe(204);
    expect((await asProgram(made.key)).status).toBe(401);
    expect((await owner.ask(`DELETE ${KEYS}/${made.id}`)).status).toBe(404);
    expect((await owner.ask(`GET ${KEYS}`)).text).not.toContain(made.id);
  });

  test("of another account cannot be seen or revoked", async () => {
    const made = await makeKey(owner);
    expect((await stranger.ask(`DELETE ${KEYS}/${made.id}`)).status).toBe(404);
    expect((await stranger.ask(`GET ${KEYS}`)).body).toEqual({ items: [], next: null });
    expect((await asProgram(made.key)).status).toBe(200);
  });

  test("does what its scopes say and no more", async () => {
    const site = (await owner.ask("POST /api/v1/sites", SHOP)).body;
    const route = `GET /api/v1/sites/${String(site["id"])}/ledger?from=2026-11-01T00:00:00.000Z&to=2026-11-02T00:00:00.000Z`;
    const reader = await addProgram(api, owner, ["events:read"]);
    const writer = await addProgram(api, owner, ["events:write"]);
    expect((await reader.ask(route)).status).toBe(200);
    const refused = await writer.ask(route);
    expect([refused.status, refused.body["code"]]).toEqual([403, "scope_missing"]);
    expect(refused.body["detail"]).toContain("events:read");
    const person = await owner.ask("POST /api/v1/events", { siteId: site["id"], events: [{}] });
    expect([person.status, person.body["code"]]).toEqual([403, "api_key_required"]);
  });

  test("is no person: it manages no keys, members, sites or sign-ins", async () => {
    const program = await addProgram(api, owner, [
      "events:write",
      "events:read",
      "analytics:read",
      "campaigns:write",
      "reports:write",
    ]);
    for (const [route, body] of [
      [`GET ${KEYS}`],
      [`POST ${KEYS}`, { name: "More", scopes: ["events:read"] }],
      ["GET /api/v1/members"],
      ["GET /api/v1/me"],
      ["POST /api/v1/sites", SHOP],
      ["POST /api/v1/auth/logout-everywhere"],
    ] as const) {
      const answer = await program.ask(route, body);
      expect([route, answer.status, answer.body["code"]]).toEqual([route, 403, "user_required"]);
    }
  });

  test("that is asked for twice under one Idempotency-Key is made once, its secret kept nowhere", async () => {
    const headers = { "idempotency-key": "one-key" };
    const body = { name: "Once", scopes: ["events:read"] };
    const first = await owner.ask(`POST ${KEYS}`, body, headers);
    const again = await owner.ask(`POST ${KEYS}`, body, headers);
    expect(first.status).toBe(201);
    expect([again.status, again.body["code"]]).toEqual([409, "already_created"]);
    const { rows } = await api.db.execute(
      sql`select body from control.idempotency_keys where key = 'one-key'`,
    );
    expect(rows).toEqual([{ body: null }]);
  });

  test("needs a name and scopes that exist", async () => {
    for (const body of [
      { name: "x" },
      { name: "x", scopes: [] },
      { name: "x", scopes: ["all"] },
      { scopes: ["events:read"] },
    ]) {
      expect((await owner.ask(`POST ${KEYS}`, body)).status).toBe(400);
    }
  });

  test("is listed page by page, newest first", async () => {
    const person = await signUp(api);
    const made = [];
    for (const name of ["One", "Two", "Three"]) made.push((await makeKey(person, { name })).id);
    const first = await person.ask(`GET ${KEYS}?limit=2`);
    const second = await person.ask(`GET ${KEYS}?limit=2&after=${String(first.body["next"])}`);
    const ids = [first, second].flatMap(({ body }) =>
      (body["items"] as { id: string }[]).map(({ id }) => id),
    );
    expect(ids).toEqual(made.toReversed());
    expect(second.body["next"]).toBeNull();
  });
});

describe("the people of an account", () => {
  test("are seen by each other, and by nobody else", async () => {
    const account = await signUp(api);
    const viewer = await addMember(api, account, "viewer");
    const seen = await viewer.ask("GET /api/v1/members");
    expect(seen.status).toBe(200);
    expect(
      (seen.body["items"] as { email: string; role: string }[]).map(({ email, role }) => [email, role]),
    ).toEqual([
      [account.email, "owner"],
      [viewer.email, "viewer"],
    ]);
    expect((await stranger.ask("GET /api/v1/members")).text).not.toContain(viewer.email);
    expect((await viewer.ask("GET /api/v1/members?limit=1")).body["items"]).toHaveLength(1);
    expect((await ask(api, "GET /api/v1/members")).status).toBe(401);
    expect((await viewer.ask("GET /api/v1/members?limit=0")).status).toBe(400);
  });

  test("manage keys only as owner or admin", async () => {
    const account = await signUp(api);
    const made = await makeKey(account);
    for (const [role, expected] of [
      ["admin", [200, 201, 204]],
      ["marketer", [403, 403, 403]],
      ["viewer", [403, 403, 403]],
      ["client", [403, 403, 403]],
    ] as const) {
      const member = await addMember(api, account, role);
      const statuses = [
        (await member.ask(`GET ${KEYS}`)).status,
        (await member.ask(`POST ${KEYS}`, { name: role, scopes: ["events:read"] })).status,
        (await member.ask(`DELETE ${KEYS}/${role === "admin" ? made.id : "key_1111111111111111111111"}`))
          .status,
      ];
      expect([role, statuses]).toEqual([role, expected]);
    }
    expect((await ask(api, `GET ${KEYS}`)).status).toBe(401);
  });
});
