import { and, eq, sql } from "drizzle-orm";

import type { Database } from "#db/database.ts";
import { reportDeliveries } from "#db/schema/site/report-deliveries.ts";
import { reportRecipients } from "#db/schema/site/report-recipients.ts";
import { reports } from "#db/schema/site/reports.ts";

export type DeliveryWork = {
  id: number;
  publicId: string;
  accountId: number;
  reportPublicId: string;
  recipient: string;
  status: "pending" | "built" | "sent" | "failed" | "unknown";
  attempts: number;
  /** Attempts before a person had it sent once more. */
  earlierAttempts: number;
  failure: string | null;
  createdAt: Date;
  firstAttemptAt: Date | null;
  nextAttemptAt: Date | null;
  turnAt: Date | null;
  /** Why an attempt of this round may have sent the mail; null when none can have. */
  doubt: string | null;
  /** Of the schedule's list of recipients; null when the report is of none. */
  subscription: { token: string; unsubscribedAt: Date | null; removedAt: Date | null } | null;
};

/** An attempt that wrote down no end may have been broken off after the mail was taken. */
const BROKEN_OFF = "an attempt was broken off";

/** A delivery with what sending it needs to know; null when there is none of that id. For jobs only. */
export async function findDelivery(db: Database, publicId: string): Promise<DeliveryWork | null> {
  const rows = await db
    .select({
      id: reportDeliveries.id,
      publicId: reportDeliveries.publicId,
      accountId: reportDeliveries.accountId,
      reportPublicId: reports.publicId,
      recipient: reportDeliveries.recipient,
      status: reportDeliveries.status,
      attempts: reportDeliveries.attempts,
      earlierAttempts: reportDeliveries.earlierAttempts,
      failure: reportDeliveries.failure,
      createdAt: reportDeliveries.createdAt,
      firstAttemptAt: reportDeliveries.firstAttemptAt,
      nextAttemptAt: reportDeliveries.nextAttemptAt,
      turnAt: reportDeliveries.turnAt,
      // Attempts from before they were written down one by one count as broken off.
      doubt: sql<string | null>`case
        when ${reportDeliveries.attempts} - ${reportDeliveries.earlierAttempts} > (
          select count(*) from site.report_attempts a
          where a.delivery_id = ${reportDeliveries.id} and a.attempt > ${reportDeliveries.earlierAttempts})
        then ${BROKEN_OFF}
        else (
          select case when a.ended_at is null then ${BROKEN_OFF} else coalesce(a.reason, '') end
          from site.report_attempts a
          where a.delivery_id = ${reportDeliveries.id} and a.attempt > ${reportDeliveries.earlierAttempts}
            and (a.ended_at is null or a.outcome = 'ambiguous')
          order by a.attempt desc limit 1)
        end`,
      token: reportRecipients.unsubscribeToken,
      unsubscribedAt: reportRecipients.unsubscribedAt,
      removedAt: reportRecipients.removedAt,
    })
    .from(reportDeliveries)
    .innerJoin(reports, eq(reports.id, reportDeliveries.reportId))
    .leftJoin(
      reportRecipients,
      and(
        eq(reportRecipients.scheduleId, reports.scheduleId),
        eq(reportRecipients.address, reportDeliveries.recipient),
      ),
    )
    .where(eq(reportDeliveries.publicId, publicId));
  const [row] = rows;
  if (!row) return null;
  const { token, unsubscribedAt, removedAt, ...delivery } = row;
  return { ...delivery, subscription: token === null ? null : { token, unsubscribedAt, removedAt } };
}
