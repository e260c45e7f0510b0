import type { Databases } from "#db/database.ts";
import { eachApart } from "#usecases/each-apart.ts";
import { mergeStaleSpans } from "./merge-stale-spans.ts";
import { rollUpStaleHours } from "./roll-up-stale-hours.ts";

/** How long the days of a week or month lie still before it is put together. */
const SETTLE_SECONDS = 600;

/** Rolls up what is stale in every database; one that is down leaves the others alone. */
export async function rollUpAllDatabases(deps: { databases: Databases }): Promise<{ hours: number }> {
  let hours = 0;
  await eachApart(deps.databases.names(), async (name) => {
    const db = deps.databases.named(name);
    const roll = async () => void (hours += (await rollUpStaleHours({ db })).hours);
    const merge = async () => void (await mergeStaleSpans({ db }, { settleSeconds: SETTLE_SECONDS }));
    await eachApart([roll, merge], async (step) => await step());
  });
  return { hours };
}
