import { sql, type SQL } from "drizzle-orm";

import type { PreparedBatch } from "#core/ingest/prepare-batch.ts";
import type { Database } from "#db/database.ts";
import { batchParameters, type BatchParameters } from "./batch-parameters.ts";
import { correctTimes } from "./correct-times.ts";
import { deriveConversions, insertIdentityLinks, insertRefunds } from "./derive-conversions.ts";
import { deriveVisits } from "./derive-visits.ts";
import { insertEntries } from "./dictionaries.ts";
import { insertAliases, lockChains, lockOrders, lockRefunded, lockVisitors } from "./lock-visitors.ts";
import { storeEvents } from "./store-events.ts";

/** What became of one body, as its receipt says. */
export type ReceiptCounts = {
  receiptId: string;
  stored: number;
  duplicate: number;
  bot: number;
  rejected: number;
};

type Counts = { receipt_id: string; stored: number; duplicate: number; bot: number; rejected: number };

/** What `batchParameters` writes where a batch has nothing of a kind. */
const NOTHING = new Set(["[]", "{}"]);

/**
 * Writes a batch: one round trip, one transaction, constant SQL (decisions 8). All of it or nothing. Answers the
 * receipts that are new; a body that had been written before is not among them.
 */
export async function writeBatch(db: Database, batch: PreparedBatch): Promise<ReceiptCounts[]> {
  const { statements, storing } = batchStatements(batchParameters(batch));
  const [first, ...others] = statements.map((statement) => db.execute<Counts>(statement));
  if (!first) throw new Error("A batch always has statements");
  const results = await db.batch([first, ...others]);
  return (results[storing]?.rows ?? []).map(({ receipt_id: receiptId, ...counts }) => ({
    receiptId,
    ...counts,
  }));
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
export function batchStatements(batch: BatchParameters): BatchStatements {
  const hasSales = !NOTHING.has(batch.conversionIds);
  const hasRefunds = !NOTHING.has(batch.refunds);
  const when = (condition: boolean, ...statements: SQL[]) => (condition ? statements : []);
  const before = [
    settings(),
    ...when(!NOTHING.has(batch.agents), insertEntries(batch)),
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
  return { statements: [...before, storeEvents(batch), ...after], storing: before.length };
}
