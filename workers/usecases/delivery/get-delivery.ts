import type { DeliveryDetails } from "#contract/reports.ts";
import { fail, ok, type Result } from "#core/result.ts";
import { findDeliveryRow, listAttempts } from "#db/queries/deliveries/list-deliveries.ts";
import type { Principal } from "#usecases/accounts/principal.ts";
import type { Deps } from "#usecases/deps.ts";
import { showDelivery } from "./show-delivery.ts";

export type DeliveryNotFound = { kind: "delivery_not_found" };

/** One delivery of the account with each of its attempts. */
export async function getDelivery(
  deps: Pick<Deps, "databases">,
  { principal, deliveryId }: { principal: Principal; deliveryId: string },
): Promise<Result<DeliveryDetails, DeliveryNotFound>> {
  const db = deps.databases.named(principal.database);
  const row = await findDeliveryRow(db, { accountId: principal.accountId, publicId: deliveryId });
  if (row === null) return fail({ kind: "delivery_not_found" });
  const log = await listAttempts(db, row.id);
  return ok({
    ...showDelivery(row),
    bounce: row.bounce,
    log: log.map(({ beganAt, endedAt, ...attempt }) => ({
      ...attempt,
      beganAt: beganAt.toISOString(),
      endedAt: endedAt?.toISOString() ?? null,
    })),
  });
}
