// @module-tag long
import type { KVNamespace } from "@cloudflare/workers-types";
import { sql } from "drizzle-orm";
import { afterAll, beforeAll, expect, it, vi } from "vitest";

import { listenHttp, readBody, sendText, type ListeningServer } from "#scripts/stack/http/http-server.ts";
import { edgeSite } from "#tests/support/edge-site.ts";
import { eventId } from "#tests/support/messages.ts";
import { createSite, type TestSite } from "#tests/support/sites.ts";
import { APP_ORIGIN, startWorkers, type TestWorkers } from "#tests/support/start-workers.ts";

/** What no log and no row of errors may hold, whatever fails. */
const SECRETS = [
  "ada.lovelace@people.example",
  "203.0.113.77",
  "2001:db8::77aa",
  "wmk_k7_5ecr3tt0k3n",
  "ORDER-4711-XYZ",
  "Lovelace",
] as const;
const SAID = SECRETS.join(" ");
const WAIT = { timeout: 30_000, interval: 250 };

let stack: TestWorkers;
let tracker: ListeningServer;
let site: TestSite;
const tracked: string[] = [];

beforeAll(async () => {
  tracker = await listenHttp(async (request, response) => {
    tracked.push(String(await readBody(request, 1_000_000)));
    sendText(response, 200, { "content-type": "application/json" }, "{}");
  }, 0);
  const dsn = tracker.url.replace("http://", "http://key@") + "/7";
  stack = await startWorkers({ vars: { jobs: { SENTRY_DSN: dsn } } });
  site = await createSite(stack.db);
  const { EDGE_CONFIG } = (await stack.workers.bindings("collect")) as { EDGE_CONFIG: KVNamespace };
  await EDGE_CONFIG.put(`site:${site.siteKey}`, JSON.stringify(edgeSite(site)));
});
afterAll(async () => {
  await stack.stop();
  await tracker.close();
});

/** Each way in which an error is told: a bug of the api, a dead letter, a message that nobody can read, a cron task. */
async function failEverywhere(): Promise<void> {
  await stack.db.execute(
    sql`alter table control.users add constraint no_ada check (name not like '%Lovelace%')`,
  );
  await stack.db.execute(
    sql`alter table site.pages add constraint no_orders check (path not like '%ORDER%')`,
  );
  const registered = await stack.api("/api/v1/auth/register", {
    method: "POST",
    headers: { "content-type": "application/json", origin: APP_ORIGIN, "cf-connecting-ip": "203.0.113.77" },
    body: JSON.stringify({ email: SECRETS[0], password: SECRETS[3], name: SAID }),
  });
  expect(registered.status).toBe(500);

  const at = Date.now();
  const url = `https://shop.example/ORDER-4711-XYZ?${new URLSearchParams({ mail: SECRETS[0], who: SAID }).toString()}`;
  const conversion = { type: "purchase", value: "10", orderId: SECRETS[4] };
  const events = [{ id: eventId(at), at, type: "conversion", url, conversion }];
  const collected = await stack.collect("/e", {
    method: "POST",
    headers: {
      "content-type": "text/plain",
      origin: "https://shop.example",
      "cf-connecting-ip": "2001:db8::77aa",
    },
    body: JSON.stringify({ v: 1, site: site.siteKey, sentAt: at, events }),
  });
  expect(collected.status).toBe(202);

  const { WORK } = (await stack.workers.bindings("api")) as {
    WORK: { send(message: unknown): Promise<unknown> };
  };
  await WORK.send({ v: 1, kind: "deliver-report", said: SAID });
  await WORK.send({
    v: 1,
    kind: "build-report",
    database: SAID,
    reportId: SAID,
    requestId: "req_of_a_person",
  });
  await stack.db.execute(sql`alter table site.erasures rename to erasures_gone`);
  expect((await stack.workers.runCron("* * * * *")).outcome).not.toBe("ok");
}

const EVENTS = ["bug", "cron_task_failed", "message_dead_lettered", "work_retried", "work_unreadable"];

it("tells every kind of error in the log, in the database and to the tracker, and in none what people have said", async () => {
  stack.workers.takeLogs();
  await failEverywhere();
  let groups = "";
  await vi.waitFor(async () => {
    const { rows } = await stack.db.execute<{ event: string }>(sql`select * from control.error_groups`);
    groups = JSON.stringify(rows);
    expect([...new Set(rows.map(({ event }) => event))].toSorted()).toEqual(EVENTS);
    expect(EVENTS.filter((event) => !tracked.join("\n").includes(`"event":"${event}"`))).toEqual([]);
  }, WAIT);

  const logged = stack.workers
    .takeLogs()
    .map(({ message }) => message)
    .join("\n");
  for (const event of EVENTS) expect(logged).toContain(`"event":"${event}"`);
  const told = { logged, groups, tracked: tracked.join("\n") };
  for (const [where, text] of Object.entries(told)) {
    expect([where, SECRETS.filter((secret) => text.includes(secret))]).toEqual([where, []]);
  }
  // The request that a piece of work was done for is named wherever it fails.
  expect(logged).toMatch(/"event":"work_retried".*"requestId":"req_of_a_person"/);
  expect(logged).toMatch(/"event":"message_dead_lettered".*"requestId":"[0-9a-f-]{36}"/);
}, 60_000);
