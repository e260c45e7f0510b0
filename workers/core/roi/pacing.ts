import { daysBetween } from "#core/time/site-day.ts";
import type { Ratio } from "./ratios.ts";

export type PacingFacts = {
  startsOn: string | null;
  endsOn: string | null;
  budgetMinor: number | null;
  /** Spend up to and with today, in the budget's currency; null without a spend row. */
  spentMinor: number | null;
  /** Spend is in a currency without a rate to the budget's. */
  isSpendForeign: boolean;
  today: string;
};

export type Pacing = {
  /** Days of the flight up to and with today ÷ all its days, 0..1. */
  elapsed: Ratio;
  /** Spend ÷ budget. */
  spent: Ratio;
  /** Spend ÷ what the elapsed share of the budget comes to: 1 is on pace, 2 twice as fast. */
  pace: Ratio;
};

/** Spend to date against the elapsed share of the flight (product.md §6). */
export function pacingOf(facts: PacingFacts): Pacing {
  const elapsed = elapsedShare(facts);
  const spent = spentShare(facts);
  return { elapsed, spent, pace: paceOf(elapsed, spent) };
}

function elapsedShare({ startsOn, endsOn, today }: PacingFacts): Ratio {
  if (startsOn === null || endsOn === null) return { value: null, reason: "no_flight" };
  const whole = daysBetween(startsOn, endsOn) + 1;
  const gone = daysBetween(startsOn, today) + 1;
  return { value: Math.min(Math.max(gone, 0), whole) / whole, reason: null };
}

function spentShare({ budgetMinor, spentMinor, isSpendForeign }: PacingFacts): Ratio {
  if (isSpendForeign) return { value: null, reason: "currency_mismatch" };
  if (budgetMinor === null || budgetMinor === 0) return { value: null, reason: "no_budget" };
  if (spentMinor === null) return { value: null, reason: "no_spend" };
  return { value: spentMinor / budgetMinor, reason: null };
}

function paceOf(elapsed: Ratio, spent: Ratio): Ratio {
  if (elapsed.value === null) return elapsed;
  if (spent.value === null) return spent;
  if (elapsed.value === 0) return { value: null, reason: "not_started" };
  return { value: spent.value / elapsed.value, reason: null };
}
