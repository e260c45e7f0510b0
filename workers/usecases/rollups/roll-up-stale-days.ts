import type { Database } from "#db/database.ts";
import { rollUpDay } from "#db/queries/rollups/roll-up-day.ts";
import { listStaleDays } from "#db/queries/rollups/stale-periods.ts";
import { eachApart } from "#usecases/each-apart.ts";
import { keepCredit } from "./keep-credit.ts";

/** Days counted in one run; after a changed matcher a long history takes a few runs. */
const DAYS_A_RUN = 200;

/**
 * Counts the stale days of a database anew, by every dimension, and then works out the credit that their change can
 * reach; answers how many days. A day that fails keeps its mark and harms no other; its failure is thrown at the end.
 */
export async function rollUpStaleDays({ db }: { db: Database }): Promise<{ days: number }> {
  const stale = await listStaleDays(db, DAYS_A_RUN);
  const sites = new Map<number, string[]>();
  for (const { siteId, startsOn } of stale) sites.set(siteId, [...(sites.get(siteId) ?? []), startsOn]);
  const roll = async () => await eachApart(stale, async (day) => await rollUpDay(db, day));
  const keep = async () =>
    await eachApart(sites, async ([siteId, days]) => await keepCredit(db, siteId, days));
  await eachApart([roll, keep], async (step) => await step());
  return { days: stale.length };
}
