import { shareOf, splitChange, type Shares } from "#core/money/split-by-shares.ts";
import type { Touch } from "./journey.ts";
import { journeyShares, type JourneyModel } from "./journey-shares.ts";
import type { AttributionOptions } from "./options.ts";

/**
 * What is to be shared out: a conversion (`before` 0, `after` its value), a refund (`conversions` 0, what was left of the
 * value before and after it), or conversions of one way together. An empty journey is unattributed.
 */
export type CreditItem = { journey: readonly Touch[]; conversions: number; before: number; after: number };

/** Conversions may be fractions. */
export type Amount = { conversions: number; value: number };
export type GroupAmount = Amount & { group: string };

/** Groups in code-point order; credit and unattributed make the total, except under participation. */
export type CreditSums = { total: Amount; unattributed: Amount; credit: GroupAmount[] };

export type CreditQuestion = {
  model: JourneyModel;
  options: Pick<AttributionOptions, "position" | "halfLifeDays">;
  /** `whole`: values are whole minor units and stay it, to the last unit. `fractions`: shares in double precision. */
  money: "whole" | "fractions";
};

/** Credit of all items by group: additive over items. */
export function creditItems(items: Iterable<CreditItem>, question: CreditQuestion): CreditSums {
  const counter = new CreditCounter(question);
  for (const item of items) counter.add(item);
  return counter.sums();
}

/** The same item by item, for more of them than would fit in memory. */
export class CreditCounter {
  readonly #question: CreditQuestion;
  readonly #total: Amount = { conversions: 0, value: 0 };
  readonly #unattributed: Amount = { conversions: 0, value: 0 };
  readonly #groups = new Map<string, GroupAmount>();

  constructor(question: CreditQuestion) {
    this.#question = question;
  }

  add(item: CreditItem): void {
    const value = item.after - item.before;
    add(this.#total, item.conversions, value);
    if (item.journey.length === 0) add(this.#unattributed, item.conversions, value);
    else this.#credit(item);
  }

  sums(): CreditSums {
    return {
      total: this.#total,
      unattributed: this.#unattributed,
      credit: [...this.#groups.values()].toSorted(byGroup),
    };
  }

  #credit(item: CreditItem): void {
    const shares = journeyShares(this.#question.model, item.journey, this.#question.options);
    const values = valuesOf(item, shares, this.#question);
    for (const [i, { group }] of item.journey.entries()) {
      const amount = this.#groups.get(group) ?? { group, conversions: 0, value: 0 };
      this.#groups.set(group, amount);
      add(amount, shareOf(shares, i) * item.conversions, values[i] ?? 0);
    }
  }
}

function valuesOf(item: CreditItem, shares: Shares, { model, money }: CreditQuestion): number[] {
  const { before, after } = item;
  if (money === "fractions" || model === "participation")
    return item.journey.map((_, i) => shareOf(shares, i) * (after - before));
  return splitChange({ beforeMinor: before, afterMinor: after }, shares);
}

function add(amount: Amount, conversions: number, value: number): void {
  amount.conversions += conversions;
  amount.value += value;
}

function byGroup(a: GroupAmount, b: GroupAmount): number {
  if (a.group === b.group) return 0;
  return a.group < b.group ? -1 : 1;
}
