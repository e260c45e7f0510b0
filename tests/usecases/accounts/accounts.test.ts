import { sql } from "drizzle-orm";
import { beforeAll, beforeEach, describe, expect, test } from "vitest";
import type { Database } from "#db/database.ts";
import { createDatabase } from "#tests/support/create-database.ts";
import { authenticateSession } from "#usecases/accounts/authenticate-session.ts";
import { confirmEmail } from "#usecases/accounts/confirm-email.ts";
import { logIn } from "#usecases/accounts/log-in.ts";
import { logOut, logOutEverywhere } from "#usecases/accounts/log-out.ts";
import type { UserPrincipal } from "#usecases/accounts/principal.ts";
import { register } from "#usecases/accounts/register.ts";
import { requestPasswordReset } from "#usecases/accounts/request-password-reset.ts";
import { resendConfirmation } from "#usecases/accounts/resend-confirmation.ts";
import { resetPassword } from "#usecases/accounts/reset-password.ts";
import { updateMe } from "#usecases/accounts/update-me.ts";
import { accountDeps, type TestDeps } from "./account-deps.ts";

const DAY_MS = 86_400_000;
const IP = "198.51.100.7";
const PASSWORD = "correct horse battery";

let db: Database;
let deps: TestDeps;
beforeAll(async () => {
  ({ db } = await createDatabase());
});
beforeEach(() => {
  deps = accountDeps(db);
});

let count = 0;
const anyEmail = () => `person-${(count += 1)}@people.example`;

async function open(email = anyEmail()) {
  const opened = await register(deps, { request: { email, password: PASSWORD, name: "Ann" }, ip: IP });
  if (!opened.ok) throw new Error(opened.error.kind);
  const user = await authenticateSession(deps, opened.value.token);
  if (user === null) throw new Error("not signed in");
  await deps.settled();
  return { email, token: opened.value.token, user };
}

const enter = async (email: string, password = PASSWORD) =>
  await logIn(deps, { request: { email, password }, ip: IP, formerToken: null });

const tokenIn = (text: string) => /token=([0-9a-f]{64})/.exec(text)?.[1] ?? "";
const lastMail = () => deps.sent.at(-1)?.message ?? { to: "", subject: "", text: "", html: "" };

/** As if the cache had forgotten: what Postgres knows decides. */
const whoIs = async (token: string): Promise<UserPrincipal | null> => {
  deps.cached.clear();
  return await authenticateSession(deps, token);
};

describe("registering", () => {
  test("opens nothing for an address that is taken, not even when two come at once", async () => {
    const email = anyEmail();
    const request = (name: string) => ({ request: { email, password: PASSWORD, name }, ip: IP });
    const outcomes = await Promise.all([register(deps, request("One")), register(deps, request("Two"))]);
    expect(outcomes.filter(({ ok }) => ok)).toHaveLength(1);
    const { rows } = await db.execute(sql`
      select a.name from control.accounts a
      where not exists (select 1 from control.members m where m.account_id = a.id)`);
    expect(rows).toEqual([]);
  });

  test("mails a link to confirm, once under one key, that is valid for two days", async () => {
    const { email } = await open();
    expect(deps.sent).toHaveLength(1);
    expect(lastMail().to).toBe(email);
    expect(lastMail().text).toMatch(/^https:\/\/app\.example\/confirm\?token=[0-9a-f]{64}$/m);
    expect(lastMail().text).toContain("48 hours");
    expect(deps.sent[0]?.key).not.toContain(tokenIn(lastMail().text));
  });

  test("succeeds although no mail can be sent, which is logged without the address", async () => {
    deps.mailIsDown();
    const { email } = await open();
    expect(deps.logged).toEqual([
      { event: "account_mail_failed", facts: { purpose: "confirm", failure: "unavailable" } },
    ]);
    expect(JSON.stringify(deps.logged)).not.toContain(email);
  });

  test("costs no password hash once the brake holds", async () => {
    deps.brakeHolds();
    const request = { email: anyEmail(), password: PASSWORD, name: "Ann" };
    expect(await register(deps, { request, ip: IP })).toMatchObject({
      ok: false,
      error: { kind: "too_many_attempts", retryAfterSeconds: 60 },
    });
    expect(deps.passwordsHashed()).toBe(0);
  });
});

