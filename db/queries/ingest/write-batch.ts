import type { PreparedBatch } from "#core/ingest/prepare-batch.ts";
import type { Database } from "#db/database.ts";
import { batchJson } from "./batch-json.ts";
import {
  clearConversions,
  deriveConversions,
  derivePromoTouchpoints,
  insertIdentityLinks,
  insertRefunds,
} from "./derive-conversions.ts";
import { deriveSessions, deriveTouchpoints } from "./derive-sessions.ts";
import { insertAgents, insertPages, insertSources } from "./dictionaries.ts";
import { lockOrders, lockVisitors } from "./lock-visitors.ts";
import { markStaleHours, noteFirstEvents, raiseDataVersions } from "./mark-stale.ts";
import { correctTimes, storeEvents } from "./store-events.ts";

/** What became of one body, as its receipt says. */
export type ReceiptCounts = {
  receiptId: string;
  stored: number;
  duplicate: number;
  bot: number;
  rejected: number;
};

/**
 * Writes a batch: one round trip, one transaction, constant SQL (decisions 8). All of it or nothing. Answers the
 * receipts that are new; a body that had been written before is not among them.
 */
export async function writeBatch(db: Database, batch: PreparedBatch): Promise<ReceiptCounts[]> {
  const json = batchJson(batch);
  const [, , , , , stored] = await db.batch([
    db.execute(insertSources(json)),
    db.execute(insertPages(json)),
    db.execute(insertAgents(json)),
    db.execute(lockVisitors(json)),
    db.execute(lockOrders(json)),
    db.execute<{ receipt_id: string; stored: number; duplicate: number; bot: number; rejected: number }>(
      storeEvents(json),
    ),
    db.execute(correctTimes(json)),
    db.execute(deriveSessions(json)),
    db.execute(deriveTouchpoints(json)),
    db.execute(clearConversions(json)),
    db.execute(deriveConversions(json)),
    db.execute(derivePromoTouchpoints(json)),
    db.execute(insertRefunds(json)),
    db.execute(insertIdentityLinks(json)),
    db.execute(noteFirstEvents(json)),
    db.execute(markStaleHours(json)),
    db.execute(raiseDataVersions(json)),
  ]);
  return stored.rows.map(({ receipt_id: receiptId, ...counts }) => ({ receiptId, ...counts }));
}
