import { DEFAULT_OPTIONS } from "#core/attribution/options.ts";
import type { Result } from "#core/result.ts";
import type { SiteRef } from "#usecases/sites/site-ref.ts";
import { getBreakdown } from "#usecases/analytics/get-breakdown.ts";
import { getCampaignAnalytics } from "#usecases/analytics/get-campaign-analytics.ts";
import { getSiteAnalytics } from "#usecases/analytics/get-site-analytics.ts";
import type { AnswerQuestion } from "#usecases/answers/cached-answer.ts";
import { getAttribution } from "#usecases/attribution/get-attribution.ts";
import { getConversionTypes } from "#usecases/attribution/get-conversion-types.ts";
import { getJourneyPaths } from "#usecases/attribution/get-journey-paths.ts";
import { getJourneys } from "#usecases/attribution/get-journeys.ts";
import type { AttributionDeps } from "#usecases/attribution/known-credit.ts";

export type Asked = { site: SiteRef; campaignId: number; from: string; to: string };
export type Screen = {
  question: Omit<AnswerQuestion, "mayBeStale">;
  compute: () => Promise<Result<object, unknown>>;
};

const FIGURES = { compare: "previous", model: "last", lookbackDays: 7, direct: "keep" } as const;
const CREDIT = { by: "campaign", options: DEFAULT_OPTIONS, type: null, customer: null } as const;
const VALUES = { dimension: "utm_source", campaign: null, channel: null, sort: "visitors" } as const;
const STEPS = { positions: 3, top: 4, align: "start" } as const;

export const SCREENS = [
  "analytics",
  "campaign-analytics",
  "breakdown",
  "attribution",
  "attribution-of-new",
  "conversion-types",
  "journeys",
  "journey-paths",
] as const;
export type ScreenName = (typeof SCREENS)[number];

/** A screen's question as the routes ask it, and how it is answered without any cache. */
export function screenOf(deps: AttributionDeps, screen: ScreenName, { campaignId, ...place }: Asked): Screen {
  const { from, to } = place;
  const days = { ...place, screen };
  switch (screen) {
    case "analytics":
      return {
        question: { ...days, ...FIGURES, asked: FIGURES },
        compute: async () => await getSiteAnalytics(deps, { ...place, ...FIGURES }),
      };
    case "campaign-analytics":
      return {
        question: { ...days, ...FIGURES, asked: { ...FIGURES, campaignId } },
        compute: async () => await getCampaignAnalytics(deps, { ...place, ...FIGURES, campaignId }),
      };
    case "breakdown":
      return {
        question: { ...days, asked: VALUES },
        compute: async () => await getBreakdown(deps, { ...place, ...VALUES, limit: 20, after: null }),
      };
    case "attribution":
      return {
        question: { ...days, asked: CREDIT },
        compute: async () => await getAttribution(deps, { ...place, ...CREDIT }),
      };
    case "attribution-of-new":
      return {
        question: { ...days, asked: { ...CREDIT, customer: "new" } },
        compute: async () => await getAttribution(deps, { ...place, ...CREDIT, customer: "new" }),
      };
    case "conversion-types":
      return {
        question: { ...days, asked: {} },
        compute: async () => await getConversionTypes(deps, { ...place, from, to }),
      };
    case "journeys":
      return {
        question: { ...days, asked: CREDIT },
        compute: async () => await getJourneys(deps, { ...place, ...CREDIT }),
      };
    case "journey-paths":
      return {
        question: { ...days, asked: { ...CREDIT, ...STEPS } },
        compute: async () => await getJourneyPaths(deps, { ...place, ...CREDIT, ...STEPS }),
      };
  }
}
