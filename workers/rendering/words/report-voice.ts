import type { ReportLanguage, ReportModel } from "#core/report/report-model.ts";
import { reportFormats } from "#rendering/format/report-formats.ts";
import type { ReportFormats } from "#rendering/format/report-formats.ts";

import { GERMAN } from "./de/german.ts";
import { ENGLISH } from "./en/english.ts";
import { SPANISH } from "./es/spanish.ts";
import { FRENCH } from "./fr/french.ts";
import type { ReportWords } from "./report-words.ts";

/** How a report speaks: its language's words, and its locale's numbers, money and days. */
export type ReportVoice = { readonly words: ReportWords; readonly formats: ReportFormats };

const LANGUAGES: { readonly [language in ReportLanguage]: ReportWords } = {
  en: ENGLISH,
  de: GERMAN,
  fr: FRENCH,
  es: SPANISH,
};

export function reportWords(language: ReportLanguage): ReportWords {
  return LANGUAGES[language];
}

export function reportVoice({ language, locale, currency, range }: ReportModel): ReportVoice {
  return {
    words: reportWords(language),
    formats: reportFormats({ language, locale, currency, timeZone: range.timeZone }),
  };
}
