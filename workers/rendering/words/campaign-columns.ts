import type { ReportKind } from "#core/report/report-model.ts";
import type { ReportCampaignRow } from "#core/report/report-tables.ts";

import type { FigureColumn } from "./figure-cells.ts";
import { creditIntervalText, moneyIntervalText } from "./interval-text.ts";
import type { ReportVoice } from "./report-voice.ts";

/** Money first; whoever paid for it asks first whom it reached. */
export const CAMPAIGN_COLUMNS: { readonly [kind in ReportKind]: readonly FigureColumn[] } = {
  "campaign-performance": ["spend", "revenue", "roas", "roi", "conversions", "cpa"],
  sponsor: ["impressions", "clicks", "visitors", "conversions", "revenue", "spend", "roas"],
  roi: ["spend", "revenue", "roas", "roi", "conversions", "cpa"],
  "executive-summary": ["spend", "revenue", "roas", "conversions"],
};

/** What was spent is known; what came of it may stand on too few conversions. */
export function isEarnedColumn(column: FigureColumn): boolean {
  return ["conversions", "revenue", "roas", "roi", "cpa"].includes(column);
}

/** The interval of what a campaign earned; null for what is known exactly. */
export function campaignIntervalText(
  row: ReportCampaignRow,
  column: FigureColumn,
  { formats }: ReportVoice,
): string | null {
  if (column === "conversions") return creditIntervalText(row.conversionsInterval, formats);
  return column === "revenue" ? moneyIntervalText(row.revenueInterval, formats) : null;
}

/** What a reader of the table must know to read it right. */
export function campaignLegend(rows: readonly ReportCampaignRow[], { words }: ReportVoice): string[] {
  const hasIntervals = rows.some((row) => row.conversionsInterval !== null || row.revenueInterval !== null);
  return [
    ...(hasIntervals ? [words.tables.intervals] : []),
    ...(rows.some((row) => row.tooFew) ? [words.tables.tooFew] : []),
  ];
}
