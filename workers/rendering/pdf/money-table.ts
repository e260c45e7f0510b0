import type { ReportCampaignMoney, ReportCampaignRow } from "#core/report/report-tables.ts";
import { NO_VALUE } from "#rendering/format/report-formats.ts";
import { campaignRowName } from "#rendering/words/names.ts";
import type { ReportVoice } from "#rendering/words/report-voice.ts";
import type { ReportWords } from "#rendering/words/report-words.ts";

import { openSection } from "./sheet.ts";
import type { Sheet } from "./sheet.ts";
import { drawTable, tableStartHeight } from "./table.ts";
import type { TableRow } from "./table-parts.ts";
import { channelColor } from "./theme.ts";

type MoneyColumn = {
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

/** Of an ROI report: what is left of each campaign's revenue, when it was paid back, and how its budget goes. */
export function drawMoneyTable(sheet: Sheet, rows: readonly ReportCampaignRow[]): void {
  const { voice } = sheet;
  const { words } = voice;
  const known = rows.flatMap((row) => (row.money === null ? [] : [{ row, money: row.money }]));
  // What no campaign has is no column: nobody set margins or budgets.
  const columns = COLUMNS.filter(({ value }) => known.some(({ money }) => value(money) !== null));
  if (columns.length === 0) return;
  const drawn = known.map(({ row, money }): TableRow => {
    const cells = columns.map(({ value, write }) => {
      const figure = value(money);
      return figure === null ? NO_VALUE : write(figure, voice);
    });
    const name = campaignRowName(row, words);
    return { cells: [name, ...cells], ...(row.channel === null ? {} : { dot: channelColor(row.channel) }) };
  });
  openSection(sheet, { ...words.tables.money, keep: tableStartHeight(sheet, drawn) });
  drawTable(sheet, {
    columns: [
      { header: words.columns.campaign, align: "left" },
      ...columns.map(({ header }) => ({ header: words.columns[header], align: "right" }) as const),
    ],
    rows: drawn,
    totals: null,
    emptyText: words.tables.noCampaigns,
  });
}
