import type { RunItem } from "#core/attribution/runs/run-item.ts";
import { groupRows } from "#core/lists/group-rows.ts";
import { daysOf, siteDay } from "#core/time/site-day.ts";
import type { Database } from "#db/database.ts";
import type { JourneyQuestion } from "#db/queries/attribution/journey.ts";
import { loadRunItems } from "#db/queries/runs/run-items.ts";

/** So many are read at once; of more, a day at a time. */
const AT_ONCE = 5_000;
/** Zones begin their days at quarters of an hour at the finest. */
const QUARTER_MS = 15 * 60_000;

export type DayItems = { day: string; items: RunItem[] };

/**
 * The conversions and refunds of a range with their contacts, the days that have some, oldest first: never more in memory
 * than one day's, or a few thousand. `count` is about how many there are.
 */
export async function* itemsByDay(
  db: Database,
  question: JourneyQuestion,
  { timeZone, count }: { timeZone: string; count: number },
): AsyncGenerator<DayItems> {
  if (count <= AT_ONCE) {
    yield* ofDays(await loadRunItems(db, question), timeZone);
    return;
  }
  for (const day of daysOf(question.from, question.to)) {
    const factors = (question.factors ?? []).filter((factor) => factor.day === day);
    const items = await loadRunItems(db, { ...question, from: day, to: day, factors });
    if (items.length > 0) yield { day, items };
  }
}

function ofDays(items: readonly RunItem[], timeZone: string): DayItems[] {
  const known = new Map<number, string>();
  const dayOf = (atMs: number): string => {
    const quarter = Math.floor(atMs / QUARTER_MS);
    const day = known.get(quarter) ?? siteDay(atMs, timeZone);
    known.set(quarter, day);
    return day;
  };
  return [...groupRows(items, ({ atMs }) => dayOf(atMs))]
    .map(([day, ofDay]) => ({ day, items: ofDay }))
    .toSorted((a, b) => (a.day < b.day ? -1 : 1));
}
