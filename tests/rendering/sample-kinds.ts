import type { ReportDay, ReportModel } from "#core/report/report-model.ts";
import type { ReportCampaignRow, ReportFigures, ReportSiteRow } from "#core/report/report-tables.ts";

import {
  attributionOf,
  sampleAttributionRows,
  sampleReport,
  sumFigures,
  unattributedRow,
} from "./sample-report.ts";

/** For the party who paid: who it reached first, their colour, their footer. */
export function sponsorReport(changes: Partial<ReportModel> = {}): ReportModel {
  return sampleReport({
    kind: "sponsor",
    title: "Partnership report, autumn season",
    preparedFor: "Nordlicht Energy GmbH",
    campaignNames: ["Nordlicht podcast season 4", "Nordlicht newsletter", "Nordlicht autumn banner"],
    sections: ["kpis", "chart", "campaigns", "attribution", "journeys"],
    branding: {
      logoKey: null,
      accent: "#ffcc00",
      footer: "Aegean Coffee · Partner team · partners@aegean.example",
    },
    ...changes,
  });
}

/** What came back for the money, with margins, budgets and pay-back. */
export function roiReport(changes: Partial<ReportModel> = {}): ReportModel {
  const model = sampleReport();
  const rows = (model.campaigns?.rows ?? []).map((row, index): ReportCampaignRow => {
    const { revenueMinor, spendMinor, conversions } = row;
    const grossProfitMinor = Math.round(revenueMinor * 0.42);
    const isSpent = spendMinor !== null && spendMinor > 0;
    return {
      ...row,
      money: {
        grossProfitMinor,
        roiWithMargin: isSpent ? (grossProfitMinor - spendMinor) / spendMinor : null,
        breakEvenCpaMinor: conversions > 0 ? grossProfitMinor / conversions : null,
        paybackDays: isSpent ? 3 + index : null,
        budgetSpent: index === 1 ? null : 0.62 + index * 0.1,
        pace: index === 1 ? null : 0.94 + index * 0.04,
      },
    };
  });
  return sampleReport({
    kind: "roi",
    title: "Return on advertising in November",
    campaignNames: [],
    sections: ["kpis", "chart", "campaigns", "channels", "attribution"],
    branding: { logoKey: null, accent: "#4338ca", footer: null },
    campaigns: model.campaigns && { ...model.campaigns, rows },
    howComputed: { ...model.howComputed, marginPercent: 42, runId: "run_8Xq2mV" },
    ...changes,
  });
}

/** All sites of an account on two pages. */
export function executiveReport(changes: Partial<ReportModel> = {}): ReportModel {
  const base = sampleReport();
  const names = ["shop.example", "shop.example/de", "wholesale.example", "academy.example", "outlet.example"];
  const rows = names.map((name, index): ReportSiteRow => {
    const share = 0.5 / (index + 1);
    const totals = base.channels?.totals ?? sumFigures([]);
    const revenueMinor = Math.round(totals.revenueMinor * share * 2);
    return {
      name,
      visitors: Math.round(totals.visitors * share * 2),
      clicks: Math.round(totals.clicks * share),
      impressions: Math.round(totals.impressions * share),
      conversions: Math.round(totals.conversions * share * 2),
      revenueMinor: index === 4 ? 0 : revenueMinor,
      spendMinor: index === 3 ? null : Math.round((totals.spendMinor ?? 0) * share),
      previousRevenueMinor: index === 2 ? 0 : Math.round(revenueMinor * (0.8 + index * 0.15)),
      leftOutCurrency: index === 4 ? "CHF" : null,
    };
  });
  return sampleReport({
    kind: "executive-summary",
    title: "Marketing in November",
    preparedFor: "Board of directors",
    siteName: null,
    campaignNames: [],
    sections: ["kpis", "chart", "sites", "campaigns"],
    branding: { logoKey: null, accent: "#b91c1c", footer: null },
    sites: { rows, totals: sumFigures(rows) },
    campaigns: campaignsOf(24),
    howComputed: {
      ...base.howComputed,
      dataVersions: names.map((siteName, index) => ({ siteName, dataVersion: `d${184 + index}-s12-m7` })),
      notes: [
        { kind: "last_day_open" },
        { kind: "left_out", currency: "CHF", revenueMinor: 412_000, conversions: 9 },
        { kind: "other_zones", siteNames: ["wholesale.example"] },
      ],
    },
    ...changes,
  });
}

/** A campaign report whose tables go over many pages. */
export function longReport(rowCount: number): ReportModel {
  const model = sampleReport();
  const names = Array.from(
    { length: rowCount },
    (_, index) => `Campaign ${index + 1}: Żółta jesień, Ελλάδα, Весна`,
  );
  const rows = [...sampleAttributionRows(names), unattributedRow(14, 41_230)];
  return { ...model, campaigns: campaignsOf(rowCount), attribution: attributionOf(model, rows) };
}

export function campaignsOf(count: number): NonNullable<ReportModel["campaigns"]> {
  const channels = ["paid-search", "email", "podcast", "paid-social", "influencer"];
  const rows = Array.from({ length: count }, (_, index): ReportCampaignRow => {
    const conversions = Math.max(0, 96 - index * 3);
    const revenueMinor = conversions * 4_731 + index;
    return {
      kind: "group",
      name: `Campaign ${index + 1}`,
      channel: channels[index % channels.length] ?? "direct",
      visitors: 1_200 - index,
      clicks: 900 - index,
      impressions: 40_000 - index * 7,
      conversions,
      revenueMinor,
      spendMinor: index % 4 === 3 ? null : 90_000 - index * 120,
      conversionsInterval: conversions === 0 ? null : { low: conversions * 0.8, high: conversions * 1.2 },
      revenueInterval: conversions === 0 ? null : { low: revenueMinor * 0.8, high: revenueMinor * 1.2 },
      tooFew: conversions < 30,
      money: null,
    };
  });
  return { rows, totals: sumFigures(rows) };
}

/** Nothing happened. */
export function emptyReport(changes: Partial<ReportModel> = {}): ReportModel {
  const totals: ReportFigures = { ...sumFigures([]), spendMinor: null };
  const model = sampleReport();
  const day = ({ day: name }: ReportDay): ReportDay => ({ day: name, ...totals });
  return sampleReport({
    headline: { ...model.headline, ...totals, previousRevenueMinor: 0, roas: null, topChannel: null },
    kpis: model.kpis.map((kpi) => ({
      ...kpi,
      value: kpi.unit === "count" ? 0 : null,
      previous: null,
      reason: kpi.unit === "count" ? null : "no_spend",
    })),
    days: model.days.map(day),
    comparisonDays: null,
    comparison: null,
    channels: { rows: [], totals },
    campaigns: { rows: [], totals },
    attribution: attributionOf(model, []),
    journeys: {
      by: "channel",
      top: [],
      others: { ways: 0, conversions: 0, revenueMinor: 0 },
      lengths: [],
      medianLagMs: null,
      conversions: 0,
    },
    howComputed: {
      ...model.howComputed,
      unattributedShare: { conversions: null, revenue: null },
      rates: [],
      notes: [],
    },
    ...changes,
  });
}
