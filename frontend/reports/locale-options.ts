import type { ReportLanguage } from "#core/report/report-model.ts";

/** Locales that agencies write reports in; any other one of BCP 47 can be kept too. */
const LOCALES = [
  "en-GB",
  "en-US",
  "en-IE",
  "en-AU",
  "en-CA",
  "de-DE",
  "de-AT",
  "de-CH",
  "fr-FR",
  "fr-BE",
  "fr-CA",
  "fr-CH",
  "es-ES",
  "es-MX",
  "es-AR",
] as const;

const SAMPLE = 12_345.6;
/** 9 March 2026. */
const SAMPLE_DAY_MS = 1_773_014_400_000;

/** "de-CH: 12’345.60 · 9. März 2026". The given one stands in the list in any case. */
export function localeOptions(current: string): { value: string; label: string }[] {
  const known: readonly string[] = LOCALES;
  const all = known.includes(current) || !isLocale(current) ? known : [current, ...known];
  return all.map((locale) => ({ value: locale, label: `${locale}: ${sampleOf(locale)}` }));
}

export function isLocale(locale: string): boolean {
  try {
    return Intl.getCanonicalLocales(locale).length === 1;
  } catch {
    return false;
  }
}

const FIRST: Readonly<Record<ReportLanguage, string>> = {
  en: "en-GB",
  de: "de-DE",
  fr: "fr-FR",
  es: "es-ES",
};

/** How numbers are written in a language where nobody said more. */
export function localeFor(language: string, current: string): string {
  if (current.startsWith(`${language}-`)) return current;
  return FIRST[language as ReportLanguage] ?? current;
}

function sampleOf(locale: string): string {
  const number = new Intl.NumberFormat(locale, { minimumFractionDigits: 2 }).format(SAMPLE);
  const day = new Intl.DateTimeFormat(locale, { dateStyle: "medium", timeZone: "UTC" }).format(SAMPLE_DAY_MS);
  return `${number} · ${day}`;
}
