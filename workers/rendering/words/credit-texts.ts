import type { Model } from "#core/attribution/models.ts";
import type { ReportAttributionRow, ReportCredit } from "#core/report/report-tables.ts";

import { creditIntervalText, moneyIntervalText } from "./interval-text.ts";
import type { ReportVoice } from "./report-voice.ts";

export const VERDICT_SIGNS = { agree: "✓", disagree: "≠", too_few: "…" } as const;

/** Two for each model, conversions and revenue; the notes are their intervals. */
export type CreditTexts = { cells: string[]; notes: (string | null)[] };

export function creditTexts(
  credits: readonly ReportCredit[],
  models: readonly Model[],
  { formats }: ReportVoice,
): CreditTexts {
  const cells: string[] = [];
  const notes: (string | null)[] = [];
  for (const [index, { conversions, revenueMinor, ...intervals }] of credits.entries()) {
    const model = models[index];
    const write = model !== undefined && WHOLE.has(model) ? formats.credit : formats.fractionalCredit;
    cells.push(write(conversions), formats.money(revenueMinor));
    notes.push(
      creditIntervalText(intervals.conversionsInterval, formats),
      moneyIntervalText(intervals.revenueInterval, formats),
    );
  }
  return { cells, notes };
}

/** They give whole conversions only; the others' stand with two decimals, so that a column of them aligns. */
const WHOLE: ReadonlySet<Model> = new Set(["first", "last", "last_non_direct", "participation"]);

/** What a reader of the table must know to read it right. */
export function attributionLegend(rows: readonly ReportAttributionRow[], { words }: ReportVoice): string[] {
  const verdicts = new Set(rows.map((row) => row.verdict));
  const signs = (["agree", "disagree", "too_few"] as const)
    .filter((verdict) => verdicts.has(verdict))
    .map((verdict) => `${VERDICT_SIGNS[verdict]} ${words.verdicts[verdict]}`);
  const hasIntervals = rows.some(({ credits }) =>
    credits.some((credit) => credit.conversionsInterval !== null || credit.revenueInterval !== null),
  );
  return [
    ...(signs.length === 0 ? [] : [signs.join("   "), words.tables.judged]),
    ...(hasIntervals ? [words.tables.intervals] : []),
    ...(rows.some((row) => row.tooFew) ? [words.tables.tooFew] : []),
  ];
}
