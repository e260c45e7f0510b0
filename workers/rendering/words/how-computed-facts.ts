import type { ReportNote, ReportRate } from "#core/report/report-basis.ts";
import type { ReportModel } from "#core/report/report-model.ts";
import { NO_VALUE } from "#rendering/format/report-formats.ts";

import type { HowComputedWords } from "./how-computed-words.ts";
import type { ReportVoice } from "./report-voice.ts";

export type Fact = { readonly term: string; readonly text: string };

type RatioKey = keyof HowComputedWords["ratios"];

const RATIOS: readonly RatioKey[] = [
  "roas",
  "roi",
  "grossProfit",
  "roiWithMargin",
  "cpa",
  "breakEvenCpa",
  "paybackDays",
  "ctr",
  "cvr",
  "aov",
];

/** A rate changes every day: a reader checks some, a file holds them all. */
const MAX_RATES = 40;

/** What every figure rests on, in the order in which a reader asks; the notes stand last. */
export function howComputedFacts(model: ReportModel, voice: ReportVoice): Fact[] {
  const { howComputed: how, range } = model;
  const { words, formats } = voice;
  const { terms, ...say } = words.howComputed;
  const { name, meaning } = words.models[how.model];
  const days = { term: terms.days, text: say.days(formats.range(range), range.timeZone) };
  return [
    { term: terms.model, text: say.model(name, meaning) },
    { term: terms.lookback, text: say.lookback(how.lookbackDays, formats.count(how.lookbackDays)) },
    { term: terms.direct, text: words.directRules[how.directRule] },
    days,
    { term: terms.currency, text: say.currency(how.currency) },
    ...rateFacts(how.rates, voice),
    { term: terms.unattributed, text: unattributedText(model, voice) },
    ...marginFacts(how.marginPercent, voice),
    ...(hasIntervals(model) ? [{ term: terms.intervals, text: say.intervals }] : []),
    ...ratioFacts(model, voice),
    {
      term: terms.dataVersion,
      text: say.dataVersion(versionsText(model, voice), formats.instant(model.generatedAt)),
    },
    ...(how.runId === null ? [] : [{ term: terms.run, text: say.run(how.runId) }]),
    ...how.notes.map((note) => ({ term: terms.note, text: noteText(note, model, voice) })),
  ];
}

/** What a reader must know to read the figures right, as a sentence. */
export function noteText(note: ReportNote, model: ReportModel, { words, formats }: ReportVoice): string {
  const { notes } = words.howComputed;
  switch (note.kind) {
    case "last_day_open":
      return notes.lastDayOpen(formats.day(model.range.to));
    case "as_of":
      return notes.asOf(formats.instant(note.at));
    case "converted":
      return notes.converted(note.currencies.join(", "));
    case "left_out":
      return notes.leftOut(
        formats.moneyIn(note.currency, note.revenueMinor),
        words.headline.conversions(note.conversions, formats.credit(note.conversions)),
      );
    case "other_zones":
      return notes.otherZones(note.siteNames.join(", "));
    case "text":
      return note.text;
    case "no_daily_credit":
      return notes.noDailyCredit;
    case "visitors_estimated":
      return notes.visitorsEstimated(formats.percent(note.margin));
  }
}

function rateFacts(rates: readonly ReportRate[], { words, formats }: ReportVoice): Fact[] {
  if (rates.length === 0) return [];
  const { howComputed: say } = words;
  const listed = rates.slice(0, MAX_RATES).map(({ from, to, currency, rate }) => {
    const days = from === to ? formats.day(from) : formats.range({ from, to });
    return say.rate(currency, formats.decimal(rate), days);
  });
  const more = rates.length > MAX_RATES ? [say.andMore(rates.length - MAX_RATES)] : [];
  return [{ term: say.terms.rates, text: say.rates([...listed, ...more].join(" · ")) }];
}

function unattributedText({ howComputed }: ReportModel, { words, formats }: ReportVoice): string {
  const { conversions, revenue } = howComputed.unattributedShare;
  if (conversions === null) return words.howComputed.noConversions;
  return words.howComputed.unattributed(
    formats.percent(conversions),
    revenue === null ? null : formats.percent(revenue),
  );
}

function marginFacts(marginPercent: number | null, { words, formats }: ReportVoice): Fact[] {
  if (marginPercent === null) return [];
  const { terms, margin } = words.howComputed;
  return [{ term: terms.margin, text: margin(formats.percent(marginPercent / 100)) }];
}

function hasIntervals({ kpis, campaigns, attribution }: ReportModel): boolean {
  return (
    kpis.some(({ interval }) => interval !== null) ||
    (campaigns?.rows ?? []).some((row) => row.conversionsInterval !== null || row.revenueInterval !== null) ||
    (attribution?.rows ?? []).some(({ credits }) =>
      credits.some((credit) => credit.conversionsInterval !== null || credit.revenueInterval !== null),
    )
  );
}

/** Only of the ratios the report shows. */
function ratioFacts({ kpis }: ReportModel, { words }: ReportVoice): Fact[] {
  const shown = new Set<string>(kpis.map((kpi) => kpi.key));
  const texts = RATIOS.filter((key) => shown.has(key)).map((key) => words.howComputed.ratios[key]);
  if (texts.length === 0) return [];
  const { terms, withoutBase } = words.howComputed;
  return [{ term: terms.ratios, text: `${texts.join(" · ")}. ${withoutBase(NO_VALUE)}` }];
}

function versionsText({ howComputed }: ReportModel, { words }: ReportVoice): string {
  const { dataVersions } = howComputed;
  const only = dataVersions[0];
  if (dataVersions.length === 1 && only !== undefined) return only.dataVersion;
  return dataVersions
    .map(({ siteName, dataVersion }) => words.howComputed.siteVersion(siteName, dataVersion))
    .join(" · ");
}
