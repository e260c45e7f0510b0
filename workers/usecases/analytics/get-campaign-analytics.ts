import type { CampaignAnalytics } from "#contract/analytics.ts";
import { fail, ok, type Result } from "#core/result.ts";
import type { AnalyticsDeps, AnalyticsFailure, AnalyticsInput } from "./analytics-input.ts";
import { basisOf } from "./basis-of.ts";
import { channelRows, dayRows, kpisOf, marginsOf, type RangeFacts } from "./figures.ts";
import { loadRanges } from "./load-ranges.ts";
import type { SettledFacts } from "./settle-money.ts";
import { groupTraffic, rangeTraffic } from "./united-traffic.ts";

/** `campaignId` is the int. */
export type CampaignAnalyticsInput = AnalyticsInput & { campaignId: number };

/** One campaign's figures for a range: its traffic, its credit under the model, its spend. */
export async function getCampaignAnalytics(
  deps: AnalyticsDeps,
  input: CampaignAnalyticsInput,
): Promise<Result<CampaignAnalytics, AnalyticsFailure>> {
  const ranges = await loadRanges(deps, input, input.campaignId);
  if (!ranges.ok) return ranges;
  const { current, previous } = ranges.value;
  const campaign = current.campaigns.find(({ id }) => id === input.campaignId);
  if (!campaign) return fail({ kind: "not_found" });

  const options = { model: input.model, currency: current.currency };
  const facts = campaignFacts(current, input);
  const before =
    previous && campaignFacts(previous.facts, { ...previous.range, campaignId: input.campaignId });
  return ok({
    campaignId: campaign.publicId,
    range: { from: input.from, to: input.to },
    comparisonRange: previous?.range ?? null,
    basis: basisOf(ownCredit(current, input.campaignId), input, deps.clock.now()),
    kpis: kpisOf(facts, options),
    previous: before && kpisOf(before, options),
    days: dayRows(facts, options),
    previousDays: before ? dayRows(before, options) : [],
    channels: channelRows(
      groupTraffic(current.byChannel, { scope: "campaign", dimension: "channel" }),
      facts.credit,
      options,
    ),
  });
}

type Part = { from: string; to: string; campaignId: number };

function campaignFacts(facts: SettledFacts, { from, to, campaignId }: Part): RangeFacts {
  const margins = marginsOf(facts);
  return {
    from,
    to,
    traffic: rangeTraffic(facts, "campaign"),
    credit: ownCredit(facts, campaignId).credit,
    spend: facts.spend.filter((row) => row.campaignId === campaignId),
    // A refund's credit is in revenue already; how much of it is refunds is told of the whole site only.
    refundMinor: null,
    margins: { ...margins, whole: margins.of(campaignId) },
  };
}

function ownCredit(facts: SettledFacts, campaignId: number): SettledFacts {
  return { ...facts, credit: facts.credit.filter((row) => row.campaignId === campaignId) };
}
