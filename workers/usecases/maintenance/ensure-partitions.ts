import type { Databases } from "#db/database.ts";
import { ensureEventPartitions } from "#db/queries/maintenance/ensure-event-partitions.ts";
import type { Clock } from "#platform/clock.ts";
import { eachApart } from "#usecases/each-apart.ts";

/** Makes the partitions of the next eight weeks in every database; answers how many were missing. */
export async function ensurePartitions(deps: {
  databases: Databases;
  clock: Clock;
}): Promise<{ made: number }> {
  let made = 0;
  await eachApart(deps.databases.names(), async (name) => {
    made += await ensureEventPartitions(deps.databases.named(name), deps.clock.now());
  });
  return { made };
}
