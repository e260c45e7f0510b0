import type { Model } from "#core/attribution/models.ts";
import { REPORT_SECTIONS, type ReportKind, type ReportLanguage, type ReportSection } from "./report-model.ts";

export const DEFAULT_MODEL: Model = "last";
export const DEFAULT_LOOKBACK_DAYS = 30;

/** How numbers and days are written in a language where nobody said more. */
export const DEFAULT_LOCALES: Readonly<Record<ReportLanguage, string>> = {
  en: "en-GB",
  de: "de-DE",
  fr: "fr-FR",
  es: "es-ES",
};

/** What a kind shows unless it was said. */
const SECTIONS: Readonly<Record<ReportKind, readonly ReportSection[]>> = {
  "campaign-performance": ["kpis", "chart", "channels", "campaigns", "attribution", "journeys"],
  // A sponsor sees their own campaigns: how all channels of the site do is none of their business.
  sponsor: ["kpis", "chart", "campaigns", "attribution", "journeys"],
  roi: ["kpis", "chart", "campaigns", "channels", "attribution"],
  // On one or two pages: channels are for those who run them.
  "executive-summary": ["kpis", "chart", "sites", "campaigns"],
};

/** Sections that are about one site alone, and that about several. */
const OF_ONE_SITE: readonly ReportSection[] = ["attribution", "journeys"];
const OF_ACCOUNT: readonly ReportSection[] = ["sites"];

/** The sections of a report, in the order in which they stand: those that were asked for, or the kind's. */
export function sectionsOf(
  kind: ReportKind,
  { isAccount, asked }: { isAccount: boolean; asked?: readonly ReportSection[] | undefined },
): ReportSection[] {
  const wanted = new Set(asked ?? SECTIONS[kind]);
  const without = isAccount ? OF_ONE_SITE : OF_ACCOUNT;
  const order = asked === undefined ? SECTIONS[kind] : REPORT_SECTIONS;
  return order.filter((section) => wanted.has(section) && !without.includes(section));
}

const TITLES: Readonly<Record<ReportLanguage, Readonly<Record<ReportKind, string>>>> = {
  en: {
    "campaign-performance": "performance",
    sponsor: "sponsor report",
    roi: "return on investment",
    "executive-summary": "executive summary",
  },
  de: {
    "campaign-performance": "Kampagnenleistung",
    sponsor: "Sponsorenbericht",
    roi: "Return on Investment",
    "executive-summary": "Überblick für die Leitung",
  },
  fr: {
    "campaign-performance": "performances",
    sponsor: "rapport sponsor",
    roi: "retour sur investissement",
    "executive-summary": "synthèse de direction",
  },
  es: {
    "campaign-performance": "rendimiento",
    sponsor: "informe para el patrocinador",
    roi: "retorno de la inversión",
    "executive-summary": "resumen ejecutivo",
  },
};

/** What a report is called unless it was said; `subject` is the campaign's, the site's or the account's name. */
export function defaultTitle(kind: ReportKind, language: ReportLanguage, subject: string): string {
  const colon = language === "fr" ? "\u00a0:" : ":";
  return `${subject}${colon} ${TITLES[language][kind]}`;
}
