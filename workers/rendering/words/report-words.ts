import type { Model } from "#core/attribution/models.ts";
import type { Channel } from "#core/channels/channel.ts";
import type { ReportHowComputed } from "#core/report/report-basis.ts";
import type {
  KpiAbsence,
  ReportKind,
  ReportKpiKey,
  ReportLanguage,
  ReportSection,
} from "#core/report/report-model.ts";
import type { ReportAttributionRow, ReportRowKind } from "#core/report/report-tables.ts";

import type { HeadlineWords } from "./headline-words.ts";
import type { HowComputedWords } from "./how-computed-words.ts";
import type { MailWords } from "./mail-words.ts";

/**
 * Everything a report says in one language, for every format. Figures, names and days come in already written. What a
 * type asks for, each language has: a missing sentence does not compile.
 */
export type ReportWords = {
  readonly language: ReportLanguage;
  readonly kinds: { readonly [kind in ReportKind]: string };
  readonly sections: { readonly [section in ReportSection | "summary" | "howComputed"]: SectionWords };
  readonly kpis: { readonly [key in ReportKpiKey]: string };
  /** Why a KPI has no value, and what to do. */
  readonly absence: { readonly [reason in KpiAbsence]: string };
  readonly change: ChangeWords;
  readonly headline: HeadlineWords;
  readonly channels: { readonly [channel in Channel]: string };
  readonly models: { readonly [model in Model]: ModelWords };
  /** What stands in the place of a name. `none`: contacts of no campaign. */
  readonly rows: { readonly [kind in Exclude<ReportRowKind, "group">]: string } & { readonly total: string };
  readonly columns: ColumnWords;
  readonly verdicts: { readonly [verdict in NonNullable<ReportAttributionRow["verdict"]>]: string };
  readonly tables: TableWords;
  readonly chart: ChartWords;
  readonly journeys: JourneyWords;
  readonly howComputed: HowComputedWords;
  readonly directRules: { readonly [rule in ReportHowComputed["directRule"]]: string };
  readonly page: PageWords;
  readonly mail: MailWords;
};

/** A heading, and the line under it that says what there is to see. */
export type SectionWords = { readonly title: string; readonly note: string };

/** `meaning` goes on after a colon. */
export type ModelWords = { readonly name: string; readonly meaning: string };

export type ChangeWords = {
  /** "up 12%". */
  readonly up: (size: string) => string;
  readonly down: (size: string) => string;
  readonly none: string;
  /** "€2.50 from zero", as a size. */
  readonly fromZero: (amount: string) => string;
  /** "€2.50 from −€1.00", as a size. */
  readonly from: (amount: string, before: string) => string;
  /** "3.2 points", as a size. */
  readonly points: (number: string) => string;
  /** "14.2×", as a size. */
  readonly times: (number: string) => string;
  readonly days: (count: number, written: string) => string;
  /** There is a comparison, but it has no value. */
  readonly noBase: string;
  readonly comparedWith: (range: string) => string;
};

export type ColumnWords = {
  readonly [
    column in
      | "site"
      | "channel"
      | "campaign"
      | "day"
      | "impressions"
      | "clicks"
      | "visitors"
      | "conversions"
      | "revenue"
      | "spend"
      | "roas"
      | "roi"
      | "cpa"
      | "ctr"
      | "cvr"
      | "grossProfit"
      | "roiWithMargin"
      | "breakEvenCpa"
      | "paybackDays"
      | "budgetSpent"
      | "pace"
      | "change"
      | "verdict"
      | "journey"
      | "share"
      | "touchpoints"
      | "figure"
      | "value"
      | "previous"
      | "low"
      | "high"
      | "model"
      | "lookback"
      | "currency"
      | "from"
      | "to"
      | "rate"
      | "term"
      | "text"
  ]: string;
};

export type TableWords = {
  readonly noVisitors: string;
  readonly noCampaigns: string;
  readonly noSites: string;
  readonly noConversions: string;
  /** Under a table: figures too weak to decide by are pale. */
  readonly tooFew: string;
  /** Under a table of credit: which models its signs are about, and which figures. */
  readonly judged: string;
  /** Under a table: what the smaller figures are. */
  readonly intervals: string;
  /** Of an ROI report: what came back for each campaign's money. */
  readonly money: SectionWords;
  /** Over a table of credit. */
  readonly sharedOut: (modelCount: number, lookback: string) => string;
  /** A further block of models of the same table: "Attribution by campaign (2 of 3)". */
  readonly partOf: (title: string, part: number, parts: number) => string;
  readonly attributionBy: { readonly campaign: string; readonly channel: string };
  /** Of a site whose money is in no figure: "in CHF, no rate". */
  readonly leftOut: (currency: string) => string;
  readonly andMore: (count: number, written: string) => string;
};

export type ChartWords = {
  readonly zone: (timeZone: string) => string;
  readonly bestDay: (day: string, revenue: string) => string;
  readonly noRevenue: string;
  readonly noConversions: string;
  readonly cumulated: string;
};

export type JourneyWords = {
  /** Why there may be more conversions than credited ones, where the journeys are those of the report's campaigns. */
  readonly ofCampaigns: string;
  /** Over their number, where no note stands above the table. */
  readonly withTheirPart: string;
  readonly title: string;
  /** Beside the title of the lengths. */
  readonly lengths: string;
  readonly touchpoints: (min: number, max: number | null) => string;
  readonly otherWays: (ways: number, written: string) => string;
  readonly shortened: string;
  readonly medianLag: (lag: string) => string;
  readonly minutes: (count: number, written: string) => string;
  readonly hours: (count: number, written: string) => string;
  readonly days: (count: number, written: string) => string;
  readonly lessThanAMinute: string;
};

export type PageWords = {
  readonly preparedFor: (name: string) => string;
  readonly of: (page: number, pages: number) => string;
  readonly madeAt: (instant: string) => string;
  readonly allSites: string;
};
