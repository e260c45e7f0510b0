import { parseChannel } from "#core/channels/channel.ts";
import type { Model } from "#core/attribution/models.ts";

import { sectionsOf } from "./report-defaults.ts";
import type { ReportDay, ReportHeadline, ReportKpi, ReportModel, ReportRange } from "./report-model.ts";
import type { ReportAttributionRow, ReportCredit, ReportFigures } from "./report-tables.ts";

type OldCredit = { conversions: number; revenueMinor: number };
type OldCredits = Readonly<Record<string, OldCredit>>;
type OldRow = { key: string; label: string; credits: OldCredits };

/** A model as the first reports were stored: of one campaign or a whole site, labels and notes in English in it. */
export type ReportModelV1 = {
  version: 1;
  kind: "campaign-performance";
  title: string;
  preparedFor: string | null;
  siteName: string;
  campaignName: string | null;
  range: ReportRange;
  comparison: ReportRange | null;
  generatedAt: string;
  currency: string;
  headline: Omit<ReportHeadline, "topChannel"> & {
    topChannel: { label: string; share: number; of: "revenue" | "conversions" } | null;
  };
  kpis: (Omit<ReportKpi, "interval" | "tooFew"> & { label: string })[];
  days: ReportDay[];
  comparisonDays: ReportDay[] | null;
  channels: { rows: (ReportFigures & { channel: string; label: string })[]; totals: ReportFigures };
  attribution: {
    by: "campaign" | "channel";
    lookbackDays: number;
    models: Model[];
    rows: OldRow[];
    unattributed: OldCredits;
    totals: OldCredits;
  };
  howComputed: {
    model: Model;
    lookbackDays: number;
    directRule: "keep" | "exclude_unless_only";
    currency: string;
    dataVersion: string;
    unattributedShare: { conversions: number | null; revenue: number | null };
    notes: string[];
  };
};

/** A stored model in today's shape, with the figures it had. */
export function upgradeModel(stored: ReportModel | ReportModelV1): ReportModel {
  if (stored.version === 2) return stored;
  const { siteName, campaignName, headline, kpis, channels, howComputed, ...rest } = stored;
  const { dataVersion, notes, ...computed } = howComputed;
  return {
    ...rest,
    version: 2,
    language: "en",
    locale: "en-GB",
    branding: { logoKey: null, accent: null, footer: null },
    accountName: siteName,
    siteName,
    campaignNames: campaignName === null ? [] : [campaignName],
    sections: sectionsOf(stored.kind, {
      isAccount: false,
      asked: ["kpis", "chart", "channels", "attribution"],
    }),
    headline: { ...headline, topChannel: topChannel(headline.topChannel) },
    kpis: kpis.map(({ key, value, unit, previous, reason }) => ({
      key,
      value,
      unit,
      previous,
      reason,
      interval: null,
      tooFew: false,
    })),
    sites: null,
    channels: {
      totals: channels.totals,
      rows: channels.rows.map(({ label, ...row }) => ({
        ...row,
        kind: label === "(unattributed)" ? "unattributed" : "group",
      })),
    },
    campaigns: null,
    attribution: attributionOf(stored.attribution),
    journeys: null,
    howComputed: {
      ...computed,
      dataVersions: [{ siteName, dataVersion }],
      rates: [],
      runId: null,
      marginPercent: null,
      notes: notes.map((text) => ({ kind: "text", text })),
    },
  };
}

function topChannel(top: ReportModelV1["headline"]["topChannel"]): ReportHeadline["topChannel"] {
  return top && { channel: parseChannel(top.label) ?? "unassigned", share: top.share, of: top.of };
}

function attributionOf({ unattributed, totals, rows, ...rest }: ReportModelV1["attribution"]) {
  const creditsOf = (credits: OldCredits): ReportCredit[] =>
    rest.models.map((model) => ({
      conversions: credits[model]?.conversions ?? 0,
      revenueMinor: credits[model]?.revenueMinor ?? 0,
      conversionsInterval: null,
      revenueInterval: null,
    }));
  const row = ({ key, label, credits }: OldRow): ReportAttributionRow => {
    const kind = key === "others" || key === "none" ? key : "group";
    const named = kind === "group" ? { key, name: label } : { key: "", name: "" };
    return { kind, ...named, credits: creditsOf(credits), tooFew: false, verdict: null };
  };
  const nobody = { kind: "unattributed", key: "", name: "", tooFew: false, verdict: null } as const;
  return {
    ...rest,
    rows: [...rows.map(row), { ...nobody, credits: creditsOf(unattributed) }],
    totals: creditsOf(totals),
  };
}
