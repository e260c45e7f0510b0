import { useLayoutEffect } from "preact/hooks";

import type { ReportLanguage } from "#core/report/report-model.ts";
import { ENGLISH } from "./words/english.ts";
import { FRENCH } from "./words/french.ts";
import { GERMAN } from "./words/german.ts";
import type { PublicWords } from "./words/public-words.ts";
import { SPANISH } from "./words/spanish.ts";

const WORDS: readonly PublicWords[] = [ENGLISH, GERMAN, FRENCH, SPANISH];

/**
 * The words of a page in the language of what it is about; until that is known, in the first of the reader's that there
 * are words in. Programs that read the page out are told which it is.
 */
export function usePublicWords(language: ReportLanguage | null): PublicWords {
  const words = wordsIn(language === null ? navigator.languages : [language]);
  useLayoutEffect(() => {
    const root = document.documentElement;
    const before = root.lang;
    root.lang = words.language;
    return () => void (root.lang = before);
  }, [words.language]);
  return words;
}

function wordsIn(languages: readonly string[]): PublicWords {
  for (const tag of languages) {
    const found = WORDS.find(({ language }) => tag.toLowerCase().split("-")[0] === language);
    if (found !== undefined) return found;
  }
  return ENGLISH;
}
