import type { ReportDay, ReportKpi, ReportModel } from "#core/report/report-model.ts";
import type {
  ReportAttributionRow,
  ReportCampaignRow,
  ReportChannelRow,
  ReportCredit,
  ReportFigures,
} from "#core/report/report-tables.ts";

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
  const named = [...rows, unattributedRow(14, 41_230)];
  return {
    version: 2,
    kind: "campaign-performance",
    language: "en",
    locale: "en-GB",
    title: "Spring launch in November",
    preparedFor: "Aegean Coffee Roasters",
    branding: { logoKey: null, accent: null, footer: null },
    accountName: "Aegean Coffee",
    siteName: "shop.example",
    campaignNames: ["Spring launch"],
    sections: ["kpis", "chart", "channels", "campaigns", "attribution", "journeys"],
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
      topChannel: { channel: "paid-search", share: 0.41, of: "revenue" },
    },
    kpis: sampleKpis(totals),
    days,
    comparisonDays,
    sites: null,
    channels: { rows: channels, totals },
    campaigns: { rows: channels.map(campaignRow), totals },
    attribution: {
      by: "campaign",
      lookbackDays: 30,
      models: ["first", "last", "linear"],
      rows: named,
      totals: sumCredits(named),
    },
    journeys: {
      by: "channel",
      top: [
        {
          path: [step("paid-search"), step("email")],
          isShortened: false,
          conversions: 61,
          revenueMinor: 240_100,
        },
        { path: [step("direct")], isShortened: false, conversions: 44, revenueMinor: 171_900 },
        { path: [], isShortened: false, conversions: 14, revenueMinor: 41_230 },
      ],
      others: { ways: 112, conversions: 190, revenueMinor: 721_400 },
      lengths: [
        { min: 1, max: 1, conversions: 120 },
        { min: 2, max: 2, conversions: 81 },
        { min: 3, max: null, conversions: 94 },
      ],
      medianLagMs: 187_200_000,
      conversions: 309,
    },
    howComputed: {
      model: "last",
      lookbackDays: 30,
      directRule: "keep",
      currency: "EUR",
      rates: [{ from: "2026-11-02", to: "2026-11-02", currency: "USD", rate: "0.9214" }],
      dataVersions: [{ siteName: "shop.example", dataVersion: "d184-s12-m7" }],
      runId: null,
      unattributedShare: { conversions: 0.045, revenue: 0.033 },
      marginPercent: null,
      notes: [{ kind: "last_day_open" }],
    },
    ...changes,
  };
}

const CHANNELS = [
  ["paid-search", 0.41],
  ["email", 0.22],
  ["organic-search", 0.16],
  ["paid-social", 0.11],
  ["podcast", 0.07],
  ["direct", 0.03],
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
  [channel, share]: (typeof CHANNELS)[number],
  days: readonly ReportDay[],
  index: number,
): ReportChannelRow {
  const part = (pick: (day: ReportDay) => number): number =>
    Math.round(days.reduce((sum, day) => sum + pick(day), 0) * share);
  return {
    kind: "group",
    channel,
    visitors: part((day) => day.visitors),
    clicks: part((day) => day.clicks),
    impressions: part((day) => day.impressions),
    conversions: part((day) => day.conversions),
    revenueMinor: part((day) => day.revenueMinor),
    spendMinor: index % 3 === 2 ? null : part((day) => day.spendMinor ?? 0),
  };
}

export function sumFigures(rows: readonly ReportFigures[]): ReportFigures {
  const sum = (pick: (row: ReportFigures) => number): number =>
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

function sampleKpis(totals: ReportFigures): ReportKpi[] {
  const { revenueMinor, conversions, visitors, clicks, impressions } = totals;
  const spend = totals.spendMinor ?? 0;
  return [
    kpi("revenue", { value: revenueMinor, unit: "money", previous: 1_098_200 }),
    kpi("spend", { value: spend, unit: "money", previous: 295_000 }),
    kpi("roas", { value: revenueMinor / spend, unit: "ratio", previous: 3.31 }),
    kpi("roi", { value: (revenueMinor - spend) / spend, unit: "percent", previous: 2.31 }),
    kpi("conversions", { value: conversions, unit: "count", previous: 288 }),
    kpi("cpa", { value: spend / conversions, unit: "money", previous: 1_071 }),
    kpi("visitors", { value: visitors, unit: "count", previous: 6_420 }),
    kpi("cvr", { value: conversions / visitors, unit: "percent", previous: 0.0449 }),
    kpi("impressions", { value: impressions, unit: "count", previous: 255_900 }),
    kpi("clicks", { value: clicks, unit: "count", previous: 4_700 }),
    kpi("ctr", { value: clicks / impressions, unit: "percent", previous: 0.0184 }),
    kpi("aov", { value: revenueMinor / conversions, unit: "money", previous: 3_813 }),
  ];
}

function kpi(key: ReportKpi["key"], facts: Pick<ReportKpi, "value" | "unit" | "previous">): ReportKpi {
  return { key, ...facts, interval: null, tooFew: false, reason: null };
}

/** A campaign named after each channel. */
function campaignRow({ channel, ...row }: ReportChannelRow): ReportCampaignRow {
  const { conversions, revenueMinor } = row;
  const spread = Math.round(1.96 * Math.sqrt(conversions));
  return {
    ...row,
    kind: "group",
    name: `Campaign of ${channel}`,
    channel,
    conversionsInterval: { low: Math.max(0, conversions - spread), high: conversions + spread },
    revenueInterval: { low: Math.round(revenueMinor * 0.86), high: Math.round(revenueMinor * 1.14) },
    tooFew: conversions < 30,
    money: null,
  };
}

function step(channel: string) {
  return { kind: "group", key: channel, name: "" } as const;
}

export function sampleAttributionRows(names: readonly string[]): ReportAttributionRow[] {
  return names.map((name, index) => ({
    kind: "group",
    key: `cmp_${index}`,
    name,
    credits: [
      credit(90 - index, 331_225 + index * 7),
      credit(88 + index, 351_009 - index * 13),
      credit(89 + 1 / (index + 3), 341_117 + index),
    ],
    tooFew: false,
    verdict: index % 2 === 0 ? "agree" : "disagree",
  }));
}

export function unattributedRow(conversions: number, revenueMinor: number): ReportAttributionRow {
  const same = credit(conversions, revenueMinor);
  return {
    kind: "unattributed",
    key: "",
    name: "",
    credits: [same, same, same],
    tooFew: false,
    verdict: null,
  };
}

function credit(conversions: number, revenueMinor: number): ReportCredit {
  return { conversions, revenueMinor, conversionsInterval: null, revenueInterval: null };
}

/** The table of a report with other rows, and their totals. */
export function attributionOf(
  model: ReportModel,
  rows: readonly ReportAttributionRow[],
): NonNullable<ReportModel["attribution"]> {
  const { by = "campaign", lookbackDays = 30, models = [] } = model.attribution ?? {};
  return { by, lookbackDays, models, rows, totals: sumCredits(rows) };
}

/** What each column of such rows adds up to. */
export function sumCredits(rows: readonly ReportAttributionRow[]): ReportCredit[] {
  return (rows[0]?.credits ?? []).map((_, column) =>
    credit(
      rows.reduce((total, row) => total + (row.credits[column]?.conversions ?? 0), 0),
      rows.reduce((total, row) => total + (row.credits[column]?.revenueMinor ?? 0), 0),
    ),
  );
}
