import type { ReportAttributionModel, ReportCredits } from "#core/report/report-model.ts";
import type { ReportFormats } from "#rendering/format/report-formats.ts";
import { MODEL_WORDS } from "#rendering/words/model-words.ts";

import { openSection } from "./sheet.ts";
import type { Sheet } from "./sheet.ts";
import { drawTable, tableStartHeight } from "./table.ts";
import { channelColor } from "./theme.ts";

/** The same conversions, shared out by each model side by side. */
export function drawAttributionTable(sheet: Sheet): void {
  const { model, formats } = sheet;
  const { by, lookbackDays, models, rows, unattributed, totals } = model.attribution;
  const noun = by === "campaign" ? "Campaign" : "Channel";
  openSection(sheet, {
    title: `Attribution by ${by}`,
    note: `The same conversions, shared out by ${models.length} models. Lookback ${lookbackDays} days; every column adds up to the total.`,
    keep: tableStartHeight(rows.length + 1),
  });
  const cells = (credits: ReportCredits): string[] => creditCells(credits, models, formats);
  drawTable(sheet, {
    columns: [
      { header: noun, align: "left" },
      ...models.flatMap(() => [
        { header: "Conversions", align: "right" } as const,
        { header: "Revenue", align: "right" } as const,
      ]),
    ],
    groups: models.map((name) => ({ label: MODEL_WORDS[name], span: 2 })),
    rows: [
      ...rows.map((row) => ({
        cells: [row.label, ...cells(row.credits)],
        ...(by === "channel" ? { dot: channelColor(row.key) } : {}),
      })),
      { cells: ["(unattributed)", ...cells(unattributed)], isMuted: true },
    ],
    totals: ["Total", ...cells(totals)],
    emptyText: "No conversions in these days.",
  });
}

function creditCells(
  credits: ReportCredits,
  models: readonly ReportAttributionModel[],
  formats: ReportFormats,
): string[] {
  return models.flatMap((name) => [
    (name === "linear" ? formats.fractionalCredit : formats.credit)(credits[name].conversions),
    formats.money(credits[name].revenueMinor),
  ]);
}
