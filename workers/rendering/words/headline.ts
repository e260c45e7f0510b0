import type { ReportHeadline, ReportModel } from "#core/report/report-model.ts";
import type { ReportFormats } from "#rendering/format/report-formats.ts";

import { relativeSize } from "./kpi-words.ts";

/** A run of the summary sentence; figures and names are strong. */
export type Phrase = { text: string; isStrong: boolean };

const MAX_NAME = 60;

/** The report in two or three sentences, for the cover and the mail. */
export function headlinePhrases(model: ReportModel, formats: ReportFormats): Phrase[] {
  const { headline } = model;
  return [
    ...earned(model, formats),
    ...againstPrevious(model, formats),
    plain("."),
    ...onSpend(headline, formats),
    ...strongestChannel(headline, formats),
  ];
}

export function phrasesAsText(phrases: readonly Phrase[]): string {
  return phrases.map((phrase) => phrase.text).join("");
}

function earned(model: ReportModel, formats: ReportFormats): Phrase[] {
  const { headline } = model;
  const subject = strong(shortName(model.campaignName ?? model.siteName));
  if (headline.conversions === 0 && headline.revenueMinor === 0) {
    if (headline.visitors === 0) return [subject, plain(" had no visitors in these days")];
    const visitors = counted(headline.visitors, "visitor", formats);
    return [subject, plain(" brought "), strong(visitors), plain(" and no conversions yet")];
  }
  return [
    subject,
    plain(" brought "),
    strong(formats.money(headline.revenueMinor)),
    plain(" of revenue from "),
    strong(counted(headline.conversions, "conversion", formats)),
    plain(` among ${counted(headline.visitors, "visitor", formats)}`),
  ];
}

function againstPrevious({ headline, comparison }: ReportModel, formats: ReportFormats): Phrase[] {
  const { revenueMinor, previousRevenueMinor } = headline;
  if (previousRevenueMinor === null || previousRevenueMinor <= 0) return [];
  const before = comparison === null ? "the period before" : formats.range(comparison);
  const change = (revenueMinor - previousRevenueMinor) / previousRevenueMinor;
  if (change === 0) return [plain(`, as much as in ${before}`)];
  const words = `${change > 0 ? "up" : "down"} ${relativeSize(Math.abs(change), formats)}`;
  return [plain(", "), strong(words), plain(` on ${before}`)];
}

function onSpend({ spendMinor, roas }: ReportHeadline, formats: ReportFormats): Phrase[] {
  if (spendMinor === null) return [];
  const spent = [plain(" Spend was "), strong(formats.money(spendMinor))];
  if (roas === null) return [...spent, plain(".")];
  return [...spent, plain(", a return of "), strong(formats.ratio(roas)), plain(".")];
}

function strongestChannel({ topChannel }: ReportHeadline, formats: ReportFormats): Phrase[] {
  if (topChannel === null) return [];
  const share = formats.wholePercent(topChannel.share);
  return [
    plain(" "),
    strong(shortName(topChannel.label)),
    plain(` brought the most: ${share} of ${topChannel.of}.`),
  ];
}

/** A sentence is no place for a name of any length; tables hold it in full. */
function shortName(name: string): string {
  const characters = Array.from(name);
  return characters.length <= MAX_NAME ? name : `${characters.slice(0, MAX_NAME).join("").trimEnd()}…`;
}

function counted(count: number, noun: string, formats: ReportFormats): string {
  return `${formats.credit(count)} ${noun}${count === 1 ? "" : "s"}`;
}

function strong(text: string): Phrase {
  return { text, isStrong: true };
}

function plain(text: string): Phrase {
  return { text, isStrong: false };
}
