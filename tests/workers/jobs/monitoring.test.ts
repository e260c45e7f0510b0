// @module-tag long
import { setTimeout as pause } from "node:timers/promises";

import type { KVNamespace } from "@cloudflare/workers-types";
import { sql } from "drizzle-orm";
import { afterAll, beforeAll, expect, inject, it, vi } from "vitest";

import { monitoring, type Monitoring } from "#contract/monitoring.ts";
import { setSuperadmin } from "#db/queries/accounts/superadmins.ts";
import { edgeSite } from "#tests/support/edge-site.ts";
import { eventId } from "#tests/support/messages.ts";
import { createSite, type TestSite } from "#tests/support/sites.ts";
import { APP_ORIGIN, startWorkers, type TestWorkers } from "#tests/support/start-workers.ts";
import { startSlowEndpoint, type SlowEndpoint } from "./slow-endpoint.ts";

/** What the client itself has seen: every figure is compared with this. */
type Sent = {
  worker: "collect" | "api";
  method: string;
  route: string;
  status: number;
  code: string | null;
  ms: number;
};

const MINUTE = "* * * * *";
const WAIT = { timeout: 40_000, interval: 250 };
const INGEST = "insert into site.receipts";

let stack: TestWorkers;
let endpoint: SlowEndpoint;
let site: TestSite;
let cookie = "";
const sent: Sent[] = [];

beforeAll(async () => {
  endpoint = await startSlowEndpoint(inject("stack").neonEndpoint);
  const vars = { NEON_HTTP_ENDPOINT: endpoint.url };
  stack = await startWorkers({ vars: { api: vars, jobs: vars } });
  site = await createSite(stack.db);
  const { EDGE_CONFIG } = (await stack.workers.bindings("collect")) as { EDGE_CONFIG: KVNamespace };
  await EDGE_CONFIG.put(`site:${site.siteKey}`, JSON.stringify(edgeSite(site)));
  // A page that no database of ours takes: the body it comes in becomes a dead letter.
  await stack.db.execute(
    sql`alter table site.pages add constraint no_poison check (path <> '/poison') not valid`,
  );
});
afterAll(async () => {
  await stack.stop();
  await endpoint.close();
});

/** A request whose answer is noted, under the pattern that the Worker should find. */
async function send(
  worker: Sent["worker"],
  [method, path, route]: readonly [method: string, path: string, route: string],
  init: { body?: string; headers?: Record<string, string> } = {},
): Promise<Response> {
  const startedMs = performance.now();
  const headers = { origin: worker === "api" ? APP_ORIGIN : "https://shop.example", cookie, ...init.headers };
  const answer = await stack[worker](path, {
    method,
    headers,
    ...(init.body === undefined ? {} : { body: init.body }),
  });
  const ms = performance.now() - startedMs;
  const isProblem = answer.headers.get("content-type") === "application/problem+json";
  const code = isProblem ? ((await answer.clone().json()) as { code: string }).code : null;
  sent.push({ worker, method, route, status: answer.status, code, ms });
  return answer;
}

async function post(
  paths: readonly string[],
  { origin = "https://shop.example", key = site.siteKey } = {},
): Promise<void> {
  const at = Date.now();
  const events = paths.map((path) => ({
    id: eventId(at),
    at,
    type: "pageview",
    url: `https://shop.example${path}`,
  }));
  const body = JSON.stringify({ v: 1, site: key, sentAt: at, events });
  const headers = {
    "content-type": "text/plain",
    "user-agent": "Mozilla/5.0 (X11; Linux) Chrome/140.0",
    origin,
  };
  await send("collect", ["POST", "/e", "/e"], { body, headers });
}

const READY = ["GET", "/readyz", "/readyz"] as const;
const SITES = ["GET", "/api/v1/sites", "/api/v1/sites"] as const;

async function monitor(): Promise<Monitoring> {
  const answer = await send("api", ["GET", "/api/v1/admin/monitoring?range=1h", "/api/v1/admin/monitoring"]);
  expect(answer.status).toBe(200);
  return monitoring.parse(await answer.json());
}

/** Polls until it holds. */
async function monitorUntil(holds: (figures: Monitoring) => void): Promise<Monitoring> {
  return await vi.waitFor(async () => {
    const figures = await monitor();
    holds(figures);
    return figures;
  }, WAIT);
}

/** The figures of all that was sent but this question itself, which is told after its answer. */
async function monitorAll(): Promise<Monitoring> {
  await vi.waitFor(async () => {
    const { rows } = await stack.db.execute(
      sql`select sum(requests)::int as n from control.request_minutes where worker <> 'jobs'`,
    );
    expect(rows).toEqual([{ n: sent.length }]);
  }, WAIT);
  return await monitor();
}

