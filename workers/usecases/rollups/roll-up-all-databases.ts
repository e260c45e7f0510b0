import type { Databases } from "#db/database.ts";
import { rollUpStaleHours } from "./roll-up-stale-hours.ts";

/** Rolls up what is stale in every database. */
export async function rollUpAllDatabases(deps: { databases: Databases }): Promise<{ hours: number }> {
  let hours = 0;
  for (const name of deps.databases.names()) {
    hours += (await rollUpStaleHours({ db: deps.databases.named(name) })).hours;
  }
  return { hours };
}
