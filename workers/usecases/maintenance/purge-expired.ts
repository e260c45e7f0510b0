import type { Databases } from "#db/database.ts";
import { deleteExpired } from "#db/queries/maintenance/delete-expired.ts";
import type { Clock } from "#platform/clock.ts";

/** Clears the control database of what has expired. Harmless twice. */
export async function purgeExpired(deps: { databases: Databases; clock: Clock }): Promise<void> {
  await deleteExpired(deps.databases.named("main"), deps.clock.now());
}
