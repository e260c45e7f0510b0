import { compareItem, missingIds, type ItemPair } from "#core/attribution/runs/compare-items.ts";
import type { JourneyModel } from "#core/attribution/journey-shares.ts";
import type { Database } from "#db/database.ts";
import type { RunItem } from "#core/attribution/runs/run-item.ts";
import { erasedAmong } from "#db/queries/runs/run-versions.ts";
import type { Deps } from "#usecases/deps.ts";
import { asksFor, type ChangeLedger, type RunPair } from "./run-pair.ts";
import { rateKey } from "./rate-key.ts";
import { contentName, readRunItems, type RunObject } from "./run-object.ts";

type CompareDeps = { db: Database } & Pick<Deps, "reportStore">;
type Comparing = { pair: RunPair; model: JourneyModel };

/** Options that decide which conversions a run is asked for. */
const FILTERS = ["type", "customer"];

/** Every conversion and refund whose credit differs, day by day; days with the same content under the same options do not. */
export async function compareDays(
  deps: CompareDeps,
  { pair, model }: Comparing,
  ledger: ChangeLedger,
): Promise<void> {
  const { before, after, changed } = pair;
  const days = new Set([...before.days, ...after.days].map(({ day }) => day));
  const sameOptions = changed.every((name) => name === "range");
  for (const day of [...days].toSorted()) {
    const [a, b] = [keyOf(before, day), keyOf(after, day)];
    if (sameOptions && a !== null && b !== null && contentName(a) === contentName(b)) continue;
    // oxlint-disable-next-line no-await-in-loop -- two days' items are in memory at a time.
    const [earlier, later] = await Promise.all([itemsOf(deps, a), itemsOf(deps, b)]);
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

function keyOf(run: RunObject, wanted: string): string | null {
  return run.days.find(({ day }) => day === wanted)?.key ?? null;
}

async function itemsOf({ reportStore }: CompareDeps, key: string | null): Promise<RunItem[]> {
  return key === null ? [] : await readRunItems(reportStore, key);
}

function pairItems(earlier: readonly RunItem[], later: readonly RunItem[]): ItemPair[] {
  const now = new Map(later.map((item) => [item.id, item]));
  const known = new Set(earlier.map(({ id }) => id));
  return [
    ...earlier.map((before) => ({ before, after: now.get(before.id) ?? null })),
    ...later.filter(({ id }) => !known.has(id)).map((after) => ({ before: null, after })),
  ];
}
