import type { Databases } from "#db/database.ts";
import { countProductDays } from "#db/queries/product/count-days.ts";
import { lastCountedAt, replaceProductDays } from "#db/queries/product/product-days.ts";
import type { Clock } from "#platform/clock.ts";
import { eachApart } from "#usecases/each-apart.ts";

/** Clocks of Workers and databases differ, and what is written last is committed later. */
const OVERLAP_MS = 3_600_000;

/**
 * Counts the days that have changed since each database was counted last, and puts them in the place of what they were: a
 * run that was missed is made up for by the next, and two at once write the same.
 */
export async function countAllProductDays(deps: { databases: Databases; clock: Clock }): Promise<void> {
  const control = deps.databases.named("main");
  await eachApart(deps.databases.names(), async (database) => {
    const countedAt = deps.clock.now();
    const last = await lastCountedAt(control, database);
    const since = last && new Date(last.getTime() - OVERLAP_MS);
    const days = await countProductDays(deps.databases.named(database), since);
    await replaceProductDays(control, { database, days, countedAt, isAll: since === null });
  });
}
