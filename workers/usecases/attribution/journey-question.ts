import type { JourneyQuestion } from "#db/queries/attribution/journey.ts";
import type { AttributionQuestion } from "./attribution-question.ts";

/** The journeys that a question is about, for the queries; all in the site's currency, as the workbench has them. */
export function journeyQuestion(
  { from, to, by, type, customer, options }: AttributionQuestion,
  { siteId, reset }: { siteId: number; reset: boolean },
): JourneyQuestion {
  const { lookbackDays, direct } = options;
  return { siteId, from, to, lookbackDays, direct, reset, type, customer, by, ofSiteCurrency: true };
}