async function becomeSuperadmin(): Promise<void> {
  const body = JSON.stringify({
    email: "ops@waymark.example",
    password: "correct horse battery",
    name: "Ops",
  });
  const headers = { "content-type": "application/json" };
  const answer = await send("api", ["POST", "/api/v1/auth/register", "/api/v1/auth/register"], {
    body,
    headers,
  });
  cookie = answer.headers.get("set-cookie")?.split(";")[0] ?? "";
  await setSuperadmin(stack.db, { email: "ops@waymark.example", isSuperadmin: true, at: new Date() });
}

/** How slow the database is for 50 requests, in their order. */
const DELAYS_MS = [
  ...Array.from({ length: 30 }, () => 600),
  ...Array.from({ length: 15 }, () => 900),
  ...Array.from({ length: 4 }, () => 1_200),
  1_500,
];
const APART_MS = 20;

/** Of known slowness: one begins shortly after the other, so that they hardly wait for each other. */
async function sendSlowRequests(): Promise<void> {
  endpoint.delaysMs = [...DELAYS_MS];
  const answers: Promise<Response>[] = [];
  for (let index = 0; index < DELAYS_MS.length; index += 1) {
    answers.push(send("api", READY));
    await pause(APART_MS);
  }
  await Promise.all(answers);
}

async function sendFailures(): Promise<void> {
  // As the statement stands in JSON.
  endpoint.refuses = String.raw`"site\".\"sites\"`.slice(1);
  for (let index = 0; index < 3; index += 1) expect((await send("api", SITES)).status).toBe(503);
  endpoint.refuses = null;
  for (let index = 0; index < 4; index += 1) {
    await send("api", ["GET", `/api/v1/sites/site_${index}`, "/api/v1/sites/:siteId"]);
    await send("api", ["GET", `/api/v1/nothing/${index}`, "other"]);
  }
  await send("api", ["GET", "/api/v1/me", "/api/v1/me"], { headers: { cookie: "" } });
  const form = { body: "{", headers: { "content-type": "application/json" } };
  await send("api", ["POST", "/api/v1/sites", "/api/v1/sites"], form);
  await post(["/a"], { origin: "https://thief.example" });
  await post(["/a"], { key: "wms_aaaaaaaaaaaaaaaaaaaa" });
  await send("collect", ["POST", "/e", "/e"], { body: "{", headers: { "content-type": "text/plain" } });
  await send("collect", ["GET", "/r/nowhere", "/r/:slug"]);
  await send("collect", ["GET", "/nothing/here", "other"]);
}

function grouped(all: readonly Sent[], keyOf: (one: Sent) => string): Record<string, number> {
  const counts: Record<string, number> = {};
  for (const one of all) counts[keyOf(one)] = (counts[keyOf(one)] ?? 0) + 1;
  return counts;
}

function expectCounts(figures: Monitoring, seen: readonly Sent[]): void {
  const { total, routes, refused, workers, points } = figures.requests;
  const errors = seen.filter(({ status }) => status >= 500).length;
  expect(total).toMatchObject({ requests: seen.length, errors, errorRate: errors / seen.length });
  expect(points.reduce((sum, { requests }) => sum + requests, 0)).toBe(seen.length);
  expect(points.reduce((sum, { errors: failed }) => sum + failed, 0)).toBe(errors);
  const shown = routes.filter(({ worker }) => worker !== "jobs");
  expect(
    Object.fromEntries(shown.map((one) => [`${one.worker} ${one.method} ${one.route}`, one.requests])),
  ).toEqual(grouped(seen, ({ worker, method, route }) => `${worker} ${method} ${route}`));
  const problems = seen.filter(({ status }) => status >= 400);
  expect(
    Object.fromEntries(
      refused.map(({ worker, status, code, requests }) => [`${worker} ${status} ${code ?? ""}`, requests]),
    ),
  ).toMatchObject(
    grouped(
      problems.filter(({ code }) => code !== null),
      ({ worker, status, code }) => `${worker} ${status} ${code}`,
    ),
  );
  expect(refused.reduce((sum, { requests }) => sum + requests, 0)).toBe(problems.length);
  for (const worker of ["collect", "api"] as const) {
    expect(workers.find((one) => one.worker === worker)?.requests).toBe(
      seen.filter((one) => one.worker === worker).length,
    );
  }
}

/**
 * The time inside the Worker lies between what its database is known to take and what the client has measured, the way
 * there included: the figure is within five per cent of both, and of each where nothing else keeps the machine busy.
 */
