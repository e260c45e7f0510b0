import type {
  ReportAttributionRow,
  ReportChannelFigures,
  ReportChannelRow,
  ReportCredits,
  ReportDay,
  ReportKpi,
  ReportModel,
} from "#core/report/report-model.ts";

const MS_PER_DAY = 86_400_000;

/** A believable month of one campaign: every total equals the sum of its rows. */
export function sampleReport(changes: Partial<ReportModel> = {}): ReportModel {
  const days = sampleDays("2026-11-01", 30, 7);
  const comparisonDays = sampleDays("2026-10-02", 30, 11);
  const channels = CHANNELS.map((channel, index) => channelRow(channel, days, index));
  const totals = sumFigures(channels);
  const rows = sampleAttributionRows([
    "Spring launch",
    "Frühling Łódź",
    "Ανοιξιάτικη προσφορά",
    "Весенняя распродажа",
  ]);
  const unattributed = credits(14, 41_230);
  return {
    version: 1,
    kind: "campaign-performance",
    title: "Spring launch in November",
    preparedFor: "Aegean Coffee Roasters",
    siteName: "shop.example",
    campaignName: "Spring launch",
    range: { from: "2026-11-01", to: "2026-11-30", timeZone: "Europe/Berlin" },
    comparison: { from: "2026-10-02", to: "2026-10-31", timeZone: "Europe/Berlin" },
    generatedAt: "2026-12-03T08:12:45.000Z",
    currency: "EUR",
    headline: {
      revenueMinor: totals.revenueMinor,
      previousRevenueMinor: 1_098_200,
      conversions: totals.conversions,
      visitors: totals.visitors,
      spendMinor: totals.spendMinor,
      roas: totals.revenueMinor / (totals.spendMinor ?? 1),
      topChannel: { label: "Paid Search", share: 0.41, of: "revenue" },
    },
    kpis: sampleKpis(totals),
    days,
    comparisonDays,
    channels: { rows: channels, totals },
    attribution: {
      by: "campaign",
      lookbackDays: 30,
      models: ["first", "last", "linear"],
      rows,
      unattributed,
      totals: sumCredits([...rows.map((row) => row.credits), unattributed]),
    },
    howComputed: {
      model: "last",
      lookbackDays: 30,
      directRule: "keep",
      currency: "EUR",
      dataVersion: "d184-s12-m7",
      unattributedShare: { conversions: 0.045, revenue: 0.033 },
      notes: ["30 November was not over when the report was made."],
    },
    ...changes,
  };
}

const CHANNELS = [
  ["paid-search", "Paid Search", 0.41],
  ["email", "E-mail", 0.22],
  ["organic-search", "Organic Search", 0.16],
  ["paid-social", "Paid Social", 0.11],
  ["podcast", "Podcast", 0.07],
  ["direct", "Direct", 0.03],
] as const;

/** Repeatable "random" days with a weekly rhythm. */
export function sampleDays(from: string, count: number, seed: number): ReportDay[] {
  let state = seed;
  const next = (): number => {
    state = (state * 48_271) % 2_147_483_647;
    return state / 2_147_483_647;
  };
  for (let warmUp = 0; warmUp < 5; warmUp += 1) next();
  return Array.from({ length: count }, (_, index) => {
    const weekend = index % 7 > 4 ? 0.55 : 1;
    const visitors = Math.round((180 + 160 * next() + index * 3) * weekend);
    const conversions = Math.round(visitors * (0.025 + 0.025 * next()));
    return {
      day: new Date(Date.parse(from) + index * MS_PER_DAY).toISOString().slice(0, 10),
      visitors,
      clicks: Math.round(visitors * 0.7),
      impressions: visitors * 41,
      conversions,
      revenueMinor: conversions * (3_200 + Math.round(2_400 * next())),
      spendMinor: index % 10 === 9 ? null : 13_000 + Math.round(2_000 * next()),
    };
  });
}

