import type { ReportCampaignMoney } from "#core/report/report-tables.ts";
import { NO_VALUE } from "#rendering/format/report-formats.ts";

import type { ReportVoice } from "./report-voice.ts";
import type { ReportWords } from "./report-words.ts";

export type MoneyColumn = {
  header: keyof ReportWords["columns"];
  value: (money: ReportCampaignMoney) => number | null;
  write: (value: number, voice: ReportVoice) => string;
};

const COLUMNS: readonly MoneyColumn[] = [
  {
    header: "grossProfit",
    value: (money) => money.grossProfitMinor,
    write: (value, { formats }) => formats.money(value),
  },
  {
    header: "roiWithMargin",
    value: (money) => money.roiWithMargin,
    write: (value, { formats }) => formats.percent(value),
  },
  {
    header: "breakEvenCpa",
    value: (money) => money.breakEvenCpaMinor,
    write: (value, { formats }) => formats.money(value),
  },
  {
    header: "paybackDays",
    value: (money) => money.paybackDays,
    write: (value, { words, formats }) => words.change.days(value, formats.count(value)),
  },
  {
    header: "budgetSpent",
    value: (money) => money.budgetSpent,
    write: (value, { formats }) => formats.wholePercent(value),
  },
  {
    header: "pace",
    value: (money) => money.pace,
    write: (value, { formats }) => formats.fractionalCredit(value),
  },
];

/** What no campaign has is no column: nobody set margins or budgets. */
export function moneyColumnsOf(known: readonly ReportCampaignMoney[]): MoneyColumn[] {
  return COLUMNS.filter(({ value }) => known.some((money) => value(money) !== null));
}

export function moneyCells(
  money: ReportCampaignMoney,
  columns: readonly MoneyColumn[],
  voice: ReportVoice,
): string[] {
  return columns.map(({ value, write }) => {
    const figure = value(money);
    return figure === null ? NO_VALUE : write(figure, voice);
  });
}
