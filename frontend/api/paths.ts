import type { DirectRule, Model } from "#contract/analytics.ts";
import type { DayRange } from "#frontend/state/date-range.ts";
import { withParams, type Params } from "./client.ts";

export type AnalyticsOptions = DayRange & {
  compare: "previous" | "none";
  model: Model;
  lookback: number;
  direct: DirectRule;
};

/** A question about journeys: range, group and switches, under the names of the API. */
export type AttributionAsk = Params & DayRange & { by: string };

/** Every address of the API that the dashboard reads, in one place. */
export const paths = {
  me: "/me",
  sites: "/sites",
  site: (siteId: string) => `/sites/${siteId}`,
  siteAnalytics: (siteId: string, options: AnalyticsOptions) =>
    withParams(`/sites/${siteId}/analytics`, options),
  campaignAnalytics: (campaignId: string, options: AnalyticsOptions) =>
    withParams(`/campaigns/${campaignId}/analytics`, options),
  attribution: (siteId: string, ask: AttributionAsk) => withParams(`/sites/${siteId}/attribution`, ask),
  conversionTypes: (siteId: string, range: DayRange) =>
    withParams(`/sites/${siteId}/conversion-types`, range),
  creditedJourneys: (siteId: string, query: Params) =>
    withParams(`/sites/${siteId}/attribution/journeys`, query),
  journeys: (siteId: string, query: Params) => withParams(`/sites/${siteId}/journeys`, query),
  journeyPaths: (siteId: string, query: Params) => withParams(`/sites/${siteId}/journeys/paths`, query),
  journey: (siteId: string, conversionId: string, query: Params) =>
    withParams(`/sites/${siteId}/journeys/${conversionId}`, query),
  runs: (siteId: string, query: { after?: string | null; limit?: number } = {}) =>
    withParams(`/sites/${siteId}/attribution-runs`, query),
  run: (runId: string) => `/attribution-runs/${runId}`,
  runComparison: (runId: string, query: { with?: string; model?: string } = {}) =>
    withParams(`/attribution-runs/${runId}/comparison`, query),
  breakdown: (siteId: string, query: BreakdownQuery) => withParams(`/sites/${siteId}/breakdown`, query),
  campaigns: (
    siteId: string,
    query: { status?: string; q?: string; after?: string | null; limit?: number } = {},
  ) => withParams(`/sites/${siteId}/campaigns`, query),
  campaign: (campaignId: string) => `/campaigns/${campaignId}`,
  spendLedger: (siteId: string, query: SpendLedgerPath) => withParams(`/sites/${siteId}/spend`, query),
  siteSpend: (siteId: string) => `/sites/${siteId}/spend`,
  pacing: (siteId: string) => `/sites/${siteId}/pacing`,
  deals: (siteId: string) => `/sites/${siteId}/deals`,
  campaignDeals: (campaignId: string) => `/campaigns/${campaignId}/deals`,
  rates: "/rates",
  spend: (campaignId: string) => `/campaigns/${campaignId}/spend`,
  links: (siteId: string, query: { campaign?: string; after?: string | null; limit?: number } = {}) =>
    withParams(`/sites/${siteId}/links`, query),
  linkFigures: (siteId: string, query: { from: string; to: string; campaign?: string; limit?: number }) =>
    withParams(`/sites/${siteId}/links/figures`, query),
  siteEvents: (siteId: string, query: EventsQuery) => withParams(`/sites/${siteId}/events`, query),
  campaignEvents: (campaignId: string, query: EventsQuery) =>
    withParams(`/campaigns/${campaignId}/events`, query),
  ledger: (siteId: string, query: { from: string; to: string }) =>
    withParams(`/sites/${siteId}/ledger`, query),
  trackingHealth: (siteId: string) => `/sites/${siteId}/tracking-health`,
  trackingDetails: (siteId: string) => `/sites/${siteId}/tracking-details`,
  visitorExport: (siteId: string, visitorId: string) => `/sites/${siteId}/visitors/${visitorId}/export`,
  deadLetters: (query: DeadLettersPath) => withParams("/admin/dead-letters", query),
  deadLetter: (letterId: string) => `/admin/dead-letters/${letterId}`,
  productMetrics: (weeks: string) => withParams("/admin/product-metrics", { weeks }),
  auditLog: (query: Params) => withParams("/audit-log", query),
  adminActs: (query: Params) => withParams("/admin/audit-log", query),
  monitoring: (range: string) => withParams("/admin/monitoring", { range }),
  refusals: () => "/admin/refusals",
  unreadableBodies: (query: { after?: string | null; limit?: number } = {}) =>
    withParams("/admin/unreadable-bodies", query),
  apiKeys: "/api-keys",
  members: "/members",
} as const;

export type DeadLettersPath = {
  state?: string;
  site?: string;
  reason?: string;
  after?: string | null;
  limit?: number;
};

export type SpendLedgerPath = DayRange & { campaign?: string | null; after?: string | null; limit?: number };

export type BreakdownQuery = DayRange & {
  dimension: string;
  campaign?: string;
  channel?: string;
  limit?: number;
};

export type EventsQuery = { type?: string; verdict?: string; after?: string | null; limit?: number };

export type List<T> = { items: T[]; next: string | null };
