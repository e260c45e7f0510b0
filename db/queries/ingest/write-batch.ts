import { sql, type SQL } from "drizzle-orm";

import type { PreparedBatch } from "#core/ingest/prepare-batch.ts";
import type { Database } from "#db/database.ts";
import { batchParameters, type BatchParameters } from "./batch-parameters.ts";
import { correctTimes } from "./correct-times.ts";
import { deriveConversions, insertIdentityLinks, insertRefunds } from "./derive-conversions.ts";
import { deriveVisits } from "./derive-visits.ts";
import { insertCodedSources, insertEntries } from "./dictionaries.ts";
import { leastReceived } from "./event-rows.ts";
import { insertAliases, lockChains, lockOrders, lockRefunded, lockVisitors } from "./lock-visitors.ts";
import { storeEvents, type StoreOptions } from "./store-events.ts";

/** What became of one body, as its receipt says. */
export type ReceiptCounts = {
  receiptId: string;
  stored: number;
  duplicate: number;
  bot: number;
  rejected: number;
};

/** An event that was refused because its visitor has been erased; `position` is its place in its body, from 0. */
export type ErasedEvent = { receiptId: string; position: number };

export type WrittenBatch = {
  /** Those that are new; a body that had been written before has none. */
  receipts: ReceiptCounts[];
  /** Empty unless they were asked for. */
  erased: ErasedEvent[];
};

type Counts = {
  receipt_id: string;
  stored: number;
  duplicate: number;
  bot: number;
  rejected: number;
  erased?: [siteId: number, eventId: string][] | null;
};

/** What `batchParameters` writes where a batch has nothing of a kind. */
const NOTHING = new Set(["[]", "{}"]);

/**
 * Writes a batch: one round trip, one transaction, constant SQL (decisions 8). All of it or nothing. Answers the
 * receipts that are new and, where `namesErased` asks for them, the events that were refused for an erased visitor.
 */
export async function writeBatch(
  db: Database,
  batch: PreparedBatch,
  options: StoreOptions = {},
): Promise<WrittenBatch> {
  const { statements, storing } = batchStatements(batchParameters(batch), options);
  const [first, ...others] = statements.map((statement) => db.execute<Counts>(statement));
  if (!first) throw new Error("A batch always has statements");
  const results = await db.batch([first, ...others]);
  const rows = results[storing]?.rows ?? [];
  return {
    receipts: rows.map(({ receipt_id: receiptId, stored, duplicate, bot, rejected }) => ({
      receiptId,
      stored,
      duplicate,
      bot,
      rejected,
    })),
    // Each row names those of the whole batch.
    erased: placesOf(batch, rows[0]?.erased ?? []),
  };
}

/** Where events stand that the database names by id: of one id that came twice it saw the first only. */
function placesOf(batch: PreparedBatch, named: NonNullable<Counts["erased"]>): ErasedEvent[] {
  if (named.length === 0) return [];
  const ids = new Set(named.map(([siteId, eventId]) => `${siteId}/${eventId}`));
  return leastReceived(batch.events)
    .filter(({ siteId, eventId }) => ids.has(`${siteId}/${eventId.toLowerCase()}`))
    .map(({ receiptId, position }) => ({ receiptId, position }));
}

/**
 * The planner takes these statements for dear: to compile them, or to look for a better order of joins than they are
 * written in, costs more than it could save. And a batch is hashed sooner than it is sorted on both sides to be merged.
 */
function settings(): SQL {
  return sql`select set_config('jit', 'off', true), set_config('join_collapse_limit', '1', true),
    set_config('enable_mergejoin', 'off', true)`;
}

/** `storing` is the place of the statement that answers the receipts. */
export type BatchStatements = { statements: SQL[]; storing: number };

/**
 * The statements of a batch, in order. Those about kinds of event that it has none of are left out: planning one over
 * all partitions costs more than finding out that there is nothing to do.
 */
export function batchStatements(batch: BatchParameters, options: StoreOptions = {}): BatchStatements {
  const hasSales = !NOTHING.has(batch.conversionIds);
  const hasRefunds = !NOTHING.has(batch.refunds);
  const when = (condition: boolean, ...statements: SQL[]) => (condition ? statements : []);
  const before = [
    settings(),
    ...when(!NOTHING.has(batch.agents), insertEntries(batch)),
    ...when(!NOTHING.has(batch.codedSources), insertCodedSources(batch)),
    ...when(!NOTHING.has(batch.visitorIds), lockVisitors(batch), lockChains(batch)),
    ...when(!NOTHING.has(batch.orders), lockOrders(batch.orders)),
    ...when(hasSales || hasRefunds, lockRefunded(batch)),
  ];
  const after = [
    correctTimes(batch),
    ...when(!NOTHING.has(batch.aliases), insertAliases(batch)),
    ...when(hasSales, deriveConversions(batch)),
    ...when(hasRefunds, insertRefunds(batch)),
    ...when(!NOTHING.has(batch.identities), insertIdentityLinks(batch)),
    deriveVisits(batch),
  ];
  return { statements: [...before, storeEvents(batch, options), ...after], storing: before.length };
}
