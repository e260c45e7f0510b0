import type { Database } from "#db/database.ts";
import { listStaleHours, type StaleHour } from "#db/queries/rollups/list-stale-hours.ts";
import { rollUpHours } from "#db/queries/rollups/roll-up-hours.ts";
import { eachApart } from "#usecases/each-apart.ts";
import { rollUpStaleDays } from "./roll-up-stale-days.ts";

/** Hours listed at once: a day of standstill is caught up in a few runs. */
const HOURS_A_RUN = 2_000;
/** Hours rolled up in one transaction: their facts are read as one range of time, so far-off hours go apart. */
const HOURS_A_SPAN = 48;
const WIDEST_GAP_MS = 6 * 3_600_000;

/**
 * Rolls up every stale hour of a database, site by site, then the days they lie in; answers how many hours. Two runs at
 * once do no harm: a site is rolled by one at a time, and the later one replaces equal rows. A site that fails keeps its
 * marks and harms no other; its failure is thrown at the end.
 */
export async function rollUpStaleHours({ db }: { db: Database }): Promise<{ hours: number }> {
  const stale = await listStaleHours(db, HOURS_A_RUN);
  const hours = async () =>
    await eachApart(bySite(stale), async ([siteId, marked]) => {
      for (const span of spansOf(marked)) await rollUpHours(db, siteId, span);
    });
  const days = async () => void (await rollUpStaleDays({ db }));
  await eachApart([hours, days], async (step) => await step());
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

/** The hours in order of time, cut where many lie between two of them. */
function spansOf(hours: readonly StaleHour[]): StaleHour[][] {
  const spans: StaleHour[][] = [];
  let lastMs = -Infinity;
  for (const hour of hours.toSorted((a, b) => Date.parse(a.bucket) - Date.parse(b.bucket))) {
    const atMs = Date.parse(hour.bucket);
    const span = spans.at(-1);
    if (span && span.length < HOURS_A_SPAN && atMs - lastMs <= WIDEST_GAP_MS) span.push(hour);
    else spans.push([hour]);
    lastMs = atMs;
  }
  return spans;
}