describe("signing in", () => {
  test("hashes as much for an unknown address as for a known one, and nothing behind the brake", async () => {
    const { email } = await open();
    const before = deps.passwordsHashed();
    expect((await enter(email, "wrong")).ok).toBe(false);
    expect((await enter(anyEmail(), "wrong")).ok).toBe(false);
    expect(deps.passwordsHashed() - before).toBe(2);
    deps.brakeHolds();
    expect(await enter(email)).toMatchObject({ ok: false, error: { kind: "too_many_attempts" } });
    expect(deps.passwordsHashed() - before).toBe(2);
  });

  test("lasts thirty days of use at most", async () => {
    const { token } = await open();
    const isIn = [];
    for (let day = 5; day <= 30; day += 5) {
      deps.moveClock(5 * DAY_MS);
      isIn.push((await whoIs(token)) !== null);
      await deps.settled();
    }
    expect(isIn).toEqual([true, true, true, true, true, false]);
  });

  test("ends after seven days without use, not before", async () => {
    const { token } = await open();
    deps.moveClock(7 * DAY_MS - 1);
    expect(await whoIs(token)).not.toBeNull();
    await deps.settled();
    deps.moveClock(7 * DAY_MS);
    expect(await whoIs(token)).toBeNull();
  });

  test("writes that it is in use every ten minutes at most", async () => {
    const { token, user } = await open();
    const lastSeen = async () => {
      await deps.settled();
      const { rows } = await db.execute<{ at: string }>(
        sql`select last_seen_at as at from control.user_sessions where token_hash = ${user.sessionHash}`,
      );
      return new Date(rows[0]?.at ?? "").toISOString();
    };
    deps.moveClock(600_000);
    await whoIs(token);
    expect(await lastSeen()).toBe("2026-03-09T12:00:00.000Z");
    deps.moveClock(1);
    await whoIs(token);
    expect(await lastSeen()).toBe("2026-03-09T12:10:00.001Z");
  });

  test("drops the person's expired sign-ins and the browser's former one", async () => {
    const { email, token, user } = await open();
    deps.moveClock(31 * DAY_MS);
    const again = await enter(email);
    const former = again.ok ? again.value.token : "";
    const third = await logIn(deps, { request: { email, password: PASSWORD }, ip: IP, formerToken: former });
    expect(third.ok).toBe(true);
    const { rows } = await db.execute(
      sql`select 1 from control.user_sessions where user_id = ${user.userId}`,
    );
    expect(rows).toHaveLength(1);
    expect(await whoIs(token)).toBeNull();
    expect(await whoIs(former)).toBeNull();
  });

  test("is answered from the cache for a while, and ended there at once", async () => {
    const { token, user } = await open();
    await db.execute(sql`delete from control.user_sessions where token_hash = ${user.sessionHash}`);
    expect(await authenticateSession(deps, token)).toEqual(user);
    await logOut(deps, token);
    expect(await authenticateSession(deps, token)).toBeNull();
  });

  test("is nobody else's, and no older than a minute, whatever the cache says", async () => {
    const [one, other] = [await open(), await open()];
    const keyOf = (hash: string) => `session:${hash}`;
    deps.cached.set(keyOf(one.user.sessionHash), deps.cached.get(keyOf(other.user.sessionHash)));
    expect(await authenticateSession(deps, one.token)).toEqual(one.user);
    await db.execute(sql`delete from control.user_sessions where token_hash = ${one.user.sessionHash}`);
    deps.moveClock(60_000);
    expect(await authenticateSession(deps, one.token)).toBeNull();
  });

  test("that is none is asked of the database once in five seconds", async () => {
    const { token, user } = await open();
    deps.cached.clear();
    const row = await db.execute(sql`
      with gone as (delete from control.user_sessions where token_hash = ${user.sessionHash} returning *)
      select row_to_json(gone) as json from gone`);
    expect(await authenticateSession(deps, token)).toBeNull();
    const json = JSON.stringify(row.rows[0]?.["json"]);
    await db.execute(sql`
      insert into control.user_sessions select * from json_populate_record(null::control.user_sessions, ${json}::json)`);
    expect(await authenticateSession(deps, token)).toBeNull();
    deps.moveClock(5_000);
    expect(await authenticateSession(deps, token)).toEqual(user);
  });

  test("ends everywhere, cache included", async () => {
    const { email, token, user } = await open();
    const other = await enter(email);
    const otherToken = other.ok ? other.value.token : "";
    await logOutEverywhere(deps, user);
    expect([await authenticateSession(deps, token), await authenticateSession(deps, otherToken)]).toEqual([
      null,
      null,
    ]);
  });
});

describe("confirming", () => {
  test("works to the last millisecond of two days, and once", async () => {
    const { token } = await open();
    const mailed = tokenIn(lastMail().text);
    deps.moveClock(2 * DAY_MS - 1);
    const outcomes = await Promise.all([confirmEmail(deps, mailed), confirmEmail(deps, mailed)]);
    expect(outcomes.filter(({ ok }) => ok)).toHaveLength(1);
    expect((await whoIs(token))?.isEmailConfirmed).toBe(true);
  });

  test("comes too late after two days", async () => {
    const { token } = await open();
    deps.moveClock(2 * DAY_MS);
    expect(await confirmEmail(deps, tokenIn(lastMail().text))).toEqual({
      ok: false,
      error: { kind: "invalid_token" },
    });
    expect((await whoIs(token))?.isEmailConfirmed).toBe(false);
  });

  test("can be asked for again by whoever is signed in, until it is done", async () => {
    const { user, token } = await open();
    expect((await resendConfirmation(deps, { user, ip: IP })).ok).toBe(true);
    await deps.settled();
    expect(deps.sent).toHaveLength(2);
    await confirmEmail(deps, tokenIn(lastMail().text));
    const confirmed = await whoIs(token);
    if (confirmed === null) throw new Error("signed out");
    await resendConfirmation(deps, { user: confirmed, ip: IP });
    deps.brakeHolds();
    expect((await resendConfirmation(deps, { user, ip: IP })).ok).toBe(false);
    await deps.settled();
    expect(deps.sent).toHaveLength(2);
  });
});

