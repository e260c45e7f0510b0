import { randomUUID } from "node:crypto";
import { sql } from "drizzle-orm";
import { expect, vi } from "vitest";
import type { Role } from "#contract/accounts.ts";
import { systemIds } from "#platform/ids.ts";
import { scryptHasher } from "#platform/password-hash.ts";
import { APP_ORIGIN, CHEAP_PASSWORDS } from "#tests/support/start-workers.ts";
import { checkIsDescribed } from "./described-answers.ts";
import type { RunningApi } from "./start-api.ts";

export type Answer = { status: number; body: Record<string, unknown>; headers: Headers; text: string };
export type Person = {
  email: string;
  password: string;
  cookie: string;
  ip: string;
  /** A request as this person's browser sends it from the dashboard. */
  ask(route: string, body?: unknown, headers?: Record<string, string>): Promise<Answer>;
};

export const PASSWORD = "correct horse battery";

let people = 0;
/** An address of its own for each sender: the brake counts by it. */
export function anyIp(): string {
  people += 1;
  return `198.51.${Math.floor(people / 250)}.${(people % 250) + 1}`;
}

export function anyEmail(): string {
  return `${randomUUID().slice(0, 8)}@people.example`;
}

/** A request (`"GET /api/v1/me"`) of whoever sends these headers; its status must be one that the document names. */
export async function ask(
  api: RunningApi,
  route: string,
  options: { body?: unknown; headers?: Record<string, string> } = {},
): Promise<Answer> {
  const { body, headers } = options;
  const [method = "", path = ""] = route.split(" ");
  const answer = await api.fetch(path, {
    method,
    headers: {
      origin: APP_ORIGIN,
      ...(body === undefined ? {} : { "content-type": "application/json" }),
      ...headers,
    },
    ...(body === undefined ? {} : { body: typeof body === "string" ? body : JSON.stringify(body) }),
  });
  const text = await answer.text();
  await checkIsDescribed(api, route, answer.status);
  const isJson = /json/.test(answer.headers.get("content-type") ?? "");
  return { status: answer.status, headers: answer.headers, text, body: isJson ? JSON.parse(text) : {} };
}

export function cookieOf(answer: Answer): string {
  return answer.headers.get("set-cookie")?.split(";")[0] ?? "";
}

function personWith(
  api: RunningApi,
  facts: { email: string; password: string; cookie: string; ip: string },
): Person {
  return {
    ...facts,
    ask: async (route, body, headers = {}) =>
      await ask(api, route, {
        ...(body === undefined ? {} : { body }),
        headers: { cookie: facts.cookie, "cf-connecting-ip": facts.ip, ...headers },
      }),
  };
}

/** Someone who just opened an account of their own. */
export async function signUp(api: RunningApi, email = anyEmail()): Promise<Person> {
  const ip = anyIp();
  const answer = await ask(api, "POST /api/v1/auth/register", {
    body: { email, password: PASSWORD, name: "Ann Example" },
    headers: { "cf-connecting-ip": ip },
  });
  expect(answer.status).toBe(201);
  return personWith(api, { email, password: PASSWORD, cookie: cookieOf(answer), ip });
}

export async function signIn(api: RunningApi, email: string, password = PASSWORD): Promise<Person> {
  const ip = anyIp();
  const answer = await ask(api, "POST /api/v1/auth/login", {
    body: { email, password },
    headers: { "cf-connecting-ip": ip },
  });
  expect(answer.status).toBe(200);
  return personWith(api, { email, password, cookie: cookieOf(answer), ip });
}

/** Another member of the owner's account, signed in. */
export async function addMember(api: RunningApi, owner: Person, role: Role): Promise<Person> {
  const email = anyEmail();
  const passwordHash = await scryptHasher(Number(CHEAP_PASSWORDS.PASSWORD_LN)).hash(PASSWORD);
  await api.db.execute(sql`
    with someone as (
      insert into control.users (public_id, email, name, password_hash, created_at)
      values (${systemIds.publicId("usr", new Date())}, ${email}, 'Bea Example', ${passwordHash}, now()) returning id
    )
    insert into control.members (account_id, user_id, role, created_at)
    select m.account_id, s.id, ${role}, now()
    from someone s, control.members m join control.users u on u.id = m.user_id and u.email = ${owner.email}`);
  return await signIn(api, email);
}

/** A program with a key of the owner's account. */
export async function addProgram(api: RunningApi, owner: Person, scopes: string[]): Promise<Person> {
  const made = await owner.ask("POST /api/v1/api-keys", { name: "Program", scopes });
  expect(made.status).toBe(201);
  const authorization = `Bearer ${String(made.body["key"])}`;
  return {
    ...owner,
    ask: async (route, body, headers = {}) =>
      await ask(api, route, {
        ...(body === undefined ? {} : { body }),
        headers: { authorization, ...headers },
      }),
  };
}

/** The token in the newest mail to this address with these words in its subject. */
export async function tokenMailedTo(api: RunningApi, email: string, subject: RegExp): Promise<string> {
  return await vi.waitFor(
    async () => {
      const mail = (await api.mails(email)).find((one) => subject.test(one.subject));
      const token = /token=([0-9a-f]+)/.exec(mail?.text ?? "")?.[1];
      if (token === undefined) throw new Error(`No such mail to ${email} yet`);
      return token;
    },
    { timeout: 10_000, interval: 50 },
  );
}

export const SHOP = {
  name: "Bean Shop",
  domain: "shop.example",
  timeZone: "Europe/Berlin",
  currency: "EUR",
} as const;
