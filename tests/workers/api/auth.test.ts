import { sql } from "drizzle-orm";
import { beforeAll, describe, expect, test } from "vitest";
import {
  addMember,
  anyEmail,
  anyIp,
  ask,
  cookieOf,
  PASSWORD,
  signIn,
  signUp,
  tokenMailedTo,
} from "./people.ts";
import { type RunningApi, sharedApi } from "./start-api.ts";

let api: RunningApi;
beforeAll(async () => {
  api = await sharedApi();
});

const AUTH = "/api/v1/auth";
const post = async (path: string, body: unknown, headers: Record<string, string> = {}) =>
  await ask(api, `POST ${path}`, { body, headers: { "cf-connecting-ip": anyIp(), ...headers } });

describe("registering", () => {
  test("opens an account, signs its owner in and says who they are", async () => {
    const email = anyEmail();
    const answer = await post(`${AUTH}/register`, {
      email: ` ${email.toUpperCase()} `,
      password: PASSWORD,
      name: "Ann",
      accountName: "Ann's beans",
    });

    expect(answer.status).toBe(201);
    expect(answer.body).toMatchObject({
      email,
      name: "Ann",
      emailConfirmed: false,
      role: "owner",
      account: { name: "Ann's beans" },
    });
    const me = await ask(api, "GET /api/v1/me", { headers: { cookie: cookieOf(answer) } });
    expect(me.body).toEqual(answer.body);
  });

  test("keeps account, member, metrics and audit together, and the password and token only as hashes", async () => {
    const person = await signUp(api);
    const { rows } = await api.db.execute(sql`
      select u.password_hash, s.token_hash, m.role, x.first_site_at, l.action
      from control.users u
      join control.members m on m.user_id = u.id
      join control.user_metrics x on x.user_id = u.id and x.account_id = m.account_id
      join control.user_sessions s on s.user_id = u.id
      join control.audit_log l on l.user_id = u.id
      where u.email = ${person.email}`);

    expect(rows).toHaveLength(1);
    expect(rows[0]).toMatchObject({ role: "owner", first_site_at: null, action: "account.create" });
    expect(rows[0]?.["password_hash"]).toMatch(/^\$scrypt\$ln=10,r=8,p=1\$/);
    expect(person.cookie).not.toContain(String(rows[0]?.["token_hash"]));
  });

  test("refuses an address that is taken, and changes nothing of whose it is", async () => {
    const victim = await signUp(api);
    const attack = await post(`${AUTH}/register`, {
      email: victim.email,
      password: "attackers password",
      name: "Eve",
    });

    expect(attack.status).toBe(409);
    expect(attack.body["code"]).toBe("email_taken");
    expect(attack.headers.get("set-cookie")).toBeNull();
    const entered = await post(`${AUTH}/login`, { email: victim.email, password: "attackers password" });
    expect(entered.status).toBe(401);
    expect((await victim.ask("GET /api/v1/me")).body["name"]).toBe("Ann Example");
    const { rows } = await api.db.execute(sql`select 1 from control.accounts where name = 'Eve'`);
    expect(rows).toHaveLength(0);
  });

  test("names each field that is wrong", async () => {
    const answer = await post(`${AUTH}/register`, { email: "nobody", password: "short" });
    expect(answer.status).toBe(400);
    expect(answer.headers.get("content-type")).toBe("application/problem+json");
    expect(answer.body).toMatchObject({ code: "invalid_request", status: 400 });
    expect(answer.body["errors"]).toEqual([
      { path: "email", code: "invalid_format", message: "must be an address, such as you@shop.example" },
      { path: "password", code: "too_small", message: "must have at least 10 characters" },
      { path: "name", code: "invalid_type", message: "is missing" },
    ]);
  });
});

