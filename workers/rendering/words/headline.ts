import type { ReportModel } from "#core/report/report-model.ts";
import { relativeChange } from "#core/roi/relative-change.ts";

import type { Subject } from "./headline-words.ts";
import { relativeSize } from "./kpi-words.ts";
import { channelName } from "./names.ts";
import { phrasesAsText } from "./phrases.ts";
import type { Phrase } from "./phrases.ts";
import type { ReportVoice } from "./report-voice.ts";

const MAX_NAME = 60;
const MAX_NAMES = 2;

/** The report in two or three sentences, for the cover and the mail. */
export function headlinePhrases(model: ReportModel, voice: ReportVoice): Phrase[] {
  const sentences = [
    ...(isAboutMoney(model) ? [returned(model, voice)] : []),
    earned(model, voice),
    ...(isAboutMoney(model) ? [] : onSpend(model, voice)),
    ...strongestChannel(model, voice),
  ];
  return sentences.flatMap((sentence, index) =>
    index === 0 ? sentence : [{ text: " ", isStrong: false }, ...sentence],
  );
}

export function headlineText(model: ReportModel, voice: ReportVoice): string {
  return phrasesAsText(headlinePhrases(model, voice));
}

/** An ROI report begins with what came back, as far as anything was spent and all of it has a rate. */
function isAboutMoney({ kind, headline }: ReportModel): boolean {
  const { spendMinor, roas } = headline;
  return kind === "roi" && spendMinor !== null && spendMinor > 0 && roas !== null;
}

function returned(model: ReportModel, { words, formats }: ReportVoice): Phrase[] {
  const { revenueMinor, spendMinor } = model.headline;
  const spend = spendMinor ?? 0;
  const difference = revenueMinor - spend;
  return words.headline.returned(subjectOf(model, { words, formats }), {
    spend: formats.money(spend),
    revenue: formats.money(revenueMinor),
    difference: formats.money(Math.abs(difference)),
    outcome: difference === 0 ? "even" : difference > 0 ? "gain" : "loss",
    roi: formats.percent(difference / spend),
  });
}

function earned(model: ReportModel, voice: ReportVoice): Phrase[] {
  const { words, formats } = voice;
  const { conversions, revenueMinor, visitors } = model.headline;
  const subject = subjectOf(model, voice);
  const written = words.headline.visitors(visitors, formats.credit(visitors));
  if (conversions === 0 && revenueMinor === 0) {
    if (visitors === 0) return words.headline.noVisitors(subject);
    return words.headline.noConversions(subject, written);
  }
  const facts = {
    conversions: words.headline.conversions(conversions, formats.credit(conversions)),
    visitors: written,
    change: againstPrevious(model, voice),
  };
  if (isAboutMoney(model)) return words.headline.cameFrom(facts);
  return words.headline.earned(subject, { ...facts, revenue: formats.money(revenueMinor) });
}

function againstPrevious({ headline, comparison }: ReportModel, voice: ReportVoice): readonly Phrase[] {
  const { words, formats } = voice;
  const { revenueMinor, previousRevenueMinor } = headline;
  if (comparison === null || previousRevenueMinor === null || previousRevenueMinor === 0) return [];
  const before = formats.range(comparison);
  const difference = revenueMinor - previousRevenueMinor;
  if (difference === 0) return words.headline.same(before);
  const change = relativeChange(revenueMinor, previousRevenueMinor);
  const size = change === null ? formats.money(Math.abs(difference)) : relativeSize(Math.abs(change), voice);
  return difference > 0 ? words.headline.up(size, before) : words.headline.down(size, before);
}

function onSpend({ headline }: ReportModel, { words, formats }: ReportVoice): Phrase[][] {
  const { spendMinor, roas } = headline;
  if (spendMinor === null) return [];
  const spend = formats.money(spendMinor);
  if (roas === null) return [words.headline.spend(spend)];
  return [words.headline.spendWithReturn(spend, formats.ratio(roas))];
}

function strongestChannel({ headline }: ReportModel, { words, formats }: ReportVoice): Phrase[][] {
  const { topChannel } = headline;
  if (topChannel === null) return [];
  const name = shortName(channelName(topChannel.channel, words));
  const share = formats.wholePercent(topChannel.share);
  return topChannel.of === "revenue"
    ? [words.headline.topOfRevenue(name, share)]
    : [words.headline.topOfConversions(name, share)];
}

/** Whom the report is about: its campaigns, its site, or the account. */
function subjectOf({ campaignNames, siteName, accountName }: ReportModel, { words }: ReportVoice): Subject {
  if (campaignNames.length === 0) return { text: shortName(siteName ?? accountName), isPlural: false };
  const named = campaignNames.slice(0, MAX_NAMES).map(shortName);
  const more = campaignNames.length - named.length;
  return { text: words.headline.campaigns(named, more), isPlural: campaignNames.length > 1 };
}

/** A sentence is no place for a name of any length; tables hold it in full. */
function shortName(name: string): string {
  const characters = Array.from(name);
  return characters.length <= MAX_NAME ? name : `${characters.slice(0, MAX_NAME).join("").trimEnd()}…`;
}
