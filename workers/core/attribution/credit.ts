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
