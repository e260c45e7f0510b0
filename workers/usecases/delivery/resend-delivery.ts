import { fail, ok, type Result } from "#core/result.ts";
import { findDeliveryRow, type DeliveryRow } from "#db/queries/deliveries/list-deliveries.ts";
import { reopenDelivery } from "#db/queries/deliveries/reopen-delivery.ts";
import type { Principal } from "#usecases/accounts/principal.ts";
import { noteChange } from "#usecases/campaigns/note-change.ts";
import type { Deps } from "#usecases/deps.ts";
import { askAgain } from "./ask-again.ts";
import type { DeliveryNotFound } from "./get-delivery.ts";

export type NotToBeResent = { kind: "not_to_be_resent"; status: DeliveryRow["status"] };

/**
 * Sends a mail that failed, or of which nobody knows whether it came, once more: a person decided that a second one does
 * less harm than none. A second click finds it under way.
 */
export async function resendDelivery(
  deps: Pick<Deps, "databases" | "clock" | "workQueue" | "log">,
  { principal, deliveryId }: { principal: Principal; deliveryId: string },
): Promise<Result<null, DeliveryNotFound | NotToBeResent>> {
  const { accountId, database } = principal;
  const db = deps.databases.named(database);
  const row = await findDeliveryRow(db, { accountId, publicId: deliveryId });
  if (row === null) return fail({ kind: "delivery_not_found" });
  const now = deps.clock.now();
  const isReopened = await reopenDelivery(db, { id: row.id, at: now });
  if (!isReopened) return fail({ kind: "not_to_be_resent", status: row.status });

  await askAgain(deps, { database, deliveryId, at: now, now });
  await noteChange(deps, principal, { action: "report_delivery.resend", subject: deliveryId });
  return ok(null);
}