describe("a forgotten password", () => {
  const askReset = async (email: string) => {
    expect((await requestPasswordReset(deps, { email, ip: IP })).ok).toBe(true);
    await deps.settled();
    return tokenIn(lastMail().text);
  };
  const reset = async (token: string, password = "an entirely new one") =>
    await resetPassword(deps, { request: { token, password }, ip: IP });

  test("is replaced by only one of two who hold the same link at the same moment", async () => {
    const { email } = await open();
    const token = await askReset(email);
    const outcomes = await Promise.all([reset(token, "the first of them"), reset(token, "the second one")]);
    expect(outcomes.filter(({ ok }) => ok)).toHaveLength(1);
    const entered = await Promise.all([enter(email, "the first of them"), enter(email, "the second one")]);
    expect(entered.filter(({ ok }) => ok)).toHaveLength(1);
  });

  test("has an hour; a made-up or late token costs no password hash", async () => {
    const { email } = await open();
    const token = await askReset(email);
    deps.moveClock(3_600_000);
    const before = deps.passwordsHashed();
    expect(await reset(token)).toEqual({ ok: false, error: { kind: "invalid_token" } });
    expect(await reset("0".repeat(64))).toEqual({ ok: false, error: { kind: "invalid_token" } });
    expect(deps.passwordsHashed()).toBe(before);
  });

  test("of nobody is answered alike, and nobody is mailed", async () => {
    expect((await requestPasswordReset(deps, { email: anyEmail(), ip: IP })).ok).toBe(true);
    await deps.settled();
    expect(deps.sent).toEqual([]);
  });

  test("is behind the brake", async () => {
    deps.brakeHolds();
    expect((await requestPasswordReset(deps, { email: anyEmail(), ip: IP })).ok).toBe(false);
    expect((await reset("0".repeat(64))).ok).toBe(false);
  });

  test("keeps the keys of whoever had confirmed their address", async () => {
    const { email, user } = await open();
    await confirmEmail(deps, tokenIn(lastMail().text));
    const { createApiKey } = await import("#usecases/accounts/create-api-key.ts");
    const { authenticateKey } = await import("#usecases/accounts/authenticate-key.ts");
    const made = await createApiKey(deps, {
      principal: user,
      request: { name: "k", scopes: ["events:read"] },
    });
    expect((await reset(await askReset(email))).ok).toBe(true);
    deps.cached.clear();
    expect(await authenticateKey(deps, made.key)).not.toBeNull();
  });
});

describe("changing oneself", () => {
  test("writes nothing when nothing is given", async () => {
    const { user } = await open();
    expect((await updateMe(deps, { user, request: {}, ip: IP })).ok).toBe(true);
    const { rows } = await db.execute(
      sql`select 1 from control.audit_log where user_id = ${user.userId} and action = 'user.update'`,
    );
    expect(rows).toEqual([]);
  });

  test("notes which fields changed, never a password", async () => {
    const { user } = await open();
    const next = "an entirely new one";
    const request = { name: "Anne", accountName: "Beans", password: { current: PASSWORD, next } };
    expect(await updateMe(deps, { user, request, ip: IP })).toMatchObject({
      ok: true,
      value: { name: "Anne", account: { name: "Beans" } },
    });
    const { rows } = await db.execute(
      sql`select detail from control.audit_log where user_id = ${user.userId} and action = 'user.update'`,
    );
    expect(rows).toEqual([{ detail: { changed: ["name", "accountName", "password"] } }]);
  });

  test("is refused whole when one part may not be", async () => {
    const { user } = await open();
    const viewer: UserPrincipal = { ...user, role: "viewer" };
    const request = { name: "Anne", accountName: "Mine" };
    expect(await updateMe(deps, { user: viewer, request, ip: IP })).toMatchObject({
      ok: false,
      error: { kind: "role_forbidden" },
    });
    deps.brakeHolds();
    const password = { current: PASSWORD, next: "an entirely new one" };
    expect(await updateMe(deps, { user, request: { name: "Anne", password }, ip: IP })).toMatchObject({
      ok: false,
      error: { kind: "too_many_attempts" },
    });
    const { rows } = await db.execute(sql`select name from control.users where id = ${user.userId}`);
    expect(rows).toEqual([{ name: "Ann" }]);
  });
});
