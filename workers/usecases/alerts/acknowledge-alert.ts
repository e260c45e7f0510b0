import type { AlertDetails } from "#contract/alerts.ts";
import { fail, type Result } from "#core/result.ts";
import { acknowledgeAlert as noteAcknowledged, findAlert } from "#db/queries/alerts/list-alerts.ts";
import { controlDatabase, type Deps } from "#usecases/deps.ts";
import { noteAlertChange, ownerOf, type AlertAsker } from "./alert-asker.ts";
import { getAlert, type AlertNotFound } from "./get-alert.ts";

export type NotFiring = { kind: "not_firing" };

/** Says that somebody has seen it: it is not repeated until it is over. A second time changes nothing. */
export async function acknowledgeAlert(
  deps: Pick<Deps, "databases" | "clock" | "log">,
  { asker, userId, alertId }: { asker: AlertAsker; userId: number; alertId: string },
): Promise<Result<AlertDetails, AlertNotFound | NotFiring>> {
  const control = controlDatabase(deps);
  const found = await findAlert(control, { accountId: ownerOf(asker), publicId: alertId });
  if (found === null) return fail({ kind: "alert_not_found" });
  if (found.status !== "firing") return fail({ kind: "not_firing" });
  if (found.acknowledgedAtMs === null) {
    await noteAcknowledged(control, { id: found.id, userId, at: deps.clock.now() });
    await noteAlertChange(deps, asker, { action: "alert.acknowledge", subject: found.publicId });
  }
  return await getAlert(deps, { asker, alertId });
}
