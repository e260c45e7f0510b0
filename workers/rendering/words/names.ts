import { CHANNELS } from "#core/channels/channel.ts";
import type { ReportJourney, ReportJourneyStep } from "#core/report/report-journeys.ts";
import type { ReportModel } from "#core/report/report-model.ts";
import type {
  ReportAttributionRow,
  ReportCampaignRow,
  ReportChannelRow,
} from "#core/report/report-tables.ts";

import type { ReportWords } from "./report-words.ts";

/** "paid-search" → "Paid Search"; a channel this version does not know keeps its code. */
export function channelName(code: string, words: ReportWords): string {
  const channel = CHANNELS.find((known) => known === code);
  return channel === undefined ? code : words.channels[channel];
}

export function channelRowName({ kind, channel }: ReportChannelRow, words: ReportWords): string {
  return kind === "group" ? channelName(channel, words) : words.rows[kind];
}

export function campaignRowName({ kind, name }: ReportCampaignRow, words: ReportWords): string {
  return kind === "group" ? name : words.rows[kind];
}

export function attributionRowName(
  { kind, key, name }: ReportAttributionRow,
  by: "campaign" | "channel",
  words: ReportWords,
): string {
  if (kind !== "group") return words.rows[kind];
  return by === "channel" ? channelName(key, words) : name;
}

export function stepName(
  { kind, key, name }: ReportJourneyStep,
  by: "campaign" | "channel",
  words: ReportWords,
): string {
  if (kind !== "group") return words.rows[kind];
  return by === "channel" || name === "" ? channelName(key, words) : name;
}

/** "Paid Search → E-mail"; a way without a step is unattributed. */
export function journeyName(
  { path, isShortened }: ReportJourney,
  by: "campaign" | "channel",
  words: ReportWords,
): string {
  if (path.length === 0) return words.rows.unattributed;
  const steps = path.map((step) => stepName(step, by, words));
  return [...(isShortened ? ["…"] : []), ...steps].join(" → ");
}

/** What the report is of, in one line: its campaigns and the site, or the whole account. */
export function scopeNames(
  { campaignNames, siteName, accountName }: ReportModel,
  words: ReportWords,
): string[] {
  const place = siteName === null ? [accountName, words.page.allSites] : [siteName];
  if (campaignNames.length === 0) return place;
  const named = campaignNames.slice(0, 2);
  return [words.headline.campaigns(named, campaignNames.length - named.length), ...place];
}
