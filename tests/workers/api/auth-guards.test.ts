import { sql } from "drizzle-orm";
import { beforeAll, describe, expect, test } from "vitest";
import { APP_ORIGIN } from "#tests/support/start-workers.ts";
import { patiently } from "#tests/support/patiently.ts";
import { anyEmail, anyIp, ask, cookieOf, PASSWORD, signIn, signUp } from "./people.ts";
import { type RunningApi, sharedApi, startApi } from "./start-api.ts";
import { withinOneMinute } from "./within-one-minute.ts";

let api: RunningApi;
beforeAll(async () => {
  api = await sharedApi();
});

const AUTH = "/api/v1/auth";
const JSON_TYPE = { "content-type": "application/json" };

/** Exactly these headers: no origin unless it is named. */
async function raw(route: string, headers: Record<string, string>, body?: string) {
  const [method = "", path = ""] = route.split(" ");
  const answer = await api.fetch(path, { method, headers, ...(body === undefined ? {} : { body }) });
  return { status: answer.status, text: await answer.text(), headers: answer.headers };
}

describe("requests from another site", () => {
  test("change nothing, whatever the browser says of where they come from", async () => {
    const person = await signUp(api);
    const body = JSON.stringify({ name: "Forged" });
    const forged = [
      { origin: "https://evil.example" },
      { origin: "null" },
      { origin: APP_ORIGIN.replace("http:", "https:") },
      { origin: `${APP_ORIGIN}.evil.example` },
      { "sec-fetch-site": "cross-site", origin: APP_ORIGIN },
      { "sec-fetch-site": "same-site" },
      {},
    ];
    for (const headers of forged) {
      const answer = await raw("PATCH /api/v1/me", { ...JSON_TYPE, cookie: person.cookie, ...headers }, body);
      expect([headers, answer.status]).toEqual([headers, 403]);
      expect(JSON.parse(answer.text)).toMatchObject({ code: "foreign_origin" });
    }
    expect((await person.ask("GET /api/v1/me")).body["name"]).toBe("Ann Example");
  });

  test("cannot sign a visitor in or out", async () => {
    const person = await signUp(api);
    const body = JSON.stringify({ email: person.email, password: PASSWORD });
    const evil = { ...JSON_TYPE, origin: "https://evil.example" };
    const entered = await raw(`POST ${AUTH}/login`, evil, body);
    expect([entered.status, entered.headers.get("set-cookie")]).toEqual([403, null]);
    expect((await raw(`POST ${AUTH}/logout`, { ...evil, cookie: person.cookie })).status).toBe(403);
    expect((await person.ask("GET /api/v1/me")).status).toBe(200);
  });

  test("cannot pass JSON off as a form or as plain text", async () => {
    const person = await signUp(api);
    for (const type of [
      "text/plain",
      "application/x-www-form-urlencoded",
      "multipart/form-data; boundary=x",
    ]) {
      const answer = await raw(
        "PATCH /api/v1/me",
        { "content-type": type, cookie: person.cookie, origin: APP_ORIGIN },
        JSON.stringify({ name: "Forged" }),
      );
      expect([type, answer.status]).toEqual([type, 415]);
    }
    expect((await person.ask("GET /api/v1/me")).body["name"]).toBe("Ann Example");
  });

  test("are told from the dashboard's own, which pass", async () => {
    const person = await signUp(api);
    const own = [{ origin: APP_ORIGIN }, { "sec-fetch-site": "same-origin" }];
    for (const headers of own) {
      const answer = await raw(
        "PATCH /api/v1/me",
        { ...JSON_TYPE, cookie: person.cookie, ...headers },
        JSON.stringify({ name: "Anne" }),
      );
      expect(answer.status).toBe(200);
    }
  });
});

describe("the brake on sign-ins", () => {
  test("stops an address that tries too often, and says when to come back", async () => {
    const outcome = await withinOneMinute(async () => {
      const headers = { "cf-connecting-ip": anyIp() };
      const attempt = async (path: string, more: object) =>
        await ask(api, `POST ${AUTH}/${path}`, { body: { email: anyEmail(), ...more }, headers });
      const login = async () => await attempt("login", { password: PASSWORD });
      const allowed = [];
      for (let count = 0; count < 20; count += 1) allowed.push(await login());
      const stopped = [
        await login(),
        await attempt("register", { password: PASSWORD, name: "Ann" }),
        await attempt("password/forgot", {}),
      ];
      return { allowed, stopped };
    });

    expect(outcome.allowed.map(({ status }) => status)).toEqual(Array.from({ length: 20 }, () => 401));
    expect(outcome.stopped.map(({ status }) => status)).toEqual([429, 429, 429]);
    expect(outcome.stopped[0]?.body["code"]).toBe("too_many_attempts");
    expect(outcome.stopped[0]?.headers.get("retry-after")).toBe("60");
  });

  test(
    "counts an account's attempts wherever they come from, and leaves others alone",
    { tags: ["long"] },
    async () => {
      const person = await signUp(api);
      const stopped = await withinOneMinute(async () => {
        const headers = () => ({ "cf-connecting-ip": anyIp() });
        for (let count = 0; count < 20; count += 1) {
          await ask(api, `POST ${AUTH}/password/forgot`, {
            body: { email: person.email },
            headers: headers(),
          });
        }
        const body = { email: person.email, password: PASSWORD };
        return await ask(api, `POST ${AUTH}/login`, { body, headers: headers() });
      });
      expect(stopped.status).toBe(429);
      expect((await person.ask("GET /api/v1/me")).status).toBe(200);
      await signUp(api);
    },
  );
});

