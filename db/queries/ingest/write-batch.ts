import type { PreparedBatch } from "#core/ingest/prepare-batch.ts";
import type { Database } from "#db/database.ts";
import { batchParameters } from "./batch-parameters.ts";
import { correctTimes } from "./correct-times.ts";
import {
  clearConversions,
  deriveConversions,
  derivePromoTouchpoints,
  insertIdentityLinks,
  insertRefunds,
  placeRefunds,
} from "./derive-conversions.ts";
import { deriveVisits } from "./derive-visits.ts";
import { insertAgents, insertPages, insertSources } from "./dictionaries.ts";
import { insertAliases, lockChains, lockOrders, lockRefunded, lockVisitors } from "./lock-visitors.ts";
import { noteFirstEvents } from "./mark-stale.ts";
import { storeEvents } from "./store-events.ts";

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
  const written = batchParameters(batch);
  const [, , , , , , , stored] = await db.batch([
    db.execute(insertSources(written.sources)),
    db.execute(insertPages(written.pages)),
    db.execute(insertAgents(written.agents)),
    db.execute(lockVisitors(written.visitors)),
    db.execute(lockChains(written.visitors)),
    db.execute(lockOrders(written.orders)),
    db.execute(lockRefunded(written)),
    db.execute<{ receipt_id: string; stored: number; duplicate: number; bot: number; rejected: number }>(
      storeEvents(written.bodies),
    ),
    db.execute(correctTimes(written)),
    db.execute(insertAliases(written)),
    db.execute(clearConversions(written)),
    db.execute(deriveConversions(written)),
    db.execute(derivePromoTouchpoints(written)),
    db.execute(placeRefunds(written)),
    db.execute(insertRefunds(written)),
    db.execute(insertIdentityLinks(written)),
    db.execute(noteFirstEvents(written)),
    db.execute(deriveVisits(written)),
  ]);
  return stored.rows.map(({ receipt_id: receiptId, ...counts }) => ({ receiptId, ...counts }));
}