describe("signing in and out", () => {
  test("takes the right password, and gives each sign-in a token of its own", async () => {
    const person = await signUp(api);
    const again = await signIn(api, person.email);
    expect(again.cookie).not.toBe(person.cookie);
    expect((await person.ask("GET /api/v1/me")).status).toBe(200);
    expect((await again.ask("GET /api/v1/me")).status).toBe(200);
  });

  test("ends the sign-in that the browser had before", async () => {
    const person = await signUp(api);
    const answer = await post(
      `${AUTH}/login`,
      { email: person.email, password: PASSWORD },
      { cookie: person.cookie },
    );
    expect(cookieOf(answer)).not.toBe(person.cookie);
    expect((await person.ask("GET /api/v1/me")).status).toBe(401);
  });

  test("refuses a wrong password and an unknown address with the same answer", async () => {
    const person = await signUp(api);
    const wrong = await post(`${AUTH}/login`, { email: person.email, password: "not the password" });
    const unknown = await post(`${AUTH}/login`, { email: anyEmail(), password: "not the password" });
    expect([wrong.status, unknown.status]).toEqual([401, 401]);
    expect({ ...wrong.body, requestId: "" }).toEqual({ ...unknown.body, requestId: "" });
    expect(wrong.headers.get("set-cookie")).toBeNull();
  });

  test("signs out here only; again changes nothing", async () => {
    const here = await signUp(api);
    const there = await signIn(api, here.email);
    const out = await here.ask(`POST ${AUTH}/logout`);
    expect(out.status).toBe(204);
    expect(out.headers.get("set-cookie")).toMatch(/^sid=;.*Max-Age=0/);
    expect((await here.ask("GET /api/v1/me")).status).toBe(401);
    expect((await there.ask("GET /api/v1/me")).status).toBe(200);
    expect((await here.ask(`POST ${AUTH}/logout`)).status).toBe(204);
  });

  test("signs out everywhere", async () => {
    const here = await signUp(api);
    const there = await signIn(api, here.email);
    await there.ask("GET /api/v1/me");
    expect((await here.ask(`POST ${AUTH}/logout-everywhere`)).status).toBe(204);
    expect((await here.ask("GET /api/v1/me")).status).toBe(401);
    expect((await there.ask("GET /api/v1/me")).status).toBe(401);
    expect((await ask(api, `POST ${AUTH}/logout-everywhere`)).status).toBe(401);
  });

  test("moves a password to today's parameters when it is used", async () => {
    const person = await signUp(api);
    const { scrypt, randomBytes } = await import("node:crypto");
    const salt = randomBytes(16);
    const key = await new Promise<Buffer>((done) => {
      scrypt(PASSWORD, salt, 32, { N: 2 ** 9, r: 8, p: 1 }, (_error, made) => done(made));
    });
    const old = `$scrypt$ln=9,r=8,p=1$${salt.toString("base64")}$${key.toString("base64")}`;
    await api.db.execute(sql`update control.users set password_hash = ${old} where email = ${person.email}`);

    await signIn(api, person.email);
    const { rows } = await api.db.execute(
      sql`select password_hash from control.users where email = ${person.email}`,
    );
    expect(rows[0]?.["password_hash"]).toMatch(/^\$scrypt\$ln=10,/);
    await signIn(api, person.email);
  });
});

describe("confirming the address", () => {
  test("works once by the mailed token, and is seen at once", async () => {
    const person = await signUp(api);
    await person.ask("GET /api/v1/me");
    const token = await tokenMailedTo(api, person.email, /confirm/i);

    expect((await post(`${AUTH}/confirm`, { token })).status).toBe(204);
    expect((await person.ask("GET /api/v1/me")).body["emailConfirmed"]).toBe(true);
    const again = await post(`${AUTH}/confirm`, { token });
    expect([again.status, again.body["code"]]).toEqual([400, "invalid_token"]);
  });

  test("confirms nobody else, and signs nobody in", async () => {
    const [person, other] = [await signUp(api), await signUp(api)];
    const answer = await post(`${AUTH}/confirm`, {
      token: await tokenMailedTo(api, person.email, /confirm/i),
    });
    expect(answer.headers.get("set-cookie")).toBeNull();
    expect((await other.ask("GET /api/v1/me")).body["emailConfirmed"]).toBe(false);
  });

  test("does not take a token that is too old, made up, or for a password", async () => {
    const person = await signUp(api);
    const token = await tokenMailedTo(api, person.email, /confirm/i);
    await api.db.execute(sql`update control.mail_tokens set expires_at = now() - interval '1 second'
      where user_id = (select id from control.users where email = ${person.email})`);
    expect((await post(`${AUTH}/confirm`, { token })).status).toBe(400);
    expect((await post(`${AUTH}/confirm`, { token: "f".repeat(64) })).status).toBe(400);
    await post(`${AUTH}/password/forgot`, { email: person.email });
    const reset = await tokenMailedTo(api, person.email, /password/i);
    expect((await post(`${AUTH}/confirm`, { token: reset })).status).toBe(400);
    expect((await person.ask("GET /api/v1/me")).body["emailConfirmed"]).toBe(false);
  });

  test("mails another link on demand, but none once confirmed", async () => {
    const person = await signUp(api);
    const first = await tokenMailedTo(api, person.email, /confirm/i);
    expect((await person.ask(`POST ${AUTH}/confirm/resend`)).status).toBe(202);
    await expect.poll(async () => (await api.mails(person.email)).length, { timeout: 10_000 }).toBe(2);
    const second = await tokenMailedTo(api, person.email, /confirm/i);
    expect(second).not.toBe(first);

    expect((await post(`${AUTH}/confirm`, { token: second })).status).toBe(204);
    expect((await person.ask(`POST ${AUTH}/confirm/resend`)).status).toBe(202);
    expect(await api.mails(person.email)).toHaveLength(2);
    expect((await ask(api, `POST ${AUTH}/confirm/resend`)).status).toBe(401);
  });
});

