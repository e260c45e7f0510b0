import type { ReportModel } from "#core/report/report-model.ts";
import type { ReportCampaignRow } from "#core/report/report-tables.ts";

import { sampleReport, sumFigures } from "./sample-report.ts";

/** A report of nothing but so many campaigns, each with a name of its own. */
export function manyCampaigns(count: number): ReportModel {
  const rows = Array.from({ length: count }, (_, index) => campaign(index));
  return { ...sampleReport(), sections: ["campaigns"], campaigns: { rows, totals: sumFigures(rows) } };
}

function campaign(index: number): ReportCampaignRow {
  const conversions = (index * 7) % 211;
  const revenueMinor = conversions * (3_199 + (index % 97));
  return {
    kind: "group",
    name: `Campaign number ${index} of the season`,
    channel: index % 3 === 0 ? "paid-search" : "email",
    visitors: conversions * 23,
    clicks: conversions * 17,
    impressions: conversions * 911,
    conversions,
    revenueMinor,
    spendMinor: index % 11 === 0 ? null : conversions * 781,
    conversionsInterval: { low: conversions * 0.8, high: conversions * 1.2 },
    revenueInterval: { low: Math.round(revenueMinor * 0.8), high: Math.round(revenueMinor * 1.2) },
    tooFew: conversions < 30,
    money: null,
  };
}
