import type { AlertDetails } from "#contract/alerts.ts";
import { fail, ok, type Result } from "#core/result.ts";
import { listAlertDeliveries } from "#db/queries/alerts/alert-deliveries.ts";
import { findAlert } from "#db/queries/alerts/list-alerts.ts";
import { controlDatabase, type Deps } from "#usecases/deps.ts";
import { ownerOf, type AlertAsker } from "./alert-asker.ts";
import { showAlertDetails } from "./show-alert.ts";

export type AlertNotFound = { kind: "alert_not_found" };

/** One alert with every message about it. */
export async function getAlert(
  deps: Pick<Deps, "databases">,
  { asker, alertId }: { asker: AlertAsker; alertId: string },
): Promise<Result<AlertDetails, AlertNotFound>> {
  const control = controlDatabase(deps);
  const found = await findAlert(control, { accountId: ownerOf(asker), publicId: alertId });
  if (found === null) return fail({ kind: "alert_not_found" });
  return ok(showAlertDetails(found, await listAlertDeliveries(control, found.id)));
}
