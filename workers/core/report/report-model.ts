import type { MissingBase } from "#core/roi/ratios.ts";
import type { ReportHowComputed } from "./report-basis.ts";
import type { ReportJourneys } from "./report-journeys.ts";
import type {
  ReportAttribution,
  ReportCampaigns,
  ReportChannels,
  ReportInterval,
  ReportSites,
} from "./report-tables.ts";

/**
 * Everything a report says, as plain data: one model feeds PDF, XLSX, CSV, JSON, mail and screen, so that no two formats
 * can differ. It is made once, from one data version, and stored; rendering it again gives the same figures
 * (decisions 23). Money is whole minor units of `currency`. It holds no visitor ids, and no prose but names and notes of
 * people: the words are the renderers', in `language`.
 */
export type ReportModel = {
  /** Raised when a stored model could no longer be read by the renderers. */
  readonly version: 2;
  readonly kind: ReportKind;
  readonly language: ReportLanguage;
  /** BCP 47: how numbers, money and days are written. */
  readonly locale: string;
  readonly title: string;
  /** Whom the report is for, as it shall stand on the cover; null leaves the line out. */
  readonly preparedFor: string | null;
  readonly branding: ReportBranding;
  readonly accountName: string;
  /** Null: all sites of the account. */
  readonly siteName: string | null;
  /** The campaigns it is about; empty: all. */
  readonly campaignNames: readonly string[];
  /** What it was asked to show, in the order in which it stands. */
  readonly sections: readonly ReportSection[];
  readonly range: ReportRange;
  readonly comparison: ReportRange | null;
  /** ISO 8601 UTC instant. */
  readonly generatedAt: string;
  /** ISO 4217 code of every amount in the model. */
  readonly currency: string;
  readonly headline: ReportHeadline;
  readonly kpis: readonly ReportKpi[];
  /** One row for each day of `range`, oldest first, days without events included. */
  readonly days: readonly ReportDay[];
  /** The same for `comparison`; null without one. The n-th row is compared with the n-th of `days`. */
  readonly comparisonDays: readonly ReportDay[] | null;
  /** Each of these is null where its section was not asked for. */
  readonly sites: ReportSites | null;
  readonly channels: ReportChannels | null;
  readonly campaigns: ReportCampaigns | null;
  readonly attribution: ReportAttribution | null;
  readonly journeys: ReportJourneys | null;
  readonly howComputed: ReportHowComputed;
};

/**
 * What it is for: how campaigns do, of one or of a site; the same for the party who paid, of their campaigns alone; what
 * came back for the money; or all sites of an account on a page or two.
 */
export const REPORT_KINDS = ["campaign-performance", "sponsor", "roi", "executive-summary"] as const;
export type ReportKind = (typeof REPORT_KINDS)[number];

export const REPORT_LANGUAGES = ["en", "de", "fr", "es"] as const;
export type ReportLanguage = (typeof REPORT_LANGUAGES)[number];

/** How it was computed is always there, and the headline. */
export const REPORT_SECTIONS = [
  "kpis",
  "chart",
  "sites",
  "channels",
  "campaigns",
  "attribution",
  "journeys",
] as const;
export type ReportSection = (typeof REPORT_SECTIONS)[number];

export type ReportBranding = {
  /** Of a PNG or JPEG in the report store; null: Waymark's own sign. */
  readonly logoKey: string | null;
  /** `#rrggbb`; null: Waymark's own. */
  readonly accent: string | null;
  /** At the foot of each page; null: none. */
  readonly footer: string | null;
};

/** Closed days `YYYY-MM-DD` of the site's IANA zone. */
export type ReportRange = { readonly from: string; readonly to: string; readonly timeZone: string };

/** The facts of the summary sentence. */
export type ReportHeadline = {
  readonly revenueMinor: number;
  readonly previousRevenueMinor: number | null;
  readonly conversions: number;
  readonly visitors: number;
  readonly spendMinor: number | null;
  /** Revenue ÷ spend; null without spend, or where some of either has no rate. */
  readonly roas: number | null;
  /** The channel with the most revenue (conversions if there is no revenue), and its share of it, 0..1. */
  readonly topChannel: {
    readonly channel: string;
    readonly share: number;
    readonly of: "revenue" | "conversions";
  } | null;
};

export type ReportKpiKey =
  | "revenue"
  | "spend"
  | "grossProfit"
  | "roas"
  | "roi"
  | "roiWithMargin"
  | "conversions"
  | "cpa"
  | "breakEvenCpa"
  | "paybackDays"
  | "visitors"
  | "clicks"
  | "impressions"
  | "ctr"
  | "cvr"
  | "aov";

/** count: a number of things; money: minor units; ratio: 2.4 is read "2.40×"; percent: 0.031 is read "3.1 %". */
export type ReportUnit = "count" | "money" | "ratio" | "percent" | "days";

/** Why a KPI has no value; the renderers say it in words, with what to do. */
export type KpiAbsence = MissingBase | "no_data";

export type ReportKpi = {
  readonly key: ReportKpiKey;
  readonly value: number | null;
  readonly unit: ReportUnit;
  /** Null where it is exact, or where it cannot be told. */
  readonly interval: ReportInterval | null;
  /** It stands on fewer than 30 converting journeys: to be shown as weak. */
  readonly tooFew: boolean;
  /** The value in the comparison range; null without one, or when it had no base. */
  readonly previous: number | null;
  /** Set when, and only when, `value` is null. */
  readonly reason: KpiAbsence | null;
};

export type ReportDay = {
  /** `YYYY-MM-DD` in the site's zone. */
  readonly day: string;
  readonly visitors: number;
  readonly clicks: number;
  readonly impressions: number;
  readonly conversions: number;
  readonly revenueMinor: number;
  /** Some of what was counted has no rate, and the revenue lacks it; absent in reports of before that was told. */
  readonly isRevenueForeign?: boolean;
  /** Null when no spend row covers the day; an explicit 0 is 0 (decisions 25). */
  readonly spendMinor: number | null;
};
