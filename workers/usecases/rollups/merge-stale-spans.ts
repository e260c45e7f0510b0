import { mergeDays } from "#core/rollup/merge-days.ts";
import type { Database } from "#db/database.ts";
import {
  claimPeriod,
  insertMergedRows,
  listPeriodGroups,
  loadDayRows,
  publishPeriod,
  type DayRow,
  type LongPeriod,
  type MergedRow,
  type PeriodGroup,
} from "#db/queries/rollups/merge-period.ts";
import { listStaleSpans } from "#db/queries/rollups/stale-periods.ts";
import { eachApart } from "#usecases/each-apart.ts";

/** Weeks and months put together in one run; the next run takes the next ones. */
const SPANS_A_RUN = 20;
/** What is read at once: far below what one answer of the database may hold. */
const BYTES_A_READ = 4_000_000;

/**
 * Puts the weeks and months together that are over and whose days have changed, so that long ranges read few rows;
 * answers how many. A week or month that is not ready is read by its days, so none of this is ever waited for. Two runs
 * at once do no harm: each period belongs to the one that took it on last, and only that one publishes it.
 */
export async function mergeStaleSpans(
  { db }: { db: Database },
  { settleSeconds }: { settleSeconds: number },
): Promise<{ periods: number }> {
  const lists = await Promise.all(
    (["week", "month"] as const).map(
      async (span) => await listStaleSpans(db, { span, settleSeconds, limit: SPANS_A_RUN }),
    ),
  );
  const stale = lists.flat() as LongPeriod[];
  await eachApart(stale, async (period) => await mergePeriod(db, period));
  return { periods: stale.length };
}

async function mergePeriod(db: Database, stale: LongPeriod): Promise<void> {
  const period = await claimPeriod(db, stale);
  if (!period) return;
  const groups = await listPeriodGroups(db, period);
  for (const chunk of chunksOf(groups)) {
    // One chunk at a time: together they may be more than a Worker's memory.
    // oxlint-disable-next-line no-await-in-loop
    const days = await loadDayRows(db, period, chunk);
    // oxlint-disable-next-line no-await-in-loop
    await insertMergedRows(db, period, mergedRows(days));
  }
  await publishPeriod(db, period);
}

function chunksOf(groups: readonly PeriodGroup[]): PeriodGroup[][] {
  const chunks: PeriodGroup[][] = [];
  let bytes = Infinity;
  for (const group of groups) {
    if (bytes + group.bytes > BYTES_A_READ) {
      chunks.push([]);
      bytes = 0;
    }
    chunks.at(-1)?.push(group);
    bytes += group.bytes;
  }
  return chunks;
}

function mergedRows(days: readonly DayRow[]): MergedRow[] {
  const groups = new Map<string, DayRow[]>();
  for (const day of days) {
    const key = `${day.scope} ${day.scopeKey} ${day.dimension}`;
    groups.set(key, [...(groups.get(key) ?? []), day]);
  }
  return [...groups.values()].flatMap((rows) => {
    const [first] = rows;
    if (!first) return [];
    const { scope, scopeKey, dimension } = first;
    return [{ scope, scopeKey, dimension, ...mergeDays(rows, { scope, dimension }) }];
  });
}
