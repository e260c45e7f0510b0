import { sql, type SQL } from "drizzle-orm";

import { journeys, type JourneyQuestion } from "./journey.ts";

export type ForeignTotal = { currency: string; revenueMinor: number; conversions: number };

/** What a range earned in other currencies than the site's, less refunds: named beside the figures, and in none of them. */
export function otherCurrencies(question: JourneyQuestion): SQL {
  return sql`
    with ${journeys(question)}
    select i.currency, sum(i.n)::int as conversions, sum(i.after_minor - i.before_minor)::float8 as revenue_minor
    from item i join site.sites t on t.id = ${question.siteId}
    where i.currency <> t.currency
    group by 1
    order by 1`;
}

export function readOtherCurrencies(rows: readonly Record<string, unknown>[]): ForeignTotal[] {
  return rows.map((row) => ({
    currency: String(row["currency"]),
    revenueMinor: Number(row["revenue_minor"]),
    conversions: Number(row["conversions"]),
  }));
}
