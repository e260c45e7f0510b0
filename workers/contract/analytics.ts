import * as z from "zod/mini";

import { channel, currency, day, instant, lookback } from "./primitives.ts";
import { campaignStatus } from "./campaigns.ts";

export const model = z.enum(["first", "last", "linear"]);
export type Model = z.infer<typeof model>;

export const directRule = z.enum(["keep", "exclude_unless_only"]);
export type DirectRule = z.infer<typeof directRule>;

/** `GET /sites/:id/analytics` and `GET /campaigns/:id/analytics`. Default: last touch, 30 days, direct kept. */
export const analyticsQuery = z.object({
  from: day,
  to: day,
  compare: z.optional(z.enum(["previous", "none"])),
  model: z.optional(model),
  lookback,
  direct: z.optional(directRule),
});
export type AnalyticsQuery = z.infer<typeof analyticsQuery>;

/** `GET /analytics`: of all sites of the account, money in one currency. */
export const accountAnalyticsQuery = z.extend(analyticsQuery, {
  /** ISO 4217; absent: what most sites have, of equals the first site's. */
  currency: z.optional(currency),
});
export type AccountAnalyticsQuery = z.infer<typeof accountAnalyticsQuery>;

/** Why a ratio has no value, and so what would give it one. */
export const missingBase = z.enum([
  "no_spend",
  "no_conversions",
  "no_visitors",
  "no_impressions",
  "currency_mismatch",
  "no_margin",
  "not_paid_back",
  "no_budget",
  "no_flight",
  "not_started",
]);
export type MissingBase = z.infer<typeof missingBase>;
export const ratio = z.object({ value: z.nullable(z.number()), reason: z.nullable(missingBase) });
export type Ratio = z.infer<typeof ratio>;

/**
 * Whether some of the conversions or refunds are in a currency without a rate: they are counted, but `revenueMinor` lacks
 * their money, and ratios over it are null.
 */
export const isRevenueForeign = z.boolean();

/** Conversions may be fractions (linear); revenue is whole minor units that add up to the site's. */
export const kpis = z.object({
  impressions: z.number(),
  clicks: z.number(),
  pageviews: z.number(),
  sessions: z.number(),
  visitors: z.number(),
  /** Half the width of the 95 % interval of `visitors`; null where they are exact: one day, or few visitors. */
  visitorsMargin: z.nullable(z.number()),
  conversions: z.number(),
  revenueMinor: z.number(),
  /** What refunds took from the revenue above; known of the whole site, null for one campaign. */
  refundMinor: z.nullable(z.number()),
  /** Null when no spend row lies in the range, or when spend is in a currency without a rate. */
  spendMinor: z.nullable(z.number()),
  /** Margin × revenue; null where no margin is known. */
  grossProfitMinor: z.nullable(z.number()),
  ctr: ratio,
  cvr: ratio,
  cpa: ratio,
  aov: ratio,
  roas: ratio,
  roi: ratio,
  /** (margin · revenue − spend) ÷ spend. */
  roiWithMargin: ratio,
  /** The ROAS and the CPA (minor units) at which gross profit just pays for spend. */
  breakEvenRoas: ratio,
  breakEvenCpa: ratio,
  /** Days from the first day of spend until gross profit, or revenue without a margin, covers it for good. */
  paybackDays: ratio,
});
export type Kpis = z.infer<typeof kpis>;

export const dayRow = z.object({
  day,
  impressions: z.number(),
  clicks: z.number(),
  pageviews: z.number(),
  sessions: z.number(),
  visitors: z.number(),
  conversions: z.number(),
  revenueMinor: z.number(),
  isRevenueForeign,
  spendMinor: z.nullable(z.number()),
});
export type DayRow = z.infer<typeof dayRow>;

export const channelRow = z.object({
  channel,
  impressions: z.number(),
  clicks: z.number(),
  sessions: z.number(),
  visitors: z.number(),
  conversions: z.number(),
  revenueMinor: z.number(),
  isRevenueForeign,
});
export type ChannelRow = z.infer<typeof channelRow>;

