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
  const total = { conversions: 0, value: 0 };
  const unattributed = { conversions: 0, value: 0 };
  const groups = new Map<string, GroupAmount>();
  for (const item of items) {
    const value = item.after - item.before;
    add(total, item.conversions, value);
    if (item.journey.length === 0) add(unattributed, item.conversions, value);
    else creditItem(groups, item, question);
  }
  return { total, unattributed, credit: [...groups.values()].toSorted(byGroup) };
}

function creditItem(groups: Map<string, GroupAmount>, item: CreditItem, question: CreditQuestion): void {
  const shares = journeyShares(question.model, item.journey, question.options);
  const values = valuesOf(item, shares, question);
  for (const [i, { group }] of item.journey.entries()) {
    const amount = groups.get(group) ?? { group, conversions: 0, value: 0 };
    groups.set(group, amount);
    add(amount, shareOf(shares, i) * item.conversions, values[i] ?? 0);
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
