import type { Model } from "#core/attribution/models.ts";

/** How the figures came about: a page of its own in every report. */
export type ReportHowComputed = {
  /** The model the KPIs, the chart and the tables use. */
  readonly model: Model;
  readonly lookbackDays: number;
  readonly directRule: "keep" | "exclude_unless_only";
  readonly currency: string;
  /** Rates that amounts were converted with: units of the report's currency for one of the other. */
  readonly rates: readonly ReportRate[];
  /** Versions of the data the report was made from, as decisions 22 say: of one site, or of each site of the account. */
  readonly dataVersions: readonly { readonly siteName: string; readonly dataVersion: string }[];
  /** The attribution run that keeps the credit behind it; null: none. */
  readonly runId: string | null;
  /** Share of conversions and of revenue without an eligible touchpoint, 0..1; null without a base. */
  readonly unattributedShare: { readonly conversions: number | null; readonly revenue: number | null };
  readonly marginPercent: number | null;
  readonly notes: readonly ReportNote[];
};

/** A rate of one day, or of several where it stayed the same. */
export type ReportRate = {
  readonly from: string;
  readonly to: string;
  readonly currency: string;
  /** Decimal. */
  readonly rate: string;
};

/** What a reader must know to read the figures right; the renderers say it in words. */
export type ReportNote =
  | { readonly kind: "last_day_open" }
  /** ISO instant. */
  | { readonly kind: "as_of"; readonly at: string }
  | { readonly kind: "converted"; readonly currencies: readonly string[] }
  | {
      readonly kind: "left_out";
      readonly currency: string;
      readonly revenueMinor: number;
      readonly conversions: number;
    }
  /** Sites of the account that have another zone: their days are their own. */
  | { readonly kind: "other_zones"; readonly siteNames: readonly string[] }
  /** The model shares out the range as a whole: of single campaigns it says nothing day by day or by channel. */
  | { readonly kind: "no_daily_credit" }
  /** A sentence of a report that was made before notes had kinds. */
  | { readonly kind: "text"; readonly text: string }
  /** Visitors over several days are counted from sketches. */
  | { readonly kind: "visitors_estimated"; readonly margin: number };
