import { claimDueAlerts } from "#db/queries/alerts/alert-deliveries.ts";
import { controlDatabase, type Deps } from "#usecases/deps.ts";

/** The queue brings a message within seconds; what waits longer may have lost its own. */
const WAITED_MS = 15_000;
const DELIVERIES_A_RUN = 1_000;

/** Asks for messages that are due and wait: quiet hours are over, their message was lost, an attempt was broken off. */
export async function resumeAlertDeliveries(
  deps: Pick<Deps, "databases" | "clock" | "workQueue">,
): Promise<{ asked: number }> {
  const at = deps.clock.now();
  const before = new Date(at.getTime() - WAITED_MS);
  const due = await claimDueAlerts(controlDatabase(deps), { at, before, limit: DELIVERIES_A_RUN });
  await deps.workQueue.sendAll(due.map((deliveryId) => ({ v: 1, kind: "deliver-alert", deliveryId })));
  return { asked: due.length };
}
