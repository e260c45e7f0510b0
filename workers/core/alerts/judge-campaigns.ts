import { pacingOf } from "#core/roi/pacing.ts";
import type { Judgement } from "./alert-cause.ts";
import { numberOf, type AlertNumbers } from "./alert-parameters.ts";

const PER_CENT = 100;

export type BudgetFacts = {
  campaignId: string;
  campaign: string;
  currency: string;
  isActive: boolean;
  startsOn: string | null;
  endsOn: string | null;
  budgetMinor: number | null;
  /** Up to and with today, in the campaign's currency; null without a spend row. */
  spentMinor: number | null;
  isSpendForeign: boolean;
  /** The site's day. */
  today: string;
};

/**
 * Whether a campaign spends its budget faster, or more slowly, than its flight goes by (product.md §6). More than the
 * whole budget is overspend whatever the pace. Today counts as a whole day of the flight but its spend comes in until
 * tomorrow, so that under-delivery is judged as of yesterday.
 */
export function judgePacing(
  kind: "overspend" | "under-delivery",
  facts: BudgetFacts & { spentUntilYesterdayMinor: number | null; yesterday: string },
  numbers: AlertNumbers,
): Judgement {
  if (!hasBudgetInFlight(facts)) return { verdict: "gone" };
  if (facts.isSpendForeign) return { verdict: "missing", reason: "currency_mismatch" };

  const isLate = kind === "under-delivery";
  const spentMinor = isLate ? facts.spentUntilYesterdayMinor : facts.spentMinor;
  // Without any spend row nobody has said what was spent: that is not 0.
  if (spentMinor === null) return { verdict: "missing", reason: "no_spend" };
  const { campaignId, campaign, currency, budgetMinor } = facts;
  const { elapsed, pace } = pacingOf({ ...facts, spentMinor, today: isLate ? facts.yesterday : facts.today });
  // A flight of both ends has a share.
  const share = Number(elapsed.value);
  const cause = { kind, campaignId, campaign, currency, spentMinor, budgetMinor, elapsed: share };
  const isWholeSpent = !isLate && spentMinor > budgetMinor;
  const isJudged = share * PER_CENT >= numberOf(numbers, "leastElapsed");
  const isBad = isWholeSpent || (isJudged && isOffPace(kind, pace.value, numbers));
  return { verdict: isBad ? "bad" : "good", cause };
}

function hasBudgetInFlight<Facts extends BudgetFacts>(
  facts: Facts,
): facts is Facts & { budgetMinor: number } {
  const { isActive, budgetMinor, startsOn, endsOn, today } = facts;
  if (!isActive || budgetMinor === null || budgetMinor === 0) return false;
  return startsOn !== null && endsOn !== null && startsOn <= today && today <= endsOn;
}

function isOffPace(
  kind: "overspend" | "under-delivery",
  pace: number | null,
  numbers: AlertNumbers,
): boolean {
  if (pace === null) return false;
  const share = numberOf(numbers, "percent") / PER_CENT;
  return kind === "overspend" ? pace > 1 + share : pace < 1 - share;
}

export type CpaFacts = {
  campaignId: string;
  campaign: string;
  currency: string;
  isActive: boolean;
  targetMinor: number | null;
  /** Of the site's days from `from` to `to`. */
  days: number;
  from: string;
  to: string;
  spentMinor: number | null;
  isSpendForeign: boolean;
  /** Attributed to it; fractions under some models. */
  conversions: number;
};

/**
 * Whether a conversion costs more than the campaign's target. Without enough conversions a ratio says little; but what
 * was spent would have paid for them at the target, and then that is too much, too.
 */
export function judgeCpa(facts: CpaFacts, numbers: AlertNumbers): Judgement {
  const { isActive, targetMinor, spentMinor, isSpendForeign, conversions, ...rest } = facts;
  if (!isActive || targetMinor === null || targetMinor === 0) return { verdict: "gone" };
  if (isSpendForeign) return { verdict: "missing", reason: "currency_mismatch" };
  if (spentMinor === null) return { verdict: "missing", reason: "no_spend" };

  const cause = { kind: "cpa-above-target", ...rest, spentMinor, conversions, targetMinor } as const;
  const most = targetMinor * (1 + numberOf(numbers, "percent") / PER_CENT);
  const least = numberOf(numbers, "leastConversions");
  // Not divided: without a conversion there is no CPA, and it is above every target.
  if (spentMinor > most * Math.max(conversions, least)) return { verdict: "bad", cause };
  if (conversions < least) return { verdict: "missing", reason: "too_few_conversions" };
  return { verdict: "good", cause };
}
