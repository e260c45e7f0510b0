import { neon, neonConfig } from "@neondatabase/serverless";
import { drizzle } from "drizzle-orm/neon-http";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { Client } from "pg";

import type { IngestMessage } from "#contract/ingest-message.ts";
import { prepareBatch, type PreparedBatch } from "#core/ingest/prepare-batch.ts";
import type { Database } from "#db/database.ts";
import { loadIngestSites } from "#db/queries/ingest/load-ingest-sites.ts";
import { writeBatch } from "#db/queries/ingest/write-batch.ts";
import { eventId, ingestMessage, visitorId } from "#tests/support/messages.ts";
import { createSite } from "#tests/support/sites.ts";
import { startTestStack, TEMPLATE_DATABASE } from "#tests/support/test-stack.ts";

export type Bench = { name: string; ratio: number | null; target: number | null; detail: string };

const BATCHES = 11;
const BODIES = 1_000;
const VISITORS = 170;
const MINUTE = 60_000;
const PAGES = 200;
const SOURCES = 20;
/** Each table with what finds the batch's rows in it. */
const TABLES: readonly { table: string; rows: string }[] = [
  { table: "visitors", rows: "visitor_id = any ($2)" },
  { table: "receipts", rows: "receipt_id = any ($3)" },
  { table: "events", rows: "visitor_id = any ($2)" },
  { table: "sessions", rows: "visitor_id = any ($2)" },
  { table: "touchpoints", rows: "visitor_id = any ($2)" },
  { table: "conversions", rows: "visitor_id = any ($2)" },
];

/**
 * The ingest statements against a raw COPY of the very rows they made, into the same tables with the same indexes, in
 * one run: batch by batch, so that both meet the same load of the machine. About 1,000 events a batch, 6 a visitor in
 * bodies of one, 1.5 sessions a visitor, one visitor in twenty with an order.
 */
export async function bench(): Promise<Bench[]> {
  const stack = await startTestStack();
  try {
    neonConfig.fetchEndpoint = stack.addresses.neonEndpoint;
    const ours = await createDatabase(stack.addresses.adminUrl, "bench_ingest");
    const raw = await createDatabase(stack.addresses.adminUrl, "bench_copy");
    return [await measure(ours, raw)];
  } finally {
    await stack.stop();
  }
}

async function createDatabase(adminUrl: string, name: string): Promise<string> {
  const admin = new Client({ connectionString: adminUrl });
  await admin.connect();
  await admin.query(`CREATE DATABASE ${name} TEMPLATE ${TEMPLATE_DATABASE}`);
  await admin.end();
  const url = new URL(adminUrl);
  url.pathname = `/${name}`;
  return url.href;
}

async function measure(oursUrl: string, rawUrl: string): Promise<Bench> {
  const db: Database = drizzle({ client: neon(oursUrl) });
  const from = new Client({ connectionString: oursUrl });
  const to = new Client({ connectionString: rawUrl });
  await Promise.all([from.connect(), to.connect()]);
  const { siteId } = await createSite(db);
  const sites = await loadIngestSites(db, [siteId]);
  const runs: Run[] = [];
  for (let i = 0; i < BATCHES; i += 1) {
    const batch = prepareBatch(bodiesOf(siteId), sites);
    // One after the other: each is a measurement.
    // oxlint-disable-next-line no-await-in-loop
    runs.push(await compare({ db, from, to }, { siteId, batch }));
  }
  await Promise.all([from.end(), to.end()]);
  // The first one warms the caches.
  return summarise(runs.slice(1));
}

type Run = { statementsMs: number; copyMs: number };
type Ends = { db: Database; from: Client; to: Client };

async function compare(
  { db, from, to }: Ends,
  { siteId, batch }: { siteId: number; batch: PreparedBatch },
): Promise<Run> {
  const statementsMs = await timed(async () => await writeBatch(db, batch));
  const visitors = [...new Set(batch.events.map(({ visitorId: id }) => id))];
  const receipts = batch.receipts.map(({ receiptId }) => receiptId);
  for (const { table, rows } of TABLES) {
    const where = rows.replace("$2", arrayOf(visitors)).replace("$3", arrayOf(receipts));
    // oxlint-disable-next-line no-await-in-loop
    await from.query(
      `copy (select * from site.${table} where site_id = ${siteId} and ${where}) to '${fileOf(table)}'`,
    );
  }
  const copies = TABLES.map(({ table }) => `copy site.${table} from '${fileOf(table)}'`);
  const copyMs = await timed(async () => await to.query(`begin; ${copies.join("; ")}; commit`));
  return { statementsMs, copyMs };
}

async function timed(work: () => Promise<unknown>): Promise<number> {
  const start = performance.now();
  await work();
  return performance.now() - start;
}

function arrayOf(ids: readonly (string | null)[]): string {
  return `'{${ids.join(",")}}'::uuid[]`;
}

/** Where Postgres, which may run as a user of its own, can write and read. */
function fileOf(table: string): string {
  return join(tmpdir(), `waymark-bench-${process.pid}-${table}`);
}

/** About 1,000 events in bodies of one: 170 visitors, 6 events each in 1.5 sessions, one in twenty with an order. */
function bodiesOf(siteId: number): IngestMessage[] {
  const receivedAt = Date.now();
  const visitors = Array.from({ length: VISITORS }, visitorId);
  return Array.from({ length: BODIES }, (_, i) => {
    const visitor = visitors[i % VISITORS] ?? null;
    const nth = Math.floor(i / VISITORS);
    const isSecondVisit = nth >= 4 && i % 2 === 0;
    const at = receivedAt - (isSecondVisit ? 10 : 180) * MINUTE + nth * MINUTE + i;
    const query = nth === 0 || nth === 4 ? `?utm_source=s${i % SOURCES}&utm_medium=email` : "";
    const url = `https://shop.example/products/a-page-of-some-length/${i % PAGES}${query}`;
    const isOrder = nth === 5 && i % 20 === 0;
    return ingestMessage({
      siteId,
      visitor,
      receivedAt,
      events: [
        isOrder
          ? { type: "conversion", at, url, conversion: { value: "49.90", orderId: eventId(at) } }
          : { type: "pageview", at, url },
      ],
    });
  });
}

function summarise(runs: readonly Run[]): Bench {
  const ratio = median(runs.map(({ statementsMs, copyMs }) => copyMs / statementsMs));
  const [ours, copied] = [
    median(runs.map(({ statementsMs }) => statementsMs)),
    median(runs.map(({ copyMs }) => copyMs)),
  ];
  return {
    name: "ingest statements ÷ COPY of the same rows",
    ratio,
    target: 0.25,
    detail: `${BODIES} events a batch, medians of ${runs.length}: statements ${ours.toFixed(0)} ms (${Math.round((BODIES / ours) * 1_000)} events/s), COPY ${copied.toFixed(0)} ms`,
  };
}

function median(values: readonly number[]): number {
  const sorted = values.toSorted((a, b) => a - b);
  return sorted[Math.floor(sorted.length / 2)] ?? Number.NaN;
}
