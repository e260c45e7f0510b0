import type { Basis } from "#contract/analytics.ts";
import type { AnalyticsFacts } from "#db/queries/analytics/load-analytics.ts";
import type { AnalyticsInput } from "./analytics-input.ts";
import { otherCurrencies } from "./figures.ts";

/** How the figures came about: model, lookback, direct rule, currency, data version, and as of when. */
export function basisOf(facts: AnalyticsFacts, input: AnalyticsInput, now: Date): Basis {
  return {
    model: input.model,
    lookbackDays: input.lookbackDays,
    direct: input.direct,
    currency: facts.currency,
    timeZone: facts.timeZone,
    dataVersion: facts.version,
    asOf: facts.staleSince ?? now.toISOString(),
    otherCurrencies: otherCurrencies(facts.credit, facts.currency, input.model),
  };
}
