import { randomUUID } from "node:crypto";
import { sql } from "drizzle-orm";
import { beforeAll, expect, test } from "vitest";
import { newShare, share as shareShape, type NewShare } from "#contract/report-shares.ts";
import { list } from "#contract/primitives.ts";
import { addMember, addProgram, anyIp, type Answer, ask, type Person, signUp } from "./people.ts";
import {
  addShop,
  settledReport,
  signUpConfirmed,
  sharedReportStack,
  type ReportStack,
  type Shop,
} from "./reports-stack.ts";

const PASSWORD = "let me read it";

let stack: ReportStack;
let owner: Person;
let shop: Shop;
let reportId: string;

beforeAll(async () => {
  stack = await sharedReportStack();
  owner = await signUpConfirmed(stack);
  shop = await addShop(stack, owner);
  reportId = await readyReport();
});

async function readyReport(): Promise<string> {
  const { campaignId, ...days } = shop;
  const ordered = await owner.ask("POST /api/v1/reports", { ...days, campaignIds: [campaignId] });
  expect(ordered.status).toBe(202);
  const report = await settledReport(owner, String(ordered.body["id"]));
  expect(report.status).toBe("ready");
  return report.id;
}

async function shared(request: object = {}, of = reportId): Promise<NewShare & { path: string }> {
  const made = await owner.ask(`POST /api/v1/reports/${of}/shares`, request);
  expect(made.status).toBe(201);
  const share = newShare.parse(made.body);
  return { ...share, path: `/api/v1${new URL(share.url).pathname}` };
}

/** A reader without a session, who keeps the cookie of the link. */
function reader() {
  const ip = anyIp();
  let cookie = "";
  return async (route: string, body?: unknown, headers: Record<string, string> = {}): Promise<Answer> => {
    const answer = await ask(stack, route, {
      ...(body === undefined ? {} : { body }),
      headers: { cookie, "cf-connecting-ip": ip, ...headers },
    });
    cookie = answer.headers.get("set-cookie")?.split(";")[0] ?? cookie;
    return answer;
  };
}

async function viewsOf(id: string): Promise<number> {
  const { body } = await owner.ask(`GET /api/v1/reports/${reportId}/shares`);
  return list(shareShape)
    .parse(body)
    .items.filter((share) => share.id === id)
    .reduce((_, { views }) => views, -1);
}

test("whoever has the link reads that report without a session, and is kept from nothing else by it", async () => {
  const { path, id, url, hasPassword } = await shared();
  expect(hasPassword).toBe(false);
  expect(url).toMatch(/\/shared\/[0-9a-f]{64}$/);
  const read = reader();
  expect((await read(`GET ${path}`)).body).toMatchObject({
    state: "open",
    files: { pdf: expect.any(Number) },
  });

  const model = await read(`GET ${path}/model`);
  const own = await owner.ask(`GET /api/v1/reports/${reportId}/model`);
  expect(model.body).toEqual(own.body);
  for (const name of ["x-robots-tag", "referrer-policy", "cache-control"]) {
    expect(model.headers.get(name)).toBe(
      {
        "x-robots-tag": "noindex, nofollow",
        "referrer-policy": "no-referrer",
        "cache-control": "private, no-store",
      }[name],
    );
  }
  for (const [format, start] of [
    ["pdf", "%PDF"],
    ["xlsx", "PK"],
    ["csv", "PK"],
    ["json", "{"],
  ]) {
    const file = await read(`GET ${path}/download?format=${format}`);
    expect(file.status).toBe(200);
    expect(file.text.startsWith(start ?? "")).toBe(true);
  }
  expect((await read(`GET ${path}/logo`)).status).toBe(404);
  expect((await read(`GET /api/v1/reports/${reportId}`)).status).toBe(401);
  expect(await viewsOf(id)).toBe(1);
});

test("a reader counts once, and a program that looks ahead does not", async () => {
  const { path, id } = await shared();
  const [one, other] = [reader(), reader()];
  await other(`GET ${path}/model`, undefined, { "sec-purpose": "prefetch;prerender" });
  expect((await stack.fetch(`${path}/model`, { method: "HEAD" })).status).toBe(200);
  expect(await viewsOf(id)).toBe(0);
  for (const read of [one, one, one, other]) await read(`GET ${path}/model`);
  expect(await viewsOf(id)).toBe(2);
});