describe("a forgotten password", () => {
  test("is changed once by the mailed token, and every sign-in ends", async () => {
    const person = await signUp(api);
    expect((await post(`${AUTH}/password/forgot`, { email: person.email })).status).toBe(202);
    const token = await tokenMailedTo(api, person.email, /password/i);
    const password = "an entirely new one";

    expect((await post(`${AUTH}/password/reset`, { token, password })).status).toBe(204);
    expect((await person.ask("GET /api/v1/me")).status).toBe(401);
    expect((await post(`${AUTH}/login`, { email: person.email, password: PASSWORD })).status).toBe(401);
    const back = await signIn(api, person.email, password);
    expect((await back.ask("GET /api/v1/me")).body["emailConfirmed"]).toBe(true);

    const again = await post(`${AUTH}/password/reset`, { token, password: "yet another password" });
    expect([again.status, again.body["code"]]).toEqual([400, "invalid_token"]);
    expect((await back.ask("GET /api/v1/me")).status).toBe(200);
  });

  test("answers the same for an address nobody has, and mails nothing", async () => {
    const email = anyEmail();
    const answer = await post(`${AUTH}/password/forgot`, { email });
    expect([answer.status, answer.text]).toEqual([202, ""]);
    expect(await api.mails(email)).toHaveLength(0);
  });

  test("lets only one of several links be used", async () => {
    const person = await signUp(api);
    await post(`${AUTH}/password/forgot`, { email: person.email });
    const first = await tokenMailedTo(api, person.email, /password/i);
    await post(`${AUTH}/password/forgot`, { email: person.email });
    await expect.poll(async () => (await api.mails(person.email)).length, { timeout: 10_000 }).toBe(3);
    const second = await tokenMailedTo(api, person.email, /password/i);
    expect((await post(`${AUTH}/password/reset`, { token: second, password: PASSWORD })).status).toBe(204);
    expect((await post(`${AUTH}/password/reset`, { token: first, password: PASSWORD })).status).toBe(400);
  });

  test("does not take a token that has expired", async () => {
    const person = await signUp(api);
    await post(`${AUTH}/password/forgot`, { email: person.email });
    const token = await tokenMailedTo(api, person.email, /password/i);
    await api.db.execute(sql`update control.mail_tokens set expires_at = now() where purpose = 'reset'`);
    expect((await post(`${AUTH}/password/reset`, { token, password: "an entirely new one" })).status).toBe(
      400,
    );
    await signIn(api, person.email);
  });

  test("takes from whoever opened the account with someone else's address all they made", async () => {
    const intruder = await signUp(api);
    const made = await intruder.ask("POST /api/v1/api-keys", { name: "Mine", scopes: ["events:read"] });
    const bearer = { authorization: `Bearer ${String(made.body["key"])}` };
    expect((await ask(api, "GET /api/v1/sites", { headers: bearer })).status).toBe(200);

    await post(`${AUTH}/password/forgot`, { email: intruder.email });
    const token = await tokenMailedTo(api, intruder.email, /password/i);
    expect((await post(`${AUTH}/password/reset`, { token, password: "the true owner's" })).status).toBe(204);
    expect((await intruder.ask("GET /api/v1/me")).status).toBe(401);
    expect((await ask(api, "GET /api/v1/sites", { headers: bearer })).status).toBe(401);
  });
});

describe("the signed-in person", () => {
  test("changes names, seen by every sign-in at once", async () => {
    const here = await signUp(api);
    const there = await signIn(api, here.email);
    await there.ask("GET /api/v1/me");
    const changed = await here.ask("PATCH /api/v1/me", { name: "Anne", accountName: "Beans & Co" });
    expect(changed.status).toBe(200);
    expect((await there.ask("GET /api/v1/me")).body).toEqual(changed.body);
    expect(changed.body).toMatchObject({ name: "Anne", account: { name: "Beans & Co" } });
  });

  test("changes the password only with the current one; the other sign-ins end", async () => {
    const here = await signUp(api);
    const there = await signIn(api, here.email);
    const wrong = await here.ask("PATCH /api/v1/me", {
      name: "Not to be kept",
      password: { current: "not the password", next: "an entirely new one" },
    });
    expect([wrong.status, wrong.body["code"]]).toEqual([400, "wrong_password"]);
    expect((await here.ask("GET /api/v1/me")).body["name"]).toBe("Ann Example");

    const next = "an entirely new one";
    const right = await here.ask("PATCH /api/v1/me", { password: { current: PASSWORD, next } });
    expect(right.status).toBe(200);
    expect((await here.ask("GET /api/v1/me")).status).toBe(200);
    expect((await there.ask("GET /api/v1/me")).status).toBe(401);
    await signIn(api, here.email, next);
  });

  test("cannot rename the account as marketer, viewer or client", async () => {
    const owner = await signUp(api);
    for (const role of ["marketer", "viewer", "client"] as const) {
      const member = await addMember(api, owner, role);
      const answer = await member.ask("PATCH /api/v1/me", { accountName: "Mine now" });
      expect([answer.status, answer.body["code"]]).toEqual([403, "role_forbidden"]);
    }
    expect((await owner.ask("GET /api/v1/me")).body).toMatchObject({ account: { name: "Ann Example" } });
  });

  test("is nobody without a sign-in", async () => {
    for (const [method, body] of [
      ["GET", undefined],
      ["PATCH", { name: "X" }],
    ] as const) {
      const answer = await ask(api, `${method} /api/v1/me`, {
        body,
        headers: { cookie: `sid=${"0".repeat(64)}` },
      });
      expect([answer.status, answer.body["code"]]).toEqual([401, "not_signed_in"]);
    }
  });
});
