import type { CampaignRow, SiteAnalytics } from "#contract/analytics.ts";
import { groupCredit, sumCreditIn } from "#core/attribution/credit.ts";
import { groupRows } from "#core/lists/group-rows.ts";
import { ok, type Result } from "#core/result.ts";
import type { AnalyticsDeps, AnalyticsFailure, AnalyticsInput } from "./analytics-input.ts";
import { basisOf } from "./basis-of.ts";
import { channelRows, dayRows, kpisOf, moneyFigures, moneyRatios, type RangeFacts } from "./figures.ts";
import { loadRanges } from "./load-ranges.ts";
import type { SettledFacts } from "./settle-money.ts";
import { siteFacts } from "./site-facts.ts";
import { groupTraffic } from "./united-traffic.ts";

/** A site's figures for a range: KPIs, days, channels and campaigns, which add up with what no campaign earned. */
export async function getSiteAnalytics(
  deps: AnalyticsDeps,
  input: AnalyticsInput,
): Promise<Result<SiteAnalytics, AnalyticsFailure>> {
  const ranges = await loadRanges(deps, input, null);
  if (!ranges.ok) return ranges;
  const { current, previous } = ranges.value;
  const options = { model: input.model, currency: current.currency };
  const facts = siteFacts(current, input);
  const before = previous && siteFacts(previous.facts, previous.range);
  const outside = facts.credit.filter((row) => !row.isUnattributed && row.campaignId === null);
  return ok({
    siteId: input.site.publicId,
    range: { from: input.from, to: input.to },
    comparisonRange: previous?.range ?? null,
    basis: basisOf(current, input, deps.clock.now()),
    kpis: kpisOf(facts, options),
    previous: before && kpisOf(before, options),
    days: dayRows(facts, options),
    previousDays: before ? dayRows(before, options) : [],
    channels: channelRows(
      groupTraffic(current.byChannel, { scope: "site", dimension: "channel" }),
      facts.credit,
      options,
    ),
    campaigns: campaignRows(current, facts, input),
    withoutCampaign: sumCreditIn(outside, options),
    unattributed: sumCreditIn(
      facts.credit.filter((row) => row.isUnattributed),
      options,
    ),
  });
}

/** Every campaign: what cost money stays, also when it earned nothing. */
function campaignRows(all: SettledFacts, facts: RangeFacts, { model }: AnalyticsInput): CampaignRow[] {
  const options = { model, currency: all.currency };
  const creditOf = groupCredit(facts.credit, ({ campaignId }) => campaignId);
  const spendOf = groupRows(all.spend, ({ campaignId }) => campaignId);
  const groups = groupTraffic(all.byCampaign, { scope: "site", dimension: "campaign" });
  const traffic = new Map(groups.map((row) => [Number(row.key), row]));
  const rows = all.campaigns.map((campaign) => {
    const { impressions = 0, clicks = 0, sessions = 0, visitors = 0 } = traffic.get(campaign.id) ?? {};
    const own = {
      credit: creditOf.get(campaign.id) ?? [],
      spend: spendOf.get(campaign.id) ?? [],
      margins: { ...facts.margins, whole: facts.margins.of(campaign.id) },
    };
    const money = moneyFigures(own, options);
    return {
      campaignId: campaign.publicId,
      name: campaign.name,
      channel: campaign.channel,
      status: campaign.status,
      clicks,
      impressions,
      sessions,
      visitors,
      conversions: money.conversions,
      revenueMinor: money.revenueMinor,
      isRevenueForeign: money.isRevenueForeign,
      spendMinor: money.spendMinor,
      ...moneyRatios(own, { impressions, clicks, visitors, ...money }, options),
    };
  });
  return rows.toSorted(
    (a, b) => b.revenueMinor - a.revenueMinor || b.visitors - a.visitors || compare(a.name, b.name),
  );
}

function compare(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}
