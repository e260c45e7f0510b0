import type { Basis, CampaignAnalytics, CampaignRow, SiteAnalytics } from "#contract/analytics.ts";
import { addDays, countDays } from "#frontend/format/day.ts";
import { BUCKETS, channelsOf, daysOf, kpisOf, marginRatios, ratio, sumRows } from "./fixture-figures.ts";
import type { Bucket } from "./fixture-figures.ts";

export const SITE_ID = "site_nord";
const ZONE = "Europe/Berlin";

type Query = URLSearchParams;

export function rangeOf(query: Query) {
  const from = query.get("from") ?? "2026-11-01";
  const to = query.get("to") ?? "2026-11-30";
  return { from, to };
}

export function basisOf(query: Query): Basis {
  return {
    model: (query.get("model") ?? "last") as Basis["model"],
    lookbackDays: Number(query.get("lookback") ?? 30),
    direct: (query.get("direct") ?? "keep") as Basis["direct"],
    currency: "EUR",
    timeZone: ZONE,
    dataVersion: "v41",
    asOf: new Date().toISOString(),
    otherCurrencies: [],
  };
}

function figuresOf(
  buckets: readonly Bucket[],
  query: Query,
  unattributed: { conversions: number; revenueMinor: number },
) {
  const range = rangeOf(query);
  const length = countDays(range.from, range.to);
  const before = { from: addDays(range.from, -length), to: addDays(range.to, -length) };
  const isCompared = query.get("compare") !== "none";
  const days = daysOf(buckets, range.from, range.to);
  const previousDays = isCompared ? daysOf(buckets, before.from, before.to) : [];
  return {
    range,
    comparisonRange: isCompared ? before : null,
    basis: { ...basisOf(query), convertedCurrencies: [] },
    kpis: kpisOf(days, unattributed),
    previous: isCompared ? kpisOf(previousDays, unattributed) : null,
    days,
    previousDays,
    channels: channelsOf(buckets, range.from, range.to),
  };
}

/** `GET /sites/:id/analytics`. */
export function siteAnalytics(query: Query): SiteAnalytics {
  const range = rangeOf(query);
  const unattributed = { conversions: 6, revenueMinor: 41_230 };
  const campaigns = BUCKETS.filter((bucket) => bucket.id !== null);
  const others = sumRows(
    daysOf(
      BUCKETS.filter((bucket) => bucket.id === null),
      range.from,
      range.to,
    ),
  );
  return {
    siteId: SITE_ID,
    ...figuresOf(BUCKETS, query, unattributed),
    campaigns: campaigns.map((bucket) => campaignRow(bucket, range)),
    withoutCampaign: {
      conversions: others.conversions,
      revenueMinor: others.revenueMinor,
      isRevenueForeign: false,
    },
    unattributed: { ...unattributed, isRevenueForeign: false },
  };
}

function campaignRow(bucket: Bucket, { from, to }: { from: string; to: string }): CampaignRow {
  const { spendMinor, ...sums } = sumRows(daysOf([bucket], from, to));
  return {
    campaignId: bucket.id ?? "",
    name: bucket.name,
    channel: bucket.channel,
    status: "active",
    clicks: sums.clicks,
    impressions: sums.impressions,
    sessions: sums.sessions,
    visitors: sums.visitors,
    conversions: sums.conversions,
    revenueMinor: sums.revenueMinor,
    isRevenueForeign: sums.isRevenueForeign,
    spendMinor,
    cpa:
      spendMinor === null
        ? { value: null, reason: "no_spend" }
        : ratio(spendMinor, sums.conversions, "no_conversions"),
    roas: ratio(sums.revenueMinor, spendMinor, "no_spend"),
    roi: ratio(sums.revenueMinor - (spendMinor ?? 0), spendMinor, "no_spend"),
    ...marginRatios({ ...sums, spendMinor }),
  };
}

/** `GET /campaigns/:id/analytics`; a campaign without a bucket has had no visitor. */
export function campaignAnalytics(campaignId: string, query: Query): CampaignAnalytics {
  const buckets = BUCKETS.filter((bucket) => bucket.id === campaignId);
  return { campaignId, ...figuresOf(buckets, query, { conversions: 0, revenueMinor: 0 }) };
}
