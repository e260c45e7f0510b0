import type { MissingBase } from "#core/roi/ratios.ts";

/**
 * Everything a report says, as plain data: one model feeds PDF, CSV and mail, so that no two formats can differ.
 * It is made once, from one data version, and stored; rendering it again gives the same figures (decisions 23).
 * Money is whole minor units of `currency`. It holds no visitor ids.
 */
export type ReportModel = {
  /** Raised when a stored model could no longer be read by the renderers. */
  readonly version: 1;
  readonly kind: ReportKind;
  readonly title: string;
  /** Whom the report is for, as it shall stand on the cover; null leaves the line out. */
  readonly preparedFor: string | null;
  readonly siteName: string;
  /** Null when the report covers the whole site. */
  readonly campaignName: string | null;
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
  readonly channels: ReportChannels;
  readonly attribution: ReportAttribution;
  readonly howComputed: ReportHowComputed;
};

export type ReportKind = "campaign-performance";

/** Closed days `YYYY-MM-DD` of the site's IANA zone. */
export type ReportRange = { readonly from: string; readonly to: string; readonly timeZone: string };

/** The facts of the summary sentence. */
export type ReportHeadline = {
  readonly revenueMinor: number;
  readonly previousRevenueMinor: number | null;
  readonly conversions: number;
  readonly visitors: number;
  readonly spendMinor: number | null;
  /** Revenue ÷ spend; null without spend. */
  readonly roas: number | null;
  /** The channel with the most revenue (conversions if there is no revenue), and its share of it, 0..1. */
  readonly topChannel: {
    readonly label: string;
    readonly share: number;
    readonly of: "revenue" | "conversions";
  } | null;
};

export type ReportKpiKey =
  | "revenue"
  | "spend"
  | "roas"
  | "roi"
  | "conversions"
  | "cpa"
  | "visitors"
  | "clicks"
  | "impressions"
  | "ctr"
  | "cvr"
  | "aov";

/** count: a number of things; money: minor units; ratio: 2.4 is read "2.40×"; percent: 0.031 is read "3.1 %". */
export type ReportUnit = "count" | "money" | "ratio" | "percent";

/** Why a KPI has no value; the renderers say it in words, with what to do. */
export type KpiAbsence = MissingBase | "no_data";

export type ReportKpi = {
  readonly key: ReportKpiKey;
  readonly label: string;
  readonly value: number | null;
  readonly unit: ReportUnit;
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
  /** Null when no spend row covers the day; an explicit 0 is 0 (decisions 25). */
  readonly spendMinor: number | null;
};

export type ReportChannelFigures = {
  readonly visitors: number;
  readonly clicks: number;
  readonly impressions: number;
  readonly conversions: number;
  readonly revenueMinor: number;
  readonly spendMinor: number | null;
};

export type ReportChannelRow = ReportChannelFigures & {
  /** The channel's code, which also chooses its colour. */
  readonly channel: string;
  readonly label: string;
};

export type ReportChannels = {
  readonly rows: readonly ReportChannelRow[];
  /** Visitors of the total are distinct over all channels, so they may be fewer than the rows' sum. */
  readonly totals: ReportChannelFigures;
};

export type ReportAttributionModel = "first" | "last" | "linear";

/** Conversions may be fractions (linear); revenue is split to the minor unit. */
export type ReportCredit = { readonly conversions: number; readonly revenueMinor: number };

export type ReportCredits = { readonly [model in ReportAttributionModel]: ReportCredit };

export type ReportAttributionRow = {
  readonly key: string;
  readonly label: string;
  readonly credits: ReportCredits;
};

export type ReportAttribution = {
  readonly by: "campaign" | "channel";
  readonly lookbackDays: number;
  /** In the order of the table's column groups. */
  readonly models: readonly ReportAttributionModel[];
  readonly rows: readonly ReportAttributionRow[];
  /** Conversions without an eligible touchpoint: shown, and part of the totals. */
  readonly unattributed: ReportCredits;
  /** Rows plus unattributed. */
  readonly totals: ReportCredits;
};

export type ReportHowComputed = {
  /** The model the KPIs, the chart and the channel table use. */
  readonly model: ReportAttributionModel;
  readonly lookbackDays: number;
  readonly directRule: "keep" | "exclude_unless_only";
  readonly currency: string;
  /** Version of the data the report was made from, as decisions 22 say. */
  readonly dataVersion: string;
  /** Share of conversions and of revenue without an eligible touchpoint, 0..1; null without a base. */
  readonly unattributedShare: { readonly conversions: number | null; readonly revenue: number | null };
  /** Sentences: days not complete, exchange rates used, rounding. */
  readonly notes: readonly string[];
};
