import type { DeliveryFailure, ListedDelivery } from "#contract/reports.ts";
import type { DeliveryRow } from "#db/queries/deliveries/list-deliveries.ts";

/** A delivery as the API shows it. */
export function showDelivery(row: DeliveryRow): ListedDelivery {
  return {
    id: row.publicId,
    reportId: row.reportPublicId,
    reportTitle: row.reportTitle,
    recipient: row.recipient,
    status: row.status,
    // Only ours write it.
    failureKind: row.failureKind as DeliveryFailure | null,
    failure: row.failure,
    attempts: row.attempts,
    sentAt: row.sentAt?.toISOString() ?? null,
    bouncedAt: row.bouncedAt?.toISOString() ?? null,
    complainedAt: row.complainedAt?.toISOString() ?? null,
    nextAttemptAt: row.nextAttemptAt?.toISOString() ?? null,
    createdAt: row.createdAt.toISOString(),
  };
}
