// @module-tag long
import { fileURLToPath } from "node:url";

import type { Client } from "pg";
import { afterAll, beforeAll, describe, expect, it, vi } from "vitest";

import type { IngestMessage } from "#contract/ingest-message.ts";
import { ingestMessage, visitorId } from "#tests/support/messages.ts";
import { silentMeter } from "#tests/support/silent-meter.ts";
import { createSite, type TestSite } from "#tests/support/sites.ts";
import { startWorkers, type TestWorkers } from "#tests/support/start-workers.ts";

let workers: TestWorkers;
let database: Client;
let queue: { send(message: unknown): Promise<unknown> };
let work: { send(message: unknown): Promise<unknown> };
beforeAll(async () => {
  workers = await startWorkers();
  database = await workers.connect();
  ({ EVENTS_0: queue } = (await workers.workers.bindings("collect")) as { EVENTS_0: typeof queue });
  ({ WORK: work } = (await workers.workers.bindings("api")) as { WORK: typeof work });
});
afterAll(async () => {
  await database.end();
  await workers.stop();
});

function bodyOf(site: TestSite): IngestMessage {
  const view = { type: "pageview" as const, at: Date.now(), url: "https://shop.example/" };
  return ingestMessage({ siteId: site.siteId, visitor: visitorId(), events: [view] });
}

async function receiptsOf({ siteId }: TestSite): Promise<{ received: number; stored: number }[]> {
  const found = await database.query<{ received: number; stored: number }>(
    "select received, stored from site.receipts where site_id = $1",
    [siteId],
  );
  return found.rows;
}

async function untilReceipts(site: TestSite, count: number): Promise<void> {
  const wait = { timeout: 15_000, interval: 50 };
  await vi.waitFor(async () => expect(await receiptsOf(site)).toHaveLength(count), wait);
}

describe("a batch", () => {
  // First in the file: the reports of all batches are counted.
  it("is over when its work is: the next one does not wait for the report of its measures", async () => {
    const nothing = { v: 1, kind: "build-report", database: "main", reportId: "rep_none" };
    const messages = Array.from({ length: 40 }, async () => await work.send(nothing));
    await Promise.all(messages);
    const batches = await vi.waitFor(
      async () => {
        const { rows } = await database.query<{ batches: number; reports: number }>(`
        select (select coalesce(sum(requests), 0)::int from control.request_minutes where worker = 'jobs') as batches,
          (select count(*)::int from control.meter_reports) as reports`);
        expect(rows[0]?.batches).toBeGreaterThanOrEqual(8);
        return rows[0];
      },
      { timeout: 40_000, interval: 200 },
    );
    // A batch that waits is told of by a report of its own.
    expect(batches?.reports).toBeLessThan((batches?.batches ?? 0) / 2);
  });
});

describe("a message of the event queue", () => {
  it("is read in the shape of the deployment before: one bare body", async () => {
    const site = await createSite(workers.db);
    await queue.send(bodyOf(site));
    await untilReceipts(site, 1);
    expect(await receiptsOf(site)).toEqual([{ received: 1, stored: 1 }]);
  });

  it("that has waited for more than ten minutes is told of in the log, one that has not is not", async () => {
    const [late, fresh] = [await createSite(workers.db), await createSite(workers.db)];
    workers.workers.takeLogs();
    await queue.send({ v: 2, bodies: [bodyOf(fresh)] });
    await untilReceipts(fresh, 1);
    const lagging = () =>
      workers.workers.takeLogs().filter(({ message }) => message.includes("ingest_lagging"));
    expect(lagging()).toEqual([]);

    await queue.send({ v: 2, bodies: [{ ...bodyOf(late), receivedAt: Date.now() - 15 * 60_000 }] });
    await untilReceipts(late, 1);
    await vi.waitFor(() => {
      const [line] = lagging();
      expect(line?.message).toMatch(/"waits":"queue","database":"main","seconds":9\d\d/);
    });
  });

  it("carries several bodies, each with a receipt of its own, and counts none twice", async () => {
    const site = await createSite(workers.db);
    const bodies = [bodyOf(site), bodyOf(site), bodyOf(site)];
    await queue.send({ v: 2, bodies: [...bodies, ...bodies] });
    await queue.send({ v: 2, bodies: bodies.slice(0, 2) });
    await queue.send({ v: 2, bodies: [bodyOf(site)] });
    await untilReceipts(site, 4);
    expect(await receiptsOf(site)).toEqual(Array.from({ length: 4 }, () => ({ received: 1, stored: 1 })));
  });

  it("brings its good bodies through, whatever else it holds, and comes again for the rest", async () => {
    const site = await createSite(workers.db);
    workers.workers.takeLogs();
    await queue.send({ v: 2, bodies: [bodyOf(site), { v: 3, odd: true }, bodyOf(site)] });
    await untilReceipts(site, 2);
    let logged = "";
    const wait = { timeout: 10_000, interval: 50 };
    await vi.waitFor(() => {
      logged += JSON.stringify(workers.workers.takeLogs());
      expect(logged).toContain("message_unreadable");
    }, wait);
  });
});

describe("a message that the queue gave up on", () => {
  // By address and not by name: its types are those of a Worker, not of a test.
  const BURY = fileURLToPath(new URL("../../../workers/jobs/bury-events.ts", import.meta.url));

  it("goes to storage whole if any of its bodies can be read, and is acknowledged only then", async () => {
    const { buryEvents } = (await import(BURY)) as {
      buryEvents: (deps: object, batch: object) => Promise<void>;
    };
    const kept: [string, unknown][] = [];
    const unreadable: [string, unknown][] = [];
    const deps = {
      log() {},
      meter: silentMeter,
      spilled: {
        keep: async (...given: [string, unknown]) => kept.push(given),
        keepUnreadable: async (...given: [string, unknown]) => unreadable.push(given),
      },
    };
    const site = { siteId: 1, publicId: "", siteKey: "", accountId: 0 };
    const body = bodyOf(site);
    const group = { v: 2, bodies: [{ odd: true }, body] };
    const acked: string[] = [];
    const messages = [group, body, { odd: true }].map((content, index) => ({
      id: `m${index}`,
      attempts: 1,
      body: content,
      ack: () => acked.push(`m${index}`),
      retry: () => acked.push("retried"),
    }));
    await buryEvents(deps, { messages });

    expect(kept).toEqual([
      [`given-up/${body.receiptId}`, group],
      [`given-up/${body.receiptId}`, body],
    ]);
    expect(unreadable).toEqual([["m2", { odd: true }]]);
    expect(acked.toSorted()).toEqual(["m0", "m1", "m2"]);
  });
});
