import type { Client } from "pg";
import type { IngestMessage } from "#contract/ingest-message.ts";
import type { Database } from "#db/database.ts";
import { eventId, ingestMessage, visitorId } from "#tests/support/messages.ts";
import { createSite } from "#tests/support/sites.ts";
import { ingestEvents } from "#usecases/ingest/ingest-events.ts";
import { type BenchResult, median, SCALE, timedMs } from "./bench-result.ts";
import { startBenchDatabase } from "./bench-stack.ts";
import { fillFacts, filledVisitorSql } from "./fill-facts.ts";

const MILLION = Math.round(1_000_000 * SCALE);
const BATCHES = 40;
const BODIES = 100;
const EVENTS_A_BODY = 3;
const DAY_MS = 86_400_000;
const SPAN_DAYS = 90;
const TARGET = 1.3;

/** What a batch of 300 events costs on top of one million stored events, and of ten million, of one site. */
export async function bench(): Promise<BenchResult[]> {
  const { db, client, stop } = await startBenchDatabase();
  try {
    const { siteId } = await createSite(db);
    const toMs = Date.now() - DAY_MS;
    const span = { siteId, fromMs: toMs - SPAN_DAYS * DAY_MS, toMs };
    await fillFacts(client, { ...span, events: MILLION });
    const small = await batchMs({ db, client, siteId }, 0);
    await fillFacts(client, { ...span, events: 9 * MILLION, firstVisitor: MILLION });
    // Other visitors than before: what those did a minute ago would be derived again.
    const large = await batchMs({ db, client, siteId }, BATCHES * BODIES);
    const perEvent = (ms: number): string => `${((ms / (BODIES * EVENTS_A_BODY)) * 1000).toFixed(0)} µs`;
    return [
      {
        name: `cost per event, ${10 * SCALE} M stored ÷ ${SCALE} M stored`,
        ratio: large / small,
        target: TARGET,
        bound: "at most",
        detail:
          `batches of ${BODIES} bodies with ${EVENTS_A_BODY} events, half of known visitors, medians of ${BATCHES - 1}: ` +
          `${perEvent(small)} and ${perEvent(large)} an event`,
      },
    ];
  } finally {
    await stop();
  }
}

type Stored = { db: Database; client: Client; siteId: number };

async function batchMs({ db, client, siteId }: Stored, firstKnown: number): Promise<number> {
  const deps = { db, clock: { now: () => new Date() }, sites: new Map() };
  const runs: number[] = [];
  for (let batch = 0; batch < BATCHES; batch += 1) {
    const messages = await messagesOf(client, siteId, firstKnown + batch * BODIES);
    runs.push(await timedMs(async () => await ingestEvents(deps, messages)));
  }
  // The first one reads the site and warms the caches.
  return median(runs.slice(1));
}

async function messagesOf(client: Client, siteId: number, firstKnown: number): Promise<IngestMessage[]> {
  const { rows } = await client.query<{ id: string }>(
    `select ${filledVisitorSql("$1::int", "n")} as id from generate_series($2::int, $2::int + ${BODIES / 2 - 1}) n`,
    [siteId, firstKnown],
  );
  const now = Date.now();
  return Array.from({ length: BODIES }, (_, body) =>
    ingestMessage({
      siteId,
      visitor: rows[body]?.id ?? visitorId(),
      receivedAt: now,
      events: Array.from({ length: EVENTS_A_BODY }, (__, k) => {
        const at = now - (EVENTS_A_BODY - k) * 1000;
        const path = `/products/category-${body % 40}/growth-${(body * 7 + k) % 200}`;
        const tags = k === 0 ? `?utm_source=growth-${body % 20}&utm_medium=email` : "";
        return { id: eventId(at), type: "pageview", at, url: `https://shop.example${path}${tags}` };
      }),
    }),
  );
}
