/** What a group earned under one model: conversions may be fractions, money is whole minor units. */
export type Credit = { conversions: number; revenueMinor: number };

export const RULE_MODELS = ["first", "last", "linear"] as const;
export type RuleModel = (typeof RULE_MODELS)[number];

/** One group's credit on one day under each model, all in one currency; see `db/queries/attribution`. */
export type DayCredit = {
  day: string;
  currency: string;
  isUnattributed: boolean;
  campaignId: number | null;
  channel: string | null;
  firstConversions: number;
  firstRevenueMinor: number;
  lastConversions: number;
  lastRevenueMinor: number;
  linearConversions: number;
  linearRevenueMinor: number;
  /** Of a row that holds several currencies: the amounts lack those without a rate. */
  isRevenueForeign?: boolean;
};

/** The row's credit under one model. */
export function creditOf(row: DayCredit, model: RuleModel): Credit {
  switch (model) {
    case "first":
      return { conversions: row.firstConversions, revenueMinor: row.firstRevenueMinor };
    case "last":
      return { conversions: row.lastConversions, revenueMinor: row.lastRevenueMinor };
    case "linear":
      return { conversions: row.linearConversions, revenueMinor: row.linearRevenueMinor };
  }
}

/** Sum of credits: rule models are additive over conversions, days and groups. */
export function sumCredit(rows: readonly DayCredit[], model: RuleModel): Credit {
  const total = { conversions: 0, revenueMinor: 0 };
  for (const row of rows) {
    const credit = creditOf(row, model);
    total.conversions += credit.conversions;
    total.revenueMinor += credit.revenueMinor;
  }
  return { conversions: tidy(total.conversions), revenueMinor: total.revenueMinor };
}

/**
 * Credit told in one currency. A count needs no rate, so every row is counted; money is never guessed, so that of other
 * currencies is in no sum.
 */
export type CreditIn = Credit & {
  /** Rows of other currencies are among them: what is worked out of the revenue would be of a part of it. */
  isRevenueForeign: boolean;
};

/** Sum of credits that were converted as far as there are rates: the one place that says what becomes of the others. */
export function sumCreditIn(
  rows: readonly DayCredit[],
  { model, currency }: { model: RuleModel; currency: string },
): CreditIn {
  const { conversions } = sumCredit(rows, model);
  const told = rows.filter((row) => row.currency === currency);
  const isForeign = (row: DayCredit) =>
    row.currency === currency ? row.isRevenueForeign === true : hasCredit(creditOf(row, model));
  return {
    conversions,
    revenueMinor: sumCredit(told, model).revenueMinor,
    isRevenueForeign: rows.some(isForeign),
  };
}

/** Whether there is anything: a refund is money without a conversion, and an order may be worth nothing. */
function hasCredit({ conversions, revenueMinor }: Credit): boolean {
  return conversions !== 0 || revenueMinor !== 0;
}

/** Thirds that add up to a whole number differ from it by rounding noise only; 1e-9 is far below any share. */
function tidy(conversions: number): number {
  const whole = Math.round(conversions);
  return Math.abs(conversions - whole) < 1e-9 ? whole : conversions;
}

/** Rows by a key, in the order in which the keys came first. */
export function groupCredit<K>(
  rows: readonly DayCredit[],
  keyOf: (row: DayCredit) => K,
): Map<K, DayCredit[]> {
  const groups = new Map<K, DayCredit[]>();
  for (const row of rows) {
    const key = keyOf(row);
    const group = groups.get(key);
    if (group) group.push(row);
    else groups.set(key, [row]);
  }
  return groups;
}
