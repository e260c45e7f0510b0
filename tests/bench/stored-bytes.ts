import type { Client } from "pg";
import type { Database } from "#db/database.ts";
import type { IngestMessage } from "#contract/ingest-message.ts";
import { eventId, ingestMessage, visitorId } from "#tests/support/messages.ts";
import { createSite } from "#tests/support/sites.ts";
import { ingestEvents } from "#usecases/ingest/ingest-events.ts";
import { type BenchResult, SCALE } from "./bench-result.ts";
import { startBenchDatabase } from "./bench-stack.ts";

const VISITORS = Math.round(166_667 * SCALE);
const BODIES_A_BATCH = 400;
const DAYS = 15;
const DAY_MS = 86_400_000;
const PAGES = 2_000;
const TARGET = 450;
/** Of a visitor's six events: those of each body, and after how many seconds. The second visit is a day later. */
const ONE_VISIT = [
  { afterMs: 0, events: 2 },
  { afterMs: 60_000, events: 1 },
  { afterMs: 120_000, events: 2 },
  { afterMs: 200_000, events: 1 },
];
const TWO_VISITS = ONE_VISIT.map((body, index) => ({
  ...body,
  afterMs: body.afterMs + (index < 2 ? 0 : DAY_MS),
}));

/**
 * What an event takes on disk after all went through ingest in the order of its time, on the stated mix: 1 M events over
 * the 15 days that receipts are kept, 6 events a visitor in 4 bodies and 1.5 sessions, mean URL 90 B, 2,000 pages. Dead
 * rows that ingest left behind are part of it.
 */
export async function bench(): Promise<BenchResult[]> {
  const { db, client, stop } = await startBenchDatabase();
  try {
    const { siteId } = await createSite(db);
    const empty = await sizes(client);
    const events = await ingestAll(db, siteId);
    await client.query("vacuum analyze");
    const grown = [...(await sizes(client))].map(
      ([table, bytes]) => [table, (bytes - (empty.get(table) ?? 0)) / events] as const,
    );
    const perEvent = grown.reduce((sum, [, bytes]) => sum + bytes, 0);
    const largest = grown.filter(([, bytes]) => bytes >= 0.5).toSorted(([, a], [, b]) => b - a);
    return [
      {
        name: "bytes stored per event",
        ratio: perEvent,
        target: TARGET,
        bound: "at most",
        detail: `${events.toLocaleString("en")} events: ${largest.map(([table, bytes]) => `${table} ${bytes.toFixed(0)}`).join(", ")}`,
      },
    ];
  } finally {
    await stop();
  }
}

/** Bytes by table, its partitions, indexes and long values with it. */
async function sizes(client: Client): Promise<Map<string, number>> {
  const { rows } = await client.query<{ name: string; bytes: string }>(
    `select regexp_replace(relname, '_\\d{4}_\\d{2}.*$', '') as name, sum(pg_total_relation_size(oid))::text as bytes
     from pg_class where relnamespace = 'site'::regnamespace and relkind = 'r' group by 1`,
  );
  return new Map(rows.map(({ name, bytes }) => [name, Number(bytes)] as const));
}

async function ingestAll(db: Database, siteId: number): Promise<number> {
  let now = new Date();
  const deps = { db, clock: { now: () => now }, sites: new Map() };
  let events = 0;
  let batch: IngestMessage[] = [];
  const write = async (): Promise<void> => {
    now = new Date(batch.at(-1)?.receivedAt ?? 0);
    await ingestEvents(deps, batch);
    batch = [];
  };
  for (const body of bodiesInTime(Date.now())) {
    const message = messageOf(siteId, body);
    events += message.events.length;
    batch.push(message);
    if (batch.length === BODIES_A_BATCH) await write();
  }
  await write();
  return events;
}

type Body = { visitor: number; id: string; atMs: number; events: number; isLanding: boolean };

/** All bodies, as they come in: first visits evenly spread, so that at each time some are under way. */
function* bodiesInTime(endMs: number): Generator<Body> {
  const startMs = endMs - DAYS * DAY_MS;
  const stepMs = ((DAYS - 1) * DAY_MS - 300_000) / VISITORS;
  let waiting: Body[] = [];
  for (let visitor = 0; visitor < VISITORS; visitor += 1) {
    const firstMs = Math.floor(startMs + visitor * stepMs);
    const id = visitorId();
    const plan = visitor % 2 === 0 ? ONE_VISIT : TWO_VISITS;
    for (const [index, { afterMs, events }] of plan.entries()) {
      const isLanding = index === 0 || (index === 2 && visitor % 2 === 1);
      waiting.push({ visitor, id, atMs: firstMs + afterMs, events, isLanding });
    }
    // Sorting now and then is enough: nothing that is still to come is earlier than this visitor.
    if (visitor % 5_000 !== 4_999) continue;
    waiting = waiting.toSorted((a, b) => a.atMs - b.atMs);
    const due = waiting.findIndex(({ atMs }) => atMs > firstMs);
    yield* waiting.splice(0, due < 0 ? waiting.length : due);
  }
  yield* waiting.toSorted((a, b) => a.atMs - b.atMs);
}

function messageOf(siteId: number, { visitor, id, atMs, events, isLanding }: Body): IngestMessage {
  return ingestMessage({
    siteId,
    visitor: id,
    receivedAt: atMs,
    agent: { browser: `Browser ${visitor % 5}`, os: `System ${visitor % 7}`, device: "mobile" },
    events: Array.from({ length: events }, (_, k) => {
      const page = (visitor * 31 + k * 7 + (atMs % 97)) % PAGES;
      const path = `/products/category-${page % 40}/a-product-with-a-name-${page}-`.padEnd(69, "x");
      const url = `https://shop.example${path}`;
      const at = atMs - (events - k) * 1000;
      const isOrder = !isLanding && events === 1 && visitor % 20 === 0;
      return {
        id: eventId(at),
        at,
        ...(isOrder
          ? { type: "conversion", url, conversion: { value: "49.90", orderId: `C-${visitor}-${atMs}` } }
          : isLanding && k === 0
            ? { type: "pageview", url: `${url}?utm_source=source-${visitor % 50}&utm_medium=email` }
            : { type: k === 1 ? "click" : "pageview", url }),
      } as const;
    }),
  });
}
