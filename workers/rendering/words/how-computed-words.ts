/** Terms of the last page, and what stands beside them. */
export type HowComputedWords = {
  readonly terms: {
    readonly [
      term in
        | "model"
        | "lookback"
        | "direct"
        | "days"
        | "currency"
        | "rates"
        | "unattributed"
        | "margin"
        | "intervals"
        | "dataVersion"
        | "run"
        | "ratios"
        | "note"
        | "characters"
    ]: string;
  };
  readonly model: (name: string, meaning: string) => string;
  readonly lookback: (days: number, written: string) => string;
  readonly days: (range: string, timeZone: string) => string;
  readonly currency: (code: string) => string;
  /** One rate of the list: "USD 0.9214 (2 Nov 2026)". */
  readonly rate: (currency: string, rate: string, days: string) => string;
  readonly rates: (list: string) => string;
  readonly noConversions: string;
  readonly unattributed: (conversions: string, revenue: string | null) => string;
  readonly margin: (percent: string) => string;
  readonly intervals: string;
  readonly dataVersion: (version: string, readAt: string) => string;
  /** Of one site among several: "shop.example: d184". */
  readonly siteVersion: (siteName: string, version: string) => string;
  readonly run: (id: string) => string;
  /** Of the ratios that the report shows, joined by the caller. */
  readonly ratios: {
    readonly [
      ratio in
        | "roas"
        | "roi"
        | "cpa"
        | "ctr"
        | "cvr"
        | "aov"
        | "roiWithMargin"
        | "grossProfit"
        | "breakEvenCpa"
        | "paybackDays"
    ]: string;
  };
  readonly withoutBase: (dash: string) => string;
  readonly characters: (list: string) => string;
  readonly andMore: (count: number) => string;
  readonly notes: NoteWords;
};

export type NoteWords = {
  readonly lastDayOpen: (day: string) => string;
  readonly asOf: (instant: string) => string;
  readonly converted: (currencies: string) => string;
  readonly leftOut: (amount: string, conversions: string) => string;
  readonly otherZones: (siteNames: string) => string;
  readonly noDailyCredit: string;
  readonly visitorsEstimated: (margin: string) => string;
};
