import { and, asc, eq, sql } from "drizzle-orm";

import type { Database } from "#db/database.ts";
import { reportDeliveries } from "#db/schema/site/report-deliveries.ts";
import { reports } from "#db/schema/site/reports.ts";

export type DeliveryWork = {
  id: number;
  publicId: string;
  reportPublicId: string;
  recipient: string;
  status: "pending" | "sent" | "failed" | "unknown";
  attempts: number;
  failure: string | null;
  firstAttemptAt: Date | null;
};

/** A delivery with what sending it needs to know; null when there is none of that id. For jobs only. */
export async function findDelivery(db: Database, publicId: string): Promise<DeliveryWork | null> {
  const rows = await db
    .select({
      id: reportDeliveries.id,
      publicId: reportDeliveries.publicId,
      reportPublicId: reports.publicId,
      recipient: reportDeliveries.recipient,
      status: reportDeliveries.status,
      attempts: reportDeliveries.attempts,
      failure: reportDeliveries.failure,
      firstAttemptAt: reportDeliveries.firstAttemptAt,
    })
    .from(reportDeliveries)
    .innerJoin(reports, eq(reports.id, reportDeliveries.reportId))
    .where(eq(reportDeliveries.publicId, publicId));
  return rows[0] ?? null;
}

/** Public ids of a report's deliveries that are still to be made, in the order of the recipients. */
export async function listPendingDeliveries(db: Database, reportId: number): Promise<string[]> {
  const rows = await db
    .select({ publicId: reportDeliveries.publicId })
    .from(reportDeliveries)
    .where(and(eq(reportDeliveries.reportId, reportId), eq(reportDeliveries.status, "pending")))
    .orderBy(asc(reportDeliveries.id));
  return rows.map(({ publicId }) => publicId);
}

/**
 * Begins an attempt, before anything is sent, so that one which never ends is seen by the next. False when the
 * delivery is settled or another attempt began since it was read. A doubt whether an earlier attempt sent the mail
 * stays written in `failure`.
 */
export async function beginAttempt(
  db: Database,
  { delivery, doubt, at }: { delivery: DeliveryWork; doubt: string | null; at: Date },
): Promise<boolean> {
  const rows = await db
    .update(reportDeliveries)
    .set({
      attempts: sql`${reportDeliveries.attempts} + 1`,
      firstAttemptAt: delivery.firstAttemptAt ?? at,
      failure: doubt,
    })
    .where(
      and(
        eq(reportDeliveries.id, delivery.id),
        eq(reportDeliveries.status, "pending"),
        eq(reportDeliveries.attempts, delivery.attempts),
      ),
    )
    .returning({ id: reportDeliveries.id });
  return rows.length > 0;
}

export type DeliveryOutcome =
  | { status: "sent"; providerId: string; sentAt: Date }
  | { status: "pending" | "failed" | "unknown"; failure: string };

/** Writes what became of an attempt; a delivery that is settled stays as it is. */
export async function settleAttempt(
  db: Database,
  { id, outcome }: { id: number; outcome: DeliveryOutcome },
): Promise<void> {
  await db
    .update(reportDeliveries)
    .set(outcome.status === "sent" ? { ...outcome, failure: null } : outcome)
    .where(and(eq(reportDeliveries.id, id), eq(reportDeliveries.status, "pending")));
}
