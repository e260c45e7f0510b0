import type { ItemReason } from "./compare-items.ts";

export type DifferenceReason = ItemReason | "spend" | "chain";

export type Change = { conversions: number; revenueMinor: number; spendMinor: number };

/** `count`: how many conversions, refunds or rows of spend differ for the reason. */
export type ReasonChange = Change & { reason: DifferenceReason; count: number };

/** A change of one thing in one group. */
export type GroupedChange = Partial<Change> & { reason: DifferenceReason; group: string };

/** The largest changes of single things, for whoever wants to see some. */
export type Example<T> = { of: T; reason: DifferenceReason; conversions: number; revenueMinor: number };

export const NO_CHANGE: Change = { conversions: 0, revenueMinor: 0, spendMinor: 0 };

/** Adds changes up as they come, by reason and by group and reason: as many as there are hold no more memory. */
export class ChangeSums<T> {
  readonly #total = new Map<DifferenceReason, ReasonChange>();
  readonly #groups = new Map<string, Map<DifferenceReason, ReasonChange>>();
  readonly #most: number;
  readonly #examples = new Map<DifferenceReason, Example<T>[]>();

  /** `mostExamples`: of each reason, so that small ones are seen beside large ones. */
  constructor(mostExamples: number) {
    this.#most = mostExamples;
  }

  /** All changes of one thing; it is counted once a reason, in however many groups it changed. */
  add(of: T, changes: readonly GroupedChange[]): void {
    for (const reason of new Set(changes.map((change) => change.reason))) {
      const own = changes.filter((change) => change.reason === reason);
      const sum = addUp(own);
      addTo(this.#total, reason, sum);
      for (const { group, ...change } of own) {
        const reasons = this.#groups.get(group) ?? new Map<DifferenceReason, ReasonChange>();
        this.#groups.set(group, reasons);
        addTo(reasons, reason, addUp([change]));
      }
      this.#keepExample({ of, reason, conversions: sum.conversions, revenueMinor: largestOf(own) });
    }
  }

  total(): ReasonChange[] {
    return byWeight(this.#total);
  }

  ofGroup(group: string): ReasonChange[] {
    return byWeight(this.#groups.get(group) ?? new Map());
  }

  groups(): string[] {
    return [...this.#groups.keys()];
  }

  /** Of each reason those with the largest change; all of them, the largest first. */
  examples(): Example<T>[] {
    return [...this.#examples.values()].flatMap((kept) => this.#largest(kept)).toSorted(byChange);
  }

  #keepExample(example: Example<T>): void {
    const kept = this.#examples.get(example.reason) ?? [];
    kept.push(example);
    this.#examples.set(example.reason, kept.length > this.#most * 4 ? this.#largest(kept) : kept);
  }

  #largest(examples: readonly Example<T>[]): Example<T>[] {
    return examples.toSorted(byChange).slice(0, this.#most);
  }
}

function addUp(changes: readonly Partial<Change>[]): Change {
  const sum = { ...NO_CHANGE };
  for (const { conversions = 0, revenueMinor = 0, spendMinor = 0 } of changes) {
    sum.conversions += conversions;
    sum.revenueMinor += revenueMinor;
    sum.spendMinor += spendMinor;
  }
  return sum;
}

function addTo(reasons: Map<DifferenceReason, ReasonChange>, reason: DifferenceReason, change: Change): void {
  const known = reasons.get(reason);
  const count = (known?.count ?? 0) + 1;
  reasons.set(reason, { reason, count, ...addUp(known ? [known, change] : [change]) });
}

/** Where credit only moved between groups the sum says nothing: the most that one of them gained or lost does. */
function largestOf(changes: readonly Partial<Change>[]): number {
  const amounts = changes.map(({ revenueMinor = 0 }) => revenueMinor);
  return amounts.reduce((most, amount) => (Math.abs(amount) > Math.abs(most) ? amount : most), 0);
}

function byWeight(reasons: ReadonlyMap<DifferenceReason, ReasonChange>): ReasonChange[] {
  return [...reasons.values()].toSorted(
    (a, b) => Math.abs(b.revenueMinor) - Math.abs(a.revenueMinor) || b.count - a.count,
  );
}

type Amounts = Pick<Change, "conversions" | "revenueMinor">;

function byChange(a: Amounts, b: Amounts): number {
  return (
    Math.abs(b.revenueMinor) - Math.abs(a.revenueMinor) || Math.abs(b.conversions) - Math.abs(a.conversions)
  );
}