/** What every figure carries: how it was computed. */
export const basis = z.object({
  model,
  lookbackDays: z.number(),
  direct: directRule,
  currency: z.string(),
  timeZone: z.string(),
  dataVersion: z.string(),
  /** Hours still to be rolled up; the figures are as of then. */
  asOf: instant,
  /** Revenue in other currencies that could not be converted: its conversions are counted, its money is in no figure. */
  otherCurrencies: z.array(
    z.object({ currency: z.string(), revenueMinor: z.number(), conversions: z.number() }),
  ),
});
export type Basis = z.infer<typeof basis>;

/** The same of figures whose money was converted where it had to be. */
export const figuresBasis = z.extend(basis, {
  /** Other currencies whose amounts were converted, each with the rate of its day. */
  convertedCurrencies: z.array(z.string()),
});
export type FiguresBasis = z.infer<typeof figuresBasis>;

const figures = {
  range: z.object({ from: day, to: day }),
  comparisonRange: z.nullable(z.object({ from: day, to: day })),
  basis: figuresBasis,
  kpis,
  previous: z.nullable(kpis),
  days: z.array(dayRow),
  previousDays: z.array(dayRow),
  channels: z.array(channelRow),
};

export const campaignAnalytics = z.object({ campaignId: z.string(), ...figures });
export type CampaignAnalytics = z.infer<typeof campaignAnalytics>;

export const campaignRow = z.object({
  campaignId: z.string(),
  name: z.string(),
  channel,
  status: campaignStatus,
  clicks: z.number(),
  impressions: z.number(),
  sessions: z.number(),
  visitors: z.number(),
  conversions: z.number(),
  revenueMinor: z.number(),
  isRevenueForeign,
  spendMinor: z.nullable(z.number()),
  cpa: ratio,
  roas: ratio,
  roi: ratio,
  roiWithMargin: ratio,
  breakEvenRoas: ratio,
  breakEvenCpa: ratio,
  paybackDays: ratio,
});
export type CampaignRow = z.infer<typeof campaignRow>;

/** The rows of campaigns, of contacts without campaign and of unattributed conversions add up to the KPIs. */
export const siteAnalytics = z.object({
  siteId: z.string(),
  ...figures,
  campaigns: z.array(campaignRow),
  withoutCampaign: z.object({ conversions: z.number(), revenueMinor: z.number(), isRevenueForeign }),
  unattributed: z.object({ conversions: z.number(), revenueMinor: z.number(), isRevenueForeign }),
});
export type SiteAnalytics = z.infer<typeof siteAnalytics>;

/** One site of an account, its money in the account's one currency. */
export const accountSite = z.object({
  siteId: z.string(),
  name: z.string(),
  /** Its days are this zone's. */
  timeZone: z.string(),
  /** Its own. */
  currency: z.string(),
  dataVersion: z.string(),
  kpis,
  previous: z.nullable(kpis),
  /** Its revenue without a rate, in no figure here. */
  otherCurrencies: basis.shape.otherCurrencies,
});
export type AccountSite = z.infer<typeof accountSite>;

/** How the figures of an account came about; its sites have zones and data versions of their own. */
export const accountBasis = z.extend(z.omit(figuresBasis, { timeZone: true, dataVersion: true }), {
  /** Null: there is no site, and none was asked for. */
  currency: z.nullable(z.string()),
});
export type AccountBasis = z.infer<typeof accountBasis>;

/**
 * The sites' figures added up, each site's days its own. A visitor of two sites is two visitors. Spend of a site in a
 * currency without a rate leaves the account's spend, and what is made of it, without a value.
 */
export const accountAnalytics = z.object({
  accountId: z.string(),
  ...figures,
  basis: accountBasis,
  sites: z.array(accountSite),
});
export type AccountAnalytics = z.infer<typeof accountAnalytics>;
