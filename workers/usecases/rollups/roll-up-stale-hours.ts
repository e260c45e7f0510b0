import type { Database } from "#db/database.ts";
import { listStaleHours, type StaleHour } from "#db/queries/rollups/list-stale-hours.ts";
import { rollUpHours } from "#db/queries/rollups/roll-up-hours.ts";

/** Hours listed at once, and hours rolled up in one transaction: a day of standstill is caught up in a few of these. */
const HOURS_A_RUN = 2_000;
const HOURS_A_TRANSACTION = 200;

/**
 * Rolls up every stale hour of a database, site by site; answers how many. Two runs at once do no harm: a site is
 * rolled by one at a time, and the later one replaces equal rows.
 */
export async function rollUpStaleHours({ db }: { db: Database }): Promise<{ hours: number }> {
  const stale = await listStaleHours(db, HOURS_A_RUN);
  for (const [siteId, hours] of bySite(stale)) {
    for (let start = 0; start < hours.length; start += HOURS_A_TRANSACTION) {
      await rollUpHours(db, siteId, hours.slice(start, start + HOURS_A_TRANSACTION));
    }
  }
  return { hours: stale.length };
}

function bySite(stale: readonly StaleHour[]): Map<number, StaleHour[]> {
  const sites = new Map<number, StaleHour[]>();
  for (const hour of stale) {
    const hours = sites.get(hour.siteId);
    if (hours) hours.push(hour);
    else sites.set(hour.siteId, [hour]);
  }
  return sites;
}
