import type { Databases } from "#db/database.ts";
import { deleteOldAlerts } from "#db/queries/alerts/alert-deliveries.ts";
import { deleteRefusedBefore } from "#db/queries/ledger/refused-hours.ts";
import { deleteExpired } from "#db/queries/maintenance/delete-expired.ts";
import { deleteOldMeasures } from "#db/queries/operations/delete-old-measures.ts";
import type { Clock } from "#platform/clock.ts";
import { eachApart } from "#usecases/each-apart.ts";

const REFUSED_DAYS = 8;
const DAY_MS = 86_400_000;

/** Clears the control database of what has expired and of old measures and alerts, and every one of old counts of refused requests. Harmless twice. */
export async function purgeExpired(deps: { databases: Databases; clock: Clock }): Promise<void> {
  const now = deps.clock.now();
  const refusedBefore = new Date(now.getTime() - REFUSED_DAYS * DAY_MS);
  await deleteExpired(deps.databases.named("main"), now);
  await deleteOldMeasures(deps.databases.named("main"), now);
  await deleteOldAlerts(deps.databases.named("main"), now);
  await eachApart(
    deps.databases.names(),
    async (name) => await deleteRefusedBefore(deps.databases.named(name), refusedBefore),
  );
}
