import { compareItem, missingIds, type ItemPair } from "#core/attribution/runs/compare-items.ts";
import type { JourneyModel } from "#core/attribution/journey-shares.ts";
import type { Database } from "#db/database.ts";
import type { RunItem } from "#core/attribution/runs/run-item.ts";
import type { ItemPart } from "#db/queries/attribution/journey.ts";
import { erasedAmong } from "#db/queries/runs/run-versions.ts";
import type { Deps } from "#usecases/deps.ts";
import { asksFor, type ChangeLedger, type RunPair } from "./run-pair.ts";
import { rateKey } from "./rate-key.ts";
import { contentName, readRunItems, type RunDayPart, type RunObject } from "./run-object.ts";

type CompareDeps = { db: Database } & Pick<Deps, "reportStore">;
type Comparing = { pair: RunPair; model: JourneyModel };

/** Options that decide which conversions a run is asked for. */
const FILTERS = ["type", "customer"];

/**
 * Every conversion and refund whose credit differs, day by day and part by part; those with the same content under the same
 * options do not.
 */
export async function compareDays(
  deps: CompareDeps,
  { pair, model }: Comparing,
  ledger: ChangeLedger,
): Promise<void> {
  const { before, after, changed } = pair;
  const days = new Set([...before.days, ...after.days].map(({ day }) => day));
  const sameOptions = changed.every((name) => name === "range");
  const asked = [...days].toSorted().flatMap((day) => partsOfBoth({ before, after }, day));
  for (const { day, keys } of asked) {
    if (sameOptions && isSameContent(keys)) continue;
    // oxlint-disable-next-line no-await-in-loop -- two parts' items are in memory at a time.
    const [earlier, later] = await Promise.all([itemsOf(deps, keys.before), itemsOf(deps, keys.after)]);
    const pairs = pairItems(earlier, later);
    // oxlint-disable-next-line no-await-in-loop
    const erased = await erasedAmong(deps.db, pair.siteId, pairs.flatMap(missingIds));
    const wasAsked = isAskedByBoth(pair, day);
    const rates = { before: rateKey(before, day), after: rateKey(after, day) };
    for (const items of pairs) {
      const changes = compareItem(items, {
        before: { model, options: before.question.options },
        after: { model, options: after.question.options },
        erased,
        wasAsked: () => wasAsked,
        rates,
      });
      const item = items.after ?? items.before;
      if (item && changes.length > 0) ledger.add({ kind: item.kind, id: item.id, atMs: item.atMs }, changes);
    }
  }
}

function isAskedByBoth({ before, after, changed }: RunPair, day: string): boolean {
  return !changed.some((name) => FILTERS.includes(name)) && asksFor(before, day) && asksFor(after, day);
}

type DayKeys = Record<"before" | "after", string[]>;

/** What of a day is compared at once: parts of the coarser division, in which the finer one's lie whole. */
function partsOfBoth(
  { before, after }: Pick<RunPair, "before" | "after">,
  wanted: string,
): { day: string; keys: DayKeys }[] {
  const ofDay = ({ days }: RunObject) => days.filter(({ day }) => day === wanted);
  const [a, b] = [ofDay(before), ofDay(after)];
  const divisions = [...a, ...b].map(({ part = WHOLE }) => part.of);
  const of = Math.min(...divisions);
  return Array.from({ length: of }, (_, at) => {
    const keys = (parts: readonly RunDayPart[]) =>
      parts.filter(({ part = WHOLE }) => part.at % of === at).map(({ key }) => key);
    return { day: wanted, keys: { before: keys(a), after: keys(b) } };
  });
}

const WHOLE: ItemPart = { of: 1, at: 0 };

function isSameContent({ before, after }: DayKeys): boolean {
  return before.map(contentName).join() === after.map(contentName).join();
}

async function itemsOf({ reportStore }: CompareDeps, keys: readonly string[]): Promise<RunItem[]> {
  const parts = await Promise.all(keys.map(async (key) => await readRunItems(reportStore, key)));
  return parts.flat();
}

function pairItems(earlier: readonly RunItem[], later: readonly RunItem[]): ItemPair[] {
  const now = new Map(later.map((item) => [item.id, item]));
  const known = new Set(earlier.map(({ id }) => id));
  return [
    ...earlier.map((before) => ({ before, after: now.get(before.id) ?? null })),
    ...later.filter(({ id }) => !known.has(id)).map((after) => ({ before: null, after })),
  ];
}
