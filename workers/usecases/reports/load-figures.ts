import type { CampaignAnalytics, SiteAnalytics } from "#contract/analytics.ts";
import { fail, ok, type Result } from "#core/result.ts";
import type { ReportOptions } from "#db/queries/reports/report-record.ts";
import type { AnalyticsDeps, AnalyticsFailure } from "#usecases/analytics/analytics-input.ts";
import { getCampaignAnalytics } from "#usecases/analytics/get-campaign-analytics.ts";
import { getSiteAnalytics } from "#usecases/analytics/get-site-analytics.ts";
import { getRuleCredit, type RuleCredit } from "#usecases/attribution/get-rule-credit.ts";

/** What a report's figures are asked of: a campaign's int, or null for the whole site. */
export type FiguresQuestion = {
  site: { siteId: number; publicId: string; database: string };
  campaignId: number | null;
  options: ReportOptions;
};

export type ReportFigures = {
  analytics: CampaignAnalytics | SiteAnalytics;
  /** By campaign, of the whole site. */
  attribution: RuleCredit;
};

export type LoadFigures = (
  deps: AnalyticsDeps,
  question: FiguresQuestion,
) => Promise<Result<ReportFigures, AnalyticsFailure>>;

/** Events may come in between two reads; on a busy site a few tries find a moment without. */
const MAX_TRIES = 4;

/**
 * A report's figures, all of one data version, so that its tables add up. Throws when the data would not hold still:
 * the caller tries again later.
 */
export async function loadFigures(
  deps: AnalyticsDeps,
  question: FiguresQuestion,
): Promise<Result<ReportFigures, AnalyticsFailure>> {
  for (let attempt = 0; attempt < MAX_TRIES; attempt += 1) {
    // oxlint-disable-next-line no-await-in-loop -- each try is a reaction to the one before.
    const [analytics, attribution] = await Promise.all([
      analyticsOf(deps, question),
      getRuleCredit(deps, { ...inputOf(question), by: "campaign" }),
    ]);
    if (!analytics.ok) return fail(analytics.error);
    if (!attribution.ok) return fail(attribution.error);
    const isOneVersion = analytics.value.basis.dataVersion === attribution.value.basis.dataVersion;
    if (isOneVersion) return ok({ analytics: analytics.value, attribution: attribution.value });
  }
  throw new Error(`Cannot read the figures of site ${question.site.siteId} in one data version`);
}

function inputOf({ site, options }: FiguresQuestion) {
  const { from, to, lookbackDays, direct } = options;
  return { site, from, to, lookbackDays, direct };
}

async function analyticsOf(
  deps: AnalyticsDeps,
  question: FiguresQuestion,
): Promise<Result<CampaignAnalytics | SiteAnalytics, AnalyticsFailure>> {
  const { campaignId, options } = question;
  const { model, compare } = options;
  const input = { ...inputOf(question), model, compare };
  return campaignId === null
    ? await getSiteAnalytics(deps, input)
    : await getCampaignAnalytics(deps, { ...input, campaignId });
}