describe("a sign-in", () => {
  /** Signed in and not remembered by the cache: a change of name forgets what was remembered. */
  const unremembered = async () => {
    const person = await signUp(api);
    await person.ask("PATCH /api/v1/me", { name: "Anne" });
    return person;
  };
  const changeSession = async (email: string, change: ReturnType<typeof sql>) => {
    await api.db.execute(
      sql`update control.user_sessions set ${change} where user_id = (select id from control.users where email = ${email})`,
    );
  };

  test("ends after thirty days, used or not", async () => {
    const person = await unremembered();
    await changeSession(person.email, sql`expires_at = now() - interval '1 second'`);
    expect((await person.ask("GET /api/v1/me")).status).toBe(401);
  });

  test("ends after seven days without use", async () => {
    const person = await unremembered();
    await changeSession(person.email, sql`last_seen_at = now() - interval '7 days 1 minute'`);
    expect((await person.ask("GET /api/v1/me")).status).toBe(401);
  });

  test("that is used stays, and says so in Postgres now and then", async () => {
    const person = await unremembered();
    await changeSession(person.email, sql`last_seen_at = now() - interval '6 days'`);
    expect((await person.ask("GET /api/v1/me")).status).toBe(200);
    await expect
      .poll(async () => {
        const { rows } = await api.db.execute(sql`select 1 from control.user_sessions s
          join control.users u on u.id = s.user_id
          where u.email = ${person.email} and s.last_seen_at > now() - interval '1 minute'`);
        return rows.length;
      }, patiently)
      .toBe(1);
  });

  test("lasts thirty days in the browser, which shows it to no script", async () => {
    const answer = await ask(api, `POST ${AUTH}/register`, {
      body: { email: anyEmail(), password: PASSWORD, name: "Ann" },
      headers: { "cf-connecting-ip": anyIp() },
    });
    expect(answer.headers.get("set-cookie")).toMatch(
      /^sid=[0-9a-f]{64}; Max-Age=2592000; Path=\/; HttpOnly; SameSite=Lax$/,
    );
  });
});

test("secrets are in no answer but the one that makes them, and in no log", async () => {
  api.takeLogs();
  const password = "a password of its own";
  const email = anyEmail();
  const headers = { "cf-connecting-ip": anyIp() };
  const opened = await ask(api, `POST ${AUTH}/register`, {
    body: { email, password, name: "Ann" },
    headers,
  });
  const cookie = cookieOf(opened);
  const answers = [
    opened,
    await ask(api, `POST ${AUTH}/login`, { body: { email, password: "wrong wrong wrong" }, headers }),
    await ask(api, `POST ${AUTH}/register`, { body: { email, password, name: "Ann" }, headers }),
    await ask(api, "GET /api/v1/me", { headers: { cookie } }),
    await ask(api, "GET /api/v1/members", { headers: { cookie } }),
    await ask(api, "GET /api/v1/api-keys", { headers: { cookie } }),
  ];
  for (const { text } of answers) {
    expect(text).not.toContain(password);
    expect(text).not.toMatch(/scrypt|passwordHash|secretHash|tokenHash/);
    expect(text).not.toContain(cookie.split("=")[1]);
  }
  const logs = JSON.stringify(api.takeLogs());
  for (const secret of [password, "wrong wrong wrong", email, cookie.split("=")[1] ?? ""]) {
    expect(logs).not.toContain(secret);
  }
});

test(
  "in production the cookie is bound to its host and to https, and no plain-http dashboard is served",
  { tags: ["long"] },
  async () => {
    const asDeployed = { STAGE: "production", PASSWORD_LN: "15" };
    const production = await startApi({ ...asDeployed, APP_ORIGIN: "https://app.waymark.example" });
    try {
      const answer = await ask(production, `POST ${AUTH}/register`, {
        body: { email: anyEmail(), password: PASSWORD, name: "Ann" },
        headers: { origin: "https://app.waymark.example", "cf-connecting-ip": anyIp() },
      });
      expect(answer.headers.get("set-cookie")).toMatch(
        /^__Host-sid=[0-9a-f]{64}; Max-Age=2592000; Path=\/; HttpOnly; Secure; SameSite=Lax$/,
      );
      const headers = { cookie: cookieOf(answer) };
      expect((await ask(production, "GET /api/v1/me", { headers })).status).toBe(200);
      const planted = { cookie: cookieOf(answer).replace("__Host-", "") };
      expect((await ask(production, "GET /api/v1/me", { headers: planted })).status).toBe(401);
    } finally {
      await production.stop();
    }

    const careless = await startApi(asDeployed);
    try {
      const answer = await ask(careless, "GET /api/v1/me");
      expect([answer.status, answer.body["code"]]).toEqual([500, "internal_error"]);
      expect(answer.text).not.toContain("APP_ORIGIN");
    } finally {
      await careless.stop();
    }
  },
);

test(
  "without its cache the api answers as before, and a sign-out ends a sign-in at once",
  { tags: ["long"] },
  async () => {
    const lonely = await startApi();
    try {
      const person = await signUp(lonely);
      await lonely.stopCache();
      expect((await person.ask("GET /api/v1/me")).status).toBe(200);
      const again = await signIn(lonely, person.email);
      expect((await again.ask("GET /api/v1/sites")).status).toBe(200);
      const ready = await ask(lonely, "GET /readyz");
      expect([ready.status, ready.body["status"]]).toEqual([200, "degraded"]);
      await again.ask(`POST ${AUTH}/logout`);
      expect((await again.ask("GET /api/v1/me")).status).toBe(401);
    } finally {
      await lonely.stop();
    }
  },
);
