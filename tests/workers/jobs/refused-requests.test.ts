// @module-tag long
import type { KVNamespace } from "@cloudflare/workers-types";
import type { Client } from "pg";
import { afterAll, beforeAll, expect, it, vi } from "vitest";

import { createSite } from "#tests/support/sites.ts";
import { startWorkers, type TestWorkers } from "#tests/support/start-workers.ts";
import { countRefusals } from "#usecases/tracking-health/count-refusals.ts";
import { eventId } from "#tests/support/messages.ts";

let workers: TestWorkers;
let database: Client;
let config: KVNamespace;
beforeAll(async () => {
  workers = await startWorkers();
  database = await workers.connect();
  ({ EDGE_CONFIG: config } = (await workers.workers.bindings("collect")) as { EDGE_CONFIG: KVNamespace });
});
afterAll(async () => {
  await database.end();
  await workers.stop();
});

async function refusedOf(siteId: number) {
  const { rows } = await database.query<{ code: string; requests: number }>(
    "select code, sum(requests)::int as requests from site.refused_hours where site_id = $1 group by 1 order by 1",
    [siteId],
  );
  return rows;
}

async function post(body: string, origin: string): Promise<number> {
  const headers = { "Content-Type": "text/plain", Origin: origin, "User-Agent": "Mozilla/5.0" };
  const answer = await workers.workers.fetch("collect", "http://collect.test/e", {
    method: "POST",
    body,
    headers,
  });
  return answer.status;
}

it("counts what collect turned away for each site, and for no known one in all, and nothing that it took", async () => {
  const site = await createSite(workers.db);
  const edge = {
    siteId: site.siteId,
    siteKey: site.siteKey,
    database: "main",
    origins: ["https://shop.example"],
    currency: "EUR",
    identity: "cookieless",
    consentRequired: false,
    withoutConsent: "cookieless",
    honourGpc: true,
    honourDnt: false,
    identifyKey: "0b".repeat(32),
    silent: false,
  };
  await config.put(`site:${site.siteKey}`, JSON.stringify(edge));
  const bodyFor = (key: string) => {
    const at = Date.now();
    const view = { id: eventId(at), at, type: "pageview", url: "https://shop.example/" };
    return JSON.stringify({ v: 1, site: key, sentAt: at, events: [view] });
  };
  const useless = JSON.stringify({ v: 1, site: site.siteKey, events: [{ type: "pageview" }] });

  const statuses = [
    await post(bodyFor(site.siteKey), "https://thief.example"),
    await post(bodyFor(site.siteKey), "https://thief.example"),
    await post(useless, "https://shop.example"),
    await post(bodyFor(site.siteKey), "https://shop.example"),
    await post(bodyFor("wms_aaaaaaaaaaaaaaaaaaaa"), "https://shop.example"),
    await post(bodyFor("wms_bbbbbbbbbbbbbbbbbbbb"), "https://shop.example"),
    await post("{", "https://shop.example"),
    await post(JSON.stringify({ v: 7 }), "https://shop.example"),
    await post("x".repeat(70_000), "https://shop.example"),
  ];
  expect(statuses).toEqual([403, 403, 400, 202, 404, 404, 400, 400, 413]);

  const wait = { timeout: 20_000, interval: 100 };
  await vi.waitFor(async () => expect(await refusedOf(site.siteId)).not.toEqual([]), wait);
  expect(await refusedOf(site.siteId)).toEqual([
    { code: "nothing_usable", requests: 1 },
    { code: "origin_not_allowed", requests: 2 },
  ]);
  expect(await refusedOf(0)).toEqual([
    { code: "body_too_large", requests: 1 },
    { code: "invalid_body", requests: 1 },
    { code: "invalid_json", requests: 1 },
    { code: "unknown_site", requests: 2 },
  ]);
  const ledger = await database.query("select received from site.receipts where site_id = $1", [site.siteId]);
  expect(ledger.rows).toEqual([{ received: 1 }]);
}, 30_000);

it("adds a report up once, however often the queue brings it", async () => {
  const site = await createSite(workers.db);
  const databases = { named: () => workers.db, names: () => ["main"] };
  const count = { database: "main", siteId: site.siteId, code: "rate_limited", requests: 4 };
  const report = { v: 1, kind: "count-refusals", reportId: eventId(Date.now()), atMs: Date.now() } as const;

  await Promise.all(
    [1, 2].map(async () => await countRefusals({ databases }, { ...report, counts: [count] })),
  );
  await countRefusals({ databases }, { ...report, reportId: eventId(Date.now()), counts: [count] });

  expect(await refusedOf(site.siteId)).toEqual([{ code: "rate_limited", requests: 8 }]);
});
