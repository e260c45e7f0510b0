import { sql, type SQL } from "drizzle-orm";

import { homeCurrency, journeys, type JourneyQuestion } from "./journey.ts";

export type ForeignTotal = { currency: string; revenueMinor: number; conversions: number };

/** What a range earned in other currencies than the site's. */
export type ForeignMoney = {
  /** Currencies that have a rate: in the figures. */
  converted: string[];
  /** Without a rate, less refunds: named beside the figures, and in none of them. */
  others: ForeignTotal[];
};

/** The money of a range that did not come in the site's currency, by currency, with a rate and without. */
export function foreignMoney(question: JourneyQuestion): SQL {
  const home = homeCurrency(question.siteId, question.currency);
  return sql`
    with ${journeys(question)}
    select i.paid_in as currency, i.currency = ${home} as is_converted, sum(i.n)::int as conversions,
      sum(i.after_minor - i.before_minor)::float8 as revenue_minor
    from item i
    where i.paid_in <> ${home}
    group by 1, 2
    order by 1`;
}

export function readForeignMoney(rows: readonly Record<string, unknown>[]): ForeignMoney {
  const isConverted = (row: Record<string, unknown>) => row["is_converted"] === true;
  return {
    converted: rows.filter(isConverted).map((row) => String(row["currency"])),
    others: rows
      .filter((row) => !isConverted(row))
      .map((row) => ({
        currency: String(row["currency"]),
        revenueMinor: Number(row["revenue_minor"]),
        conversions: Number(row["conversions"]),
      })),
  };
}
