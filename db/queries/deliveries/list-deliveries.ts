import { and, asc, desc, eq, isNull, lt } from "drizzle-orm";

import type { Database } from "#db/database.ts";
import { reportAttempts } from "#db/schema/site/report-attempts.ts";
import { reportDeliveries } from "#db/schema/site/report-deliveries.ts";
import { reports } from "#db/schema/site/reports.ts";

const columns = {
  id: reportDeliveries.id,
  publicId: reportDeliveries.publicId,
  reportPublicId: reports.publicId,
  reportTitle: reports.title,
  recipient: reportDeliveries.recipient,
  status: reportDeliveries.status,
  failureKind: reportDeliveries.failureKind,
  failure: reportDeliveries.failure,
  attempts: reportDeliveries.attempts,
  sentAt: reportDeliveries.sentAt,
  bouncedAt: reportDeliveries.bouncedAt,
  complainedAt: reportDeliveries.complainedAt,
  bounce: reportDeliveries.bounce,
  nextAttemptAt: reportDeliveries.nextAttemptAt,
  createdAt: reportDeliveries.createdAt,
};

export type DeliveryRow = {
  id: number;
  publicId: string;
  reportPublicId: string;
  reportTitle: string;
  recipient: string;
  status: "pending" | "built" | "sent" | "failed" | "unknown";
  failureKind: string | null;
  failure: string | null;
  attempts: number;
  sentAt: Date | null;
  bouncedAt: Date | null;
  complainedAt: Date | null;
  bounce: string | null;
  nextAttemptAt: Date | null;
  createdAt: Date;
};

export type DeliveryFilter = {
  accountId: number;
  /** Public id; undefined for all reports. */
  reportId: string | undefined;
  status: DeliveryRow["status"] | undefined;
  /** Id of the last delivery of the page before; null for the first page. */
  afterId: number | null;
  limit: number;
};

/** Deliveries of an account's reports that are not deleted, newest first. */
export async function listDeliveries(db: Database, filter: DeliveryFilter): Promise<DeliveryRow[]> {
  return await db
    .select(columns)
    .from(reportDeliveries)
    .innerJoin(reports, eq(reports.id, reportDeliveries.reportId))
    .where(
      and(
        eq(reportDeliveries.accountId, filter.accountId),
        isNull(reports.deletedAt),
        filter.reportId === undefined ? undefined : eq(reports.publicId, filter.reportId),
        filter.status === undefined ? undefined : eq(reportDeliveries.status, filter.status),
        filter.afterId === null ? undefined : lt(reportDeliveries.id, filter.afterId),
      ),
    )
    .orderBy(desc(reportDeliveries.id))
    .limit(filter.limit);
}

/** One delivery of an account; null when the account has none of that id. */
export async function findDeliveryRow(
  db: Database,
  { accountId, publicId }: { accountId: number; publicId: string },
): Promise<DeliveryRow | null> {
  const rows = await db
    .select(columns)
    .from(reportDeliveries)
    .innerJoin(reports, eq(reports.id, reportDeliveries.reportId))
    .where(
      and(
        eq(reportDeliveries.accountId, accountId),
        eq(reportDeliveries.publicId, publicId),
        isNull(reports.deletedAt),
      ),
    );
  return rows[0] ?? null;
}

export type AttemptRow = {
  attempt: number;
  beganAt: Date;
  endedAt: Date | null;
  outcome: string | null;
  reason: string | null;
};

/** A delivery's log, in the order of the attempts. */
export async function listAttempts(db: Database, deliveryId: number): Promise<AttemptRow[]> {
  return await db
    .select({
      attempt: reportAttempts.attempt,
      beganAt: reportAttempts.beganAt,
      endedAt: reportAttempts.endedAt,
      outcome: reportAttempts.outcome,
      reason: reportAttempts.reason,
    })
    .from(reportAttempts)
    .where(eq(reportAttempts.deliveryId, deliveryId))
    .orderBy(asc(reportAttempts.attempt));
}