test("a link with a password tells nothing before it is right", async () => {
  const { path, id } = await shared({ password: PASSWORD });
  const read = reader();
  expect((await read(`GET ${path}`)).body).toEqual({ state: "password_needed", files: null });
  for (const part of ["model", "download", "logo"]) {
    expect(await read(`GET ${path}/${part}`)).toMatchObject({ status: 403, body: { code: "share_locked" } });
  }
  for (const password of ["wrong password", undefined]) {
    const refused = await read(`POST ${path}`, { password });
    expect(refused).toMatchObject({ status: 403, body: { code: "wrong_share_password" } });
    expect(refused.headers.get("set-cookie")).toBeNull();
  }
  const opened = await read(`POST ${path}`, { password: PASSWORD });
  expect(opened.body).toMatchObject({ state: "open" });
  const cookie = opened.headers.get("set-cookie") ?? "";
  expect(cookie).toContain(`Path=${path}`);
  expect(cookie).toMatch(/HttpOnly/);
  expect((await read(`GET ${path}/model`)).status).toBe(200);
  expect(await viewsOf(id)).toBe(1);

  // The cookie is of this link alone, and is not made by whoever knows the link.
  const twin = await shared({ password: PASSWORD });
  const pass = cookie.split(";")[0] ?? "";
  expect((await reader()(`GET ${twin.path}/model`, undefined, { cookie: pass })).status).toBe(403);
  const later = pass.replace(/=\d{13}/, `=${Date.now() + 864e5}`);
  expect((await reader()(`GET ${path}/model`, undefined, { cookie: later })).status).toBe(403);
});

test("guessing a password is braked", async () => {
  const { path } = await shared({ password: PASSWORD });
  const read = reader();
  let answer = await read(`POST ${path}`, { password: "guess 000" });
  for (let guess = 1; guess < 40 && answer.status === 403; guess += 1) {
    answer = await read(`POST ${path}`, { password: `guess ${guess}` });
  }
  expect(answer).toMatchObject({ status: 429, body: { code: "too_many_attempts" } });
});

test("a link that is revoked, has expired, or never was is the same 404", async () => {
  const [revoked, expired, kept] = [await shared(), await shared({ expiresInDays: 1 }), await shared()];
  const read = reader();
  expect((await read(`GET ${revoked.path}/model`)).status).toBe(200);
  expect((await owner.ask(`DELETE /api/v1/report-shares/${revoked.id}`)).status).toBe(204);
  expect((await owner.ask(`DELETE /api/v1/report-shares/${revoked.id}`)).status).toBe(204);
  await stack.db.execute(
    sql`update site.report_shares set expires_at = now() - interval '1 second' where public_id = ${expired.id}`,
  );
  const unknown = `/api/v1/shared/${randomUUID().replaceAll("-", "").repeat(2)}`;
  const answers = await Promise.all(
    [revoked.path, expired.path, unknown, "/api/v1/shared/odd'--"].flatMap((path) =>
      ["", "/model", "/download"].map(async (part) => await read(`GET ${path}${part}`)),
    ),
  );
  const told = answers.map(({ status, body }) => ({ status, code: body["code"], detail: body["detail"] }));
  expect(new Set(told.map((answer) => JSON.stringify(answer))).size).toBe(1);
  expect(told[0]?.status).toBe(404);
  expect((await read(`GET ${kept.path}/model`)).status).toBe(200);
});

test("a report that is deleted is gone for its readers", { tags: ["long"] }, async () => {
  const other = await readyReport();
  const { path } = await shared({}, other);
  expect((await reader()(`GET ${path}/model`)).status).toBe(200);
  expect((await owner.ask(`DELETE /api/v1/reports/${other}`)).status).toBe(204);
  expect((await reader()(`GET ${path}/model`)).status).toBe(404);
});

test("only its hash is kept, and the same order with a key is made once", async () => {
  const key = { "idempotency-key": randomUUID() };
  const route = `POST /api/v1/reports/${reportId}/shares`;
  const { url } = newShare.parse((await owner.ask(route, {}, key)).body);
  expect(await owner.ask(route, {}, key)).toMatchObject({ status: 409, body: { code: "already_created" } });
  const token = new URL(url).pathname.split("/").at(-1) ?? "";
  const { rows } = await stack.db.execute<{ row: string }>(sql`
    select row_to_json(s)::text as row from site.report_shares s
    union all select row_to_json(a)::text from control.audit_log a
    union all select row_to_json(i)::text from control.idempotency_keys i`);
  expect(rows.length).toBeGreaterThan(0);
  expect(rows.filter(({ row }) => row.includes(token))).toEqual([]);
  expect(JSON.stringify(stack.takeLogs())).not.toContain(token);
});

test(
  "who may not share or see is told so, and another account finds nothing",
  { tags: ["long"] },
  async () => {
    const { id } = await shared();
    const viewer = await addMember(stack, owner, "viewer");
    const program = await addProgram(stack, owner, ["events:write"]);
    const stranger = await signUp(stack);
    const route = `/api/v1/reports/${reportId}/shares`;
    expect((await viewer.ask(`GET ${route}`)).status).toBe(200);
    expect((await viewer.ask(`POST ${route}`, {})).status).toBe(403);
    expect((await viewer.ask(`DELETE /api/v1/report-shares/${id}`)).status).toBe(403);
    expect((await program.ask(`GET ${route}`)).status).toBe(403);
    expect((await stranger.ask(`GET ${route}`)).status).toBe(404);
    expect((await stranger.ask(`POST ${route}`, {})).status).toBe(404);
    expect((await stranger.ask(`DELETE /api/v1/report-shares/${id}`)).status).toBe(404);
    expect((await owner.ask(`POST ${route}`, { password: "short" })).status).toBe(400);
    expect((await owner.ask(`POST ${route}`, { expiresInDays: 0 })).status).toBe(400);
  },
);
