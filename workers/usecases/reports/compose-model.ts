import type { ChannelRow, DayRow, Kpis } from "#contract/analytics.ts";
import { CHANNEL_LABELS, parseChannel } from "#core/channels/channel.ts";
import { reportHeadline } from "#core/report/report-headline.ts";
import { reportKpis } from "#core/report/report-kpis.ts";
import type { ReportChannelRow, ReportChannels, ReportDay, ReportModel } from "#core/report/report-model.ts";
import type { Figures } from "#core/roi/ratios.ts";
import type { ReportRecord } from "#db/queries/reports/report-record.ts";
import { composeAttribution, unattributedShare } from "./compose-attribution.ts";
import { composeNotes } from "./compose-notes.ts";
import type { ReportFigures } from "./load-figures.ts";

export type ModelFacts = {
  report: Pick<ReportRecord, "title" | "options" | "campaignName" | "campaignPublicId">;
  siteName: string;
  figures: ReportFigures;
  generatedAt: Date;
};

/** A report as plain data, from figures of one data version: what every format is rendered from. */
export function composeModel(facts: ModelFacts): ReportModel {
  const { report, siteName, figures, generatedAt } = facts;
  const { analytics, attribution } = figures;
  const { basis, comparisonRange } = analytics;
  const { timeZone } = basis;
  const now = figuresOf(analytics.kpis);
  const before = analytics.previous && figuresOf(analytics.previous);
  const channels = analytics.channels.map(channelRow);
  return {
    version: 1,
    kind: "campaign-performance",
    title: report.title,
    preparedFor: report.options.preparedFor,
    siteName,
    campaignName: report.campaignName,
    range: { ...analytics.range, timeZone },
    comparison: comparisonRange && { ...comparisonRange, timeZone },
    generatedAt: generatedAt.toISOString(),
    currency: basis.currency,
    headline: reportHeadline(now, before, channels),
    kpis: reportKpis(now, before),
    days: analytics.days.map(reportDay),
    comparisonDays: comparisonRange && analytics.previousDays.map(reportDay),
    channels: channelTable(channels, figures),
    attribution: composeAttribution(attribution, {
      campaignId: report.campaignPublicId,
      lookbackDays: basis.lookbackDays,
    }),
    howComputed: {
      model: basis.model,
      lookbackDays: basis.lookbackDays,
      directRule: basis.direct,
      currency: basis.currency,
      dataVersion: basis.dataVersion,
      unattributedShare: unattributedShare(attribution),
      notes: composeNotes({ basis, range: analytics.range, generatedAt }),
    },
  };
}

function figuresOf(kpis: Kpis): Figures {
  const { impressions, clicks, visitors, conversions, revenueMinor, spendMinor } = kpis;
  const isSpendForeign = kpis.roas.reason === "currency_mismatch";
  return { impressions, clicks, visitors, conversions, revenueMinor, spendMinor, isSpendForeign };
}

function reportDay(row: DayRow): ReportDay {
  const { day, visitors, clicks, impressions, conversions, revenueMinor, spendMinor } = row;
  return { day, visitors, clicks, impressions, conversions, revenueMinor, spendMinor };
}

/** Spend belongs to campaigns, not to channels: a channel's row has none. */
function channelRow(row: ChannelRow): ReportChannelRow {
  const { channel, visitors, clicks, impressions, conversions, revenueMinor } = row;
  const label = CHANNEL_LABELS[parseChannel(channel) ?? "unassigned"];
  return { channel, label, visitors, clicks, impressions, conversions, revenueMinor, spendMinor: null };
}

/** The rows add up to the totals: on a whole site what no touchpoint earned has a row of its own. */
function channelTable(rows: readonly ReportChannelRow[], { analytics }: ReportFigures): ReportChannels {
  const { visitors, clicks, impressions, conversions, revenueMinor, spendMinor } = analytics.kpis;
  const unattributed = "unattributed" in analytics ? analytics.unattributed : null;
  const hasUnattributed =
    unattributed !== null && (unattributed.conversions !== 0 || unattributed.revenueMinor !== 0);
  const nobody = { visitors: 0, clicks: 0, impressions: 0, spendMinor: null };
  return {
    rows: hasUnattributed
      ? [...rows, { channel: "unassigned", label: "(unattributed)", ...nobody, ...unattributed }]
      : rows,
    totals: { visitors, clicks, impressions, conversions, revenueMinor, spendMinor },
  };
}
