import type { RunItem } from "#core/attribution/runs/run-item.ts";
import { groupRows } from "#core/lists/group-rows.ts";
import { daysOf, siteDay } from "#core/time/site-day.ts";
import type { Database } from "#db/database.ts";
import { countItems } from "#db/queries/attribution/credited-items.ts";
import type { ItemPart, JourneyQuestion } from "#db/queries/attribution/journey.ts";
import { loadRunItems } from "#db/queries/runs/run-items.ts";

/** So many are read at once, with their contacts some 20 MB; of more, a day or a part of one at a time. */
const AT_ONCE = 4_000;
/** As many as there are values of the byte that tells them apart. */
const MOST_PARTS = 256;
/** Zones begin their days at quarters of an hour at the finest. */
const QUARTER_MS = 15 * 60_000;

/** `part`: of a day that holds more than can be read at once. */
export type DayItems = { day: string; items: RunItem[]; part?: ItemPart };

/**
 * The conversions and refunds of a range with their contacts, the days that have some, oldest first: never more than some
 * thousand in memory. `count` is about how many there are.
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
    const asked = { ...question, from: day, to: day, factors };
    for (const part of await partsOfDay(db, asked, count)) {
      const items = await loadRunItems(db, { ...asked, part });
      if (items.length > 0) yield { day, items, part };
    }
  }
}

/** One part, or so many that none of them holds many more than it may; a day without items has none. */
async function partsOfDay(
  db: Database,
  { siteId, from, to }: Pick<JourneyQuestion, "siteId" | "from" | "to">,
  most: number,
): Promise<ItemPart[]> {
  const count = await countItems(db, { siteId, from, to, most });
  if (count === 0) return [];
  let of = 1;
  while (count / of > AT_ONCE && of < MOST_PARTS) of *= 2;
  return Array.from({ length: of }, (_, at) => ({ of, at }));
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
