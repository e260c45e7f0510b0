import { writeXlsxStream } from "hucre/xlsx";

import type { ReportModel } from "#core/report/report-model.ts";
import type { ReportCampaignRow, ReportInterval } from "#core/report/report-tables.ts";
import { cpa, roas, roi } from "#core/roi/ratios.ts";

const HEADERS =
  "Campaign Channel Visitors Clicks Impressions Conversions Revenue Spend ROAS ROI CPA Low High Low2 High2 Note".split(
    " ",
  );
const FORMATS: Readonly<Record<string, string>> = { Revenue: "#,##0.00", Spend: "#,##0.00", CPA: "#,##0.00" };

/** The same cells by the library alone: one sheet, one style a column, nothing checked. */
export async function bareWorkbook({ campaigns }: ReportModel): Promise<Uint8Array> {
  const columns = HEADERS.map((header) => ({ header, width: 14, numFmt: FORMATS[header] ?? "#,##0" }));
  const stream = writeXlsxStream(rowsOf(campaigns?.rows ?? []), {
    name: "Campaigns",
    columns,
    freezePane: { rows: 1 },
  });
  return new Uint8Array(await new Response(stream).arrayBuffer());
}

function* rowsOf(rows: readonly ReportCampaignRow[]) {
  for (const row of rows) {
    const figures = { ...row, isSpendForeign: false, isRevenueForeign: false };
    yield [
      row.name,
      row.channel,
      row.visitors,
      row.clicks,
      row.impressions,
      row.conversions,
      row.revenueMinor / 100,
      row.spendMinor === null ? null : row.spendMinor / 100,
      roas(figures).value,
      roi(figures).value,
      cpa(figures).value,
      ...endsOf(row.conversionsInterval),
      ...endsOf(row.revenueInterval),
      row.tooFew ? "too few" : null,
    ];
  }
}

function endsOf(interval: ReportInterval | null): (number | null)[] {
  return interval === null ? [null, null] : [interval.low, interval.high];
}
