import type { Databases } from "#db/database.ts";
import { eachApart } from "#usecases/each-apart.ts";
import { rollUpStaleHours } from "./roll-up-stale-hours.ts";

/** Rolls up what is stale in every database; one that is down leaves the others alone. */
export async function rollUpAllDatabases(deps: { databases: Databases }): Promise<{ hours: number }> {
  let hours = 0;
  await eachApart(deps.databases.names(), async (name) => {
    hours += (await rollUpStaleHours({ db: deps.databases.named(name) })).hours;
  });
  return { hours };
}