function channelRow(
  [channel, label, share]: (typeof CHANNELS)[number],
  days: readonly ReportDay[],
  index: number,
): ReportChannelRow {
  const part = (pick: (day: ReportDay) => number): number =>
    Math.round(days.reduce((sum, day) => sum + pick(day), 0) * share);
  return {
    channel,
    label,
    visitors: part((day) => day.visitors),
    clicks: part((day) => day.clicks),
    impressions: part((day) => day.impressions),
    conversions: part((day) => day.conversions),
    revenueMinor: part((day) => day.revenueMinor),
    spendMinor: index % 3 === 2 ? null : part((day) => day.spendMinor ?? 0),
  };
}

export function sumFigures(rows: readonly ReportChannelFigures[]): ReportChannelFigures {
  const sum = (pick: (row: ReportChannelFigures) => number): number =>
    rows.reduce((total, row) => total + pick(row), 0);
  return {
    visitors: sum((row) => row.visitors),
    clicks: sum((row) => row.clicks),
    impressions: sum((row) => row.impressions),
    conversions: sum((row) => row.conversions),
    revenueMinor: sum((row) => row.revenueMinor),
    spendMinor: sum((row) => row.spendMinor ?? 0),
  };
}

function sampleKpis(totals: ReportChannelFigures): ReportKpi[] {
  const { revenueMinor, conversions, visitors, clicks, impressions } = totals;
  const spend = totals.spendMinor ?? 0;
  return [
    kpi("revenue", "Revenue", { value: revenueMinor, unit: "money", previous: 1_098_200 }),
    kpi("spend", "Spend", { value: spend, unit: "money", previous: 295_000 }),
    kpi("roas", "ROAS", { value: revenueMinor / spend, unit: "ratio", previous: 3.31 }),
    kpi("roi", "ROI", { value: (revenueMinor - spend) / spend, unit: "percent", previous: 2.31 }),
    kpi("conversions", "Conversions", { value: conversions, unit: "count", previous: 288 }),
    kpi("cpa", "CPA", { value: spend / conversions, unit: "money", previous: 1_071 }),
    kpi("visitors", "Visitors", { value: visitors, unit: "count", previous: 6_420 }),
    kpi("cvr", "Conversion rate", { value: conversions / visitors, unit: "percent", previous: 0.0449 }),
    kpi("impressions", "Impressions", { value: impressions, unit: "count", previous: 255_900 }),
    kpi("clicks", "Clicks", { value: clicks, unit: "count", previous: 4_700 }),
    kpi("ctr", "Click-through rate", { value: clicks / impressions, unit: "percent", previous: 0.0184 }),
    kpi("aov", "Average order", { value: revenueMinor / conversions, unit: "money", previous: 3_813 }),
  ];
}

function kpi(
  key: ReportKpi["key"],
  label: string,
  facts: Pick<ReportKpi, "value" | "unit" | "previous">,
): ReportKpi {
  return { key, label, ...facts, reason: null };
}

export function sampleAttributionRows(labels: readonly string[]): ReportAttributionRow[] {
  return labels.map((label, index) => ({
    key: `cmp_${index}`,
    label,
    credits: {
      first: { conversions: 90 - index, revenueMinor: 331_225 + index * 7 },
      last: { conversions: 88 + index, revenueMinor: 351_009 - index * 13 },
      linear: { conversions: 89 + 1 / (index + 3), revenueMinor: 341_117 + index },
    },
  }));
}

function credits(conversions: number, revenueMinor: number): ReportCredits {
  const same = { conversions, revenueMinor };
  return { first: same, last: same, linear: same };
}

export function sumCredits(all: readonly ReportCredits[]): ReportCredits {
  const sum = (model: keyof ReportCredits) => ({
    conversions: all.reduce((total, credit) => total + credit[model].conversions, 0),
    revenueMinor: all.reduce((total, credit) => total + credit[model].revenueMinor, 0),
  });
  return { first: sum("first"), last: sum("last"), linear: sum("linear") };
}
