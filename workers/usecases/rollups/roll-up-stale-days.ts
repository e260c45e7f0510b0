import type { Database } from "#db/database.ts";
import { rollUpDay } from "#db/queries/rollups/roll-up-day.ts";
import { listStaleDays } from "#db/queries/rollups/stale-periods.ts";
import { eachApart } from "#usecases/each-apart.ts";

/** Days counted in one run; after a changed matcher a long history takes a few runs. */
const DAYS_A_RUN = 200;

/**
 * Counts the stale days of a database anew, by every dimension; answers how many. A day that fails keeps its mark and
 * harms no other; its failure is thrown at the end.
 */
export async function rollUpStaleDays({ db }: { db: Database }): Promise<{ days: number }> {
  const stale = await listStaleDays(db, DAYS_A_RUN);
  await eachApart(stale, async (day) => await rollUpDay(db, day));
  return { days: stale.length };
}
