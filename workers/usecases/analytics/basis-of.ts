import type { FiguresBasis } from "#contract/analytics.ts";
import type { AnalyticsInput } from "./analytics-input.ts";
import { otherCurrencies } from "./figures.ts";
import type { SettledFacts } from "./settle-money.ts";

/** How the figures came about: model, lookback, direct rule, currency, data version, and as of when. */
export function basisOf(facts: SettledFacts, input: AnalyticsInput, now: Date): FiguresBasis {
  return {
    model: input.model,
    lookbackDays: input.lookbackDays,
    direct: input.direct,
    currency: facts.currency,
    timeZone: facts.timeZone,
    dataVersion: facts.version,
    asOf: facts.staleSince ?? now.toISOString(),
    convertedCurrencies: facts.convertedCurrencies,
    otherCurrencies: otherCurrencies(facts.credit, facts.currency, input.model),
  };
}
