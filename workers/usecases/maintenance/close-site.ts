import type { Database } from "#db/database.ts";
import { closeSeal, listStaleBehindSeal } from "#db/queries/maintenance/seal-sites.ts";
import { rollUpDay } from "#db/queries/rollups/roll-up-day.ts";
import { rollUpHours } from "#db/queries/rollups/roll-up-hours.ts";
import { listStaleDaysBehindSeal } from "#db/queries/rollups/stale-periods.ts";

const HOURS_A_RUN = 2_000;

/**
 * Rolls up what is stale behind a site's seal once more, while its raw events are there, and closes it: never again.
 * Answers whether it is closed; an hour that became stale meanwhile leaves it open.
 */
export async function closeSite(db: Database, siteId: number): Promise<boolean> {
  const stale = await listStaleBehindSeal(db, siteId, HOURS_A_RUN);
  // One by one: the last late hours of a month lie far apart, and a span reads all between them.
  // oxlint-disable-next-line no-await-in-loop
  for (const hour of stale) await rollUpHours(db, siteId, [hour]);
  const days = await listStaleDaysBehindSeal(db, siteId);
  // oxlint-disable-next-line no-await-in-loop
  for (const day of days) await rollUpDay(db, day);
  return await closeSeal(db, siteId);
}
