import type { TouchCredit } from "#core/attribution/explain-item.ts";
import { runCredit, type CreditByGroup, type RunItem, type RunModel, type RunTouch } from "./run-item.ts";

/** Why one conversion's or refund's credit is another one in a later run. */
export const ITEM_REASONS = ["late", "refund", "rates", "matcher", "erased", "options"] as const;
export type ItemReason = (typeof ITEM_REASONS)[number];

export type ItemChange = TouchCredit & { reason: ItemReason; group: string };

/** An item of the two runs; null where a run has none of that id. */
export type ItemPair = { before: RunItem | null; after: RunItem | null };

export type CompareQuestion = {
  before: RunModel;
  after: RunModel;
  /** Ids of events that have been erased. */
  erased: ReadonlySet<string>;
  /** Whether the run that lacks an item was asked for it at all: by its days, type and customers. */
  wasAsked(item: RunItem): boolean;
  /** What each run converted a currency's money of the day by; null where it had no rate. */
  rates: Record<"before" | "after", (currency: string) => string | null>;
};

/**
 * What changed in the credit of one item, in steps whose changes add up to the whole exactly: first the contacts of before
 * with the groups that they have now (`matcher`), then the contacts of now (`erased` where one of those that are gone was
 * erased, else `late`), then the amounts of now (`rates` where only the rate is another one, `refund` for a refund, else
 * `late`); and the options of now. An item that only one run has is late, a refund, erased, had no rate in the other
 * (`rates`), or was not asked for by it (`options`).
 */
export function compareItem({ before, after }: ItemPair, question: CompareQuestion): ItemChange[] {
  if (before === null || after === null) return oneSided(before, after, question);
  const steps = stepsBetween(before, after, question);
  let from = runCredit(before, question.before);
  return steps.flatMap(([reason, to]) => {
    const changes = difference(from, to).map((change) => ({ ...change, reason }));
    from = to;
    return changes;
  });
}

/** Credit after each step. A run knows contacts of its own lookback only: a shorter one is gone over to first, a longer one last. */
function stepsBetween(
  before: RunItem,
  after: RunItem,
  question: CompareQuestion,
): [ItemReason, CreditByGroup][] {
  const isShorter = question.after.options.lookbackDays < question.before.options.lookbackDays;
  const model = isShorter ? question.after : question.before;
  const rekeyed = { ...before, touches: withGroupsOf(before.touches, after.touches) };
  const moved = { ...after, beforeMinor: before.beforeMinor, afterMinor: before.afterMinor };
  const options = runCredit(isShorter ? before : after, question.after);
  const data: [ItemReason, CreditByGroup][] = [
    ["matcher", runCredit(rekeyed, model)],
    [hasErased(before, after, question.erased) ? "erased" : "late", runCredit(moved, model)],
    [amountReason(before, after, question), runCredit(after, model)],
  ];
  return isShorter ? [["options", options], ...data] : [...data, ["options", options]];
}

function amountReason(before: RunItem, after: RunItem, { rates }: CompareQuestion): ItemReason {
  const { paid } = after;
  if (paid && isSamePayment(before, after) && rates.before(paid.currency) !== rates.after(paid.currency))
    return "rates";
  return after.kind === "refund" ? "refund" : "late";
}

function isSamePayment({ paid: was }: RunItem, { paid: is }: RunItem): boolean {
  if (!was || !is) return false;
  return (
    was.currency === is.currency && was.beforeMinor === is.beforeMinor && was.afterMinor === is.afterMinor
  );
}

function oneSided(before: RunItem | null, after: RunItem | null, question: CompareQuestion): ItemChange[] {
  const nothing: CreditByGroup = new Map();
  if (after !== null) {
    const hadRate = !isConverted(after) || question.rates.before(after.paid.currency) !== null;
    const reason = hadRate ? (after.kind === "refund" ? "refund" : "late") : "rates";
    const changes = difference(nothing, runCredit(after, question.after));
    return changes.map((change) => ({ ...change, reason: question.wasAsked(after) ? reason : "options" }));
  }
  if (before === null) return [];
  const hasRate = !isConverted(before) || question.rates.after(before.paid.currency) !== null;
  const reason = question.erased.has(before.id) ? "erased" : hasRate ? "late" : "rates";
  const changes = difference(runCredit(before, question.before), nothing);
  return changes.map((change) => ({ ...change, reason: question.wasAsked(before) ? reason : "options" }));
}

/** What has no rate counts all the same: that is not why the other run lacks it. */
function isConverted(item: RunItem): item is RunItem & { paid: NonNullable<RunItem["paid"]> } {
  return item.paid !== undefined && item.isForeign !== true;
}

/** Contacts that are gone keep the group they had. */
function withGroupsOf(touches: readonly RunTouch[], now: readonly RunTouch[]): RunTouch[] {
  const known = new Map(now.map((touch) => [`${touch.id}/${touch.rank}`, touch]));
  return touches.map((touch) => {
    const { key, isDirect } = known.get(`${touch.id}/${touch.rank}`) ?? touch;
    return { ...touch, key, isDirect };
  });
}

function hasErased(before: RunItem, after: RunItem, erased: ReadonlySet<string>): boolean {
  const now = new Set(after.touches.map(({ id }) => id));
  return before.touches.some(({ id }) => !now.has(id) && erased.has(id));
}

function difference(from: CreditByGroup, to: CreditByGroup): (TouchCredit & { group: string })[] {
  return [...new Set([...from.keys(), ...to.keys()])].flatMap((group) => {
    const [a, b] = [from.get(group) ?? NOTHING, to.get(group) ?? NOTHING];
    const conversions = b.conversions - a.conversions;
    const revenueMinor = b.revenueMinor - a.revenueMinor;
    return conversions === 0 && revenueMinor === 0 ? [] : [{ group, conversions, revenueMinor }];
  });
}

const NOTHING: TouchCredit = { conversions: 0, revenueMinor: 0 };

/** Ids that are in `before` and not in `after`: what may have been erased. */
export function missingIds({ before, after }: ItemPair): string[] {
  if (before === null) return [];
  if (after === null) return [before.id];
  const now = new Set(after.touches.map(({ id }) => id));
  return before.touches.flatMap(({ id }) => (now.has(id) ? [] : [id]));
}
