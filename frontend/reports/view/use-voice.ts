import { useEffect, useState } from "preact/hooks";

import type { ReportLanguage, ReportModel } from "#core/report/report-model.ts";
import { reportFormats } from "#rendering/format/report-formats.ts";
import type { ReportVoice } from "#rendering/words/report-voice.ts";
import type { ReportWords } from "#rendering/words/report-words.ts";

/** Each language comes when a report speaks it. */
const LANGUAGES: Readonly<Record<ReportLanguage, () => Promise<ReportWords>>> = {
  en: async () => (await import("#rendering/words/en/english.ts")).ENGLISH,
  de: async () => (await import("#rendering/words/de/german.ts")).GERMAN,
  fr: async () => (await import("#rendering/words/fr/french.ts")).FRENCH,
  es: async () => (await import("#rendering/words/es/spanish.ts")).SPANISH,
};

/** The words and formats of the report's files; null while the words are on their way, an error when they did not come. */
export function useVoice({ language, locale, currency, range }: ReportModel): ReportVoice | Error | null {
  const [words, setWords] = useState<ReportWords | null>(null);
  const [failure, setFailure] = useState<Error | null>(null);
  useEffect(() => {
    let isWanted = true;
    LANGUAGES[language]().then(
      (loaded) => isWanted && setWords(loaded),
      (error: unknown) => {
        reportError(error);
        if (isWanted) setFailure(new Error("The report's words did not arrive. Check your connection."));
      },
    );
    return () => {
      isWanted = false;
    };
  }, [language]);
  if (failure) return failure;
  if (words === null || words.language !== language) return null;
  return { words, formats: reportFormats({ language, locale, currency, timeZone: range.timeZone }) };
}
