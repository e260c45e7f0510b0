import type { Model } from "#core/attribution/models.ts";

/** The ends of a 95 % interval. */
export type ReportInterval = { readonly low: number; readonly high: number };

/** What a row of a table counts. */
export type ReportFigures = {
  readonly visitors: number;
  readonly clicks: number;
  readonly impressions: number;
  /** May be a fraction, where credit is shared. */
  readonly conversions: number;
  readonly revenueMinor: number;
  /** Some of what was counted has no rate, and the revenue lacks it; absent in reports of before that was told. */
  readonly isRevenueForeign?: boolean;
  /** Null when no spend row says it. */
  readonly spendMinor: number | null;
};

/** What a row is about: a group of its own, all that are not named, contacts of no group, or what no touchpoint earned. */
export type ReportRowKind = "group" | "others" | "none" | "unattributed";

export type ReportChannelRow = ReportFigures & {
  readonly kind: Extract<ReportRowKind, "group" | "unattributed">;
  /** The channel's code, which also chooses its words and its colour. */
  readonly channel: string;
};

export type ReportChannels = {
  readonly rows: readonly ReportChannelRow[];
  /** Visitors of the total are distinct over all channels, so they may be fewer than the rows' sum. */
  readonly totals: ReportFigures;
};

/** Spend first: a campaign that cost money stays, also without conversions. */
export type ReportCampaignRow = ReportFigures & {
  readonly kind: ReportRowKind;
  /** Its name; '' for the other kinds. */
  readonly name: string;
  /** The channel's code; null for the other kinds. */
  readonly channel: string | null;
  readonly conversionsInterval: ReportInterval | null;
  readonly revenueInterval: ReportInterval | null;
  /** Fewer than 30 converting journeys. */
  readonly tooFew: boolean;
  /** What came back for its money, in an ROI report; null elsewhere, and of rows that are no campaign of their own. */
  readonly money: ReportCampaignMoney | null;
};

/** Each is null where it has no base: no margin, no spend, no budget, not paid back. */
export type ReportCampaignMoney = {
  readonly grossProfitMinor: number | null;
  /** (gross profit − spend) ÷ spend. */
  readonly roiWithMargin: number | null;
  readonly breakEvenCpaMinor: number | null;
  readonly paybackDays: number | null;
  /** Spend of its flight ÷ budget, up to the day of the report or the range's last. */
  readonly budgetSpent: number | null;
  /** The same ÷ the share of the flight that has elapsed: 1 is on pace. */
  readonly pace: number | null;
};

export type ReportCampaigns = {
  readonly rows: readonly ReportCampaignRow[];
  readonly totals: ReportFigures;
};

/** Of an account: its sites, each in the report's currency. */
export type ReportSiteRow = ReportFigures & {
  readonly name: string;
  /** The revenue of the comparison range; null without one. */
  readonly previousRevenueMinor: number | null;
  /** The currency of the site, where it is another one than the report's and there is no rate: its money is in no figure. */
  readonly leftOutCurrency: string | null;
};

/** Visitors of two sites are two: they are added up. */
export type ReportSites = { readonly rows: readonly ReportSiteRow[]; readonly totals: ReportFigures };

/** Conversions may be fractions; revenue is split to the minor unit. */
export type ReportCredit = {
  readonly conversions: number;
  readonly revenueMinor: number;
  readonly conversionsInterval: ReportInterval | null;
  readonly revenueInterval: ReportInterval | null;
};

export type ReportAttributionRow = {
  readonly kind: ReportRowKind;
  /** A channel's code or a campaign's public id; '' for the other kinds. */
  readonly key: string;
  /** '' for channels and the other kinds, which the renderers name. */
  readonly name: string;
  /** The n-th is of the n-th model. */
  readonly credits: readonly ReportCredit[];
  readonly tooFew: boolean;
  /** Whether another model would change a decision; null where no two models share out one total. */
  readonly verdict: "agree" | "disagree" | "too_few" | null;
};

export type ReportAttribution = {
  readonly by: "campaign" | "channel";
  readonly lookbackDays: number;
  /** In the order of the table's column groups. */
  readonly models: readonly Model[];
  /** Conversions without an eligible touchpoint are a row too, and part of the totals. */
  readonly rows: readonly ReportAttributionRow[];
  /** The n-th is of the n-th model: the sum of its column. */
  readonly totals: readonly ReportCredit[];
};