function expectPercentiles({ requests: { routes } }: Monitoring): void {
  const measured = sent.filter(({ route }) => route === "/readyz").map(({ ms }) => ms);
  const { latency } = routes.find(({ route }) => route === "/readyz") ?? {};
  const shown = [latency?.p50 ?? 0, latency?.p95 ?? 0, latency?.p99 ?? 0];
  for (const [index, q] of [0.5, 0.95, 0.99].entries()) {
    expect(shown[index]).toBeGreaterThan(0.95 * quantileOf(DELAYS_MS, q));
    expect(shown[index]).toBeLessThan(1.05 * quantileOf(measured, q));
  }
}

function quantileOf(all: readonly number[], q: number): number {
  return all.toSorted((a, b) => a - b)[Math.ceil(q * all.length) - 1] ?? Number.NaN;
}

it("shows what the client has sent: requests, refusals, errors, latencies, and what became of every body", async () => {
  await becomeSuperadmin();
  await sendSlowRequests();
  await sendFailures();
  for (let index = 0; index < 5; index += 1) await post(["/a", "/b"]);
  expect(await stack.workers.runCron(MINUTE)).toMatchObject({ outcome: "ok" });

  await monitorUntil(({ queues }) => expect([queues.accepted, queues.taken]).toEqual([5, 5]));
  const figures = await monitorAll();
  expectCounts(figures, sent.slice(0, -1));
  expectPercentiles(figures);
  expect(figures.ingest).toMatchObject({
    bodies: 5,
    received: 10,
    stored: 10,
    duplicate: 0,
    deadLettered: 0,
  });
  expect(figures.ingest.lag?.bodies).toBe(5);
  expect(figures.queues).toMatchObject({ waiting: 0, spilled: 0, lostEvents: 0, retried: 0, buried: 0 });
  expect(figures.activeUsers).toBe(1);
  expect(figures.cache).toMatchObject({ isUp: true, hitRate: null });
  expect(figures.databases).toMatchObject([{ name: "main", isUp: true, slowest: null }]);
  expect(figures.databases[0]?.bytes).toBeGreaterThan(1_000_000);
  expect(figures.reports).toEqual({ ready: 0, failed: 0, skipped: 0, pending: 0 });
  const rollUp = figures.crons.find(({ task }) => task === "roll_up");
  expect(rollUp).toMatchObject({ runs: 1, failures: 0, lastError: null });
  expect(figures.rollup.lastSuccessAt).toBe(rollUp?.lastSuccessAt);
  expect(figures.errors).toMatchObject([
    { worker: "api", event: "dependency_down", name: "NeonDbError", count: 3 },
  ]);
  expect(JSON.stringify(figures.errors)).not.toContain("site.sites");
}, 60_000);

it("tells a consumer that stands still from one that has caught up, and counts a dead letter", async () => {
  endpoint.refuses = INGEST;
  for (let index = 0; index < 3; index += 1) await post(["/c"]);
  const stalled = await monitorUntil(({ queues, errors }) => {
    expect([queues.accepted, queues.taken, queues.waiting]).toEqual([8, 5, 3]);
    expect(errors.map(({ event }) => event)).toContain("ingest_retried");
  });
  expect(stalled.queues.retried).toBeGreaterThan(0);
  expect(stalled.ingest.bodies).toBe(5);
  expect(stalled.deadLetters).toEqual({ waiting: 0, oldestAt: null });

  endpoint.refuses = null;
  await post(["/poison"]);
  const after = await monitorUntil(({ queues, deadLetters }) => {
    expect([queues.accepted, queues.taken, queues.waiting]).toEqual([9, 9, 0]);
    expect(deadLetters.waiting).toBe(1);
  });
  expect(after.ingest).toMatchObject({ bodies: 9, received: 14, stored: 13, deadLettered: 1 });
  expect(after.errors.map(({ event }) => event)).toContain("message_dead_lettered");
  const waited = after.ingest.lag;
  expect(waited?.p99).toBeGreaterThan(waited?.p50 ?? Infinity);
  // The hours that wait to be rolled up, until the minute's cron has done so.
  expect(after.rollup.waitingHours).toBeGreaterThan(0);
  expect(after.rollup.lagSeconds).not.toBeNull();
  expect(await stack.workers.runCron(MINUTE)).toMatchObject({ outcome: "ok" });
  const { rollup, crons } = await monitor();
  expect(rollup).toMatchObject({ waitingHours: 0, oldestAt: null, lagSeconds: null });
  expect(crons.find(({ task }) => task === "roll_up")).toMatchObject({ runs: 2, failures: 0 });
}, 90_000);
