import type { AttributionOptionsQuery } from "#contract/attribution-options.ts";
import type { CustomerKind, Grouping } from "#core/attribution/grouping.ts";
import { DEFAULT_OPTIONS, type AttributionOptions } from "#core/attribution/options.ts";
import type { AnalyticsInput } from "#usecases/analytics/analytics-input.ts";

/** What every question about journeys says: of which conversions, by which rules, summed by what. Days are the site's. */
export type AttributionQuestion = {
  from: string;
  to: string;
  by: Grouping;
  options: AttributionOptions;
  /** Conversions of this type only; null: of all. */
  type: string | null;
  /** Null: of new and returning customers. */
  customer: CustomerKind | null;
  /** That money is told in; absent: the site's. */
  currency?: string | undefined;
};

/** A question about one site. */
export type AttributionInput = AttributionQuestion & Pick<AnalyticsInput, "site">;

const RESET = { auto: null, on: true, off: false } as const;

/** A query string's question, with the defaults for what it leaves out. */
export function attributionQuestion(query: AttributionOptionsQuery): AttributionQuestion {
  return {
    from: query.from,
    to: query.to,
    by: query.by ?? "campaign",
    options: optionsOf(query),
    type: query.type ?? null,
    customer: query.customer ?? null,
  };
}

/** The options of a query string, with the defaults for what it leaves out. */
export function optionsOf(query: Omit<AttributionOptionsQuery, "from" | "to">): AttributionOptions {
  const { lookbackDays, direct, position, halfLifeDays, markov } = DEFAULT_OPTIONS;
  return {
    lookbackDays: query.lookback ?? lookbackDays,
    direct: query.direct ?? direct,
    reset: RESET[query.reset ?? "auto"],
    position: query.position ?? position,
    halfLifeDays: query.half_life ?? halfLifeDays,
    markov: {
      order: query.order ?? markov.order,
      nullJourneys: query.nulls ? query.nulls === "in" : markov.nullJourneys,
    },
  };
}
