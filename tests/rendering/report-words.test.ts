import { describe, expect, it } from "vitest";

import { REPORT_LANGUAGES } from "#core/report/report-model.ts";
import { headlineText } from "#rendering/words/headline.ts";
import { howComputedFacts } from "#rendering/words/how-computed-facts.ts";
import { lagText } from "#rendering/words/lag-text.ts";
import { reportVoice, reportWords } from "#rendering/words/report-voice.ts";

import { sampleReport } from "./sample-report.ts";

const LOCALES = { en: "en-GB", de: "de-DE", fr: "fr-FR", es: "es-ES" } as const;
type Language = keyof typeof LOCALES;

const reportIn = (language: Language, changes: Parameters<typeof sampleReport>[0] = {}) =>
  sampleReport({ language, locale: LOCALES[language], ...changes });

/** Narrow and wide blanks that do not break, as plain ones. */
const plain = (text: string): string => text.replaceAll(/[\u00a0\u202f]/g, " ");

const headlineIn = (language: Language, changes: Parameters<typeof sampleReport>[0] = {}): string => {
  const model = reportIn(language, changes);
  return plain(headlineText(model, reportVoice(model)));
};

describe("the headline", () => {
  it("is a whole sentence in each language", () => {
    expect(headlineIn("en")).toBe(
      "Spring launch brought €12,578.05 of revenue from 276 conversions among 7,705 visitors, up 15% on 2–31 October 2026. Spend was €3,023.06; 4.16× of it came back as revenue. Paid Search brought the most: 41% of revenue.",
    );
    expect(headlineIn("de")).toBe(
      "Spring launch brachte 12.578,05 € Umsatz aus 276 Conversions von 7.705 Besuchern, 15 % mehr als im Zeitraum 2.–31. Oktober 2026. Die Kosten betrugen 3.023,06 € und kamen 4,16× als Umsatz zurück. Am meisten brachte Bezahlte Suche: 41 % des Umsatzes.",
    );
    expect(headlineIn("fr")).toBe(
      "Spring launch a rapporté 12 578,05 € de chiffre d’affaires, soit 276 conversions pour 7 705 visiteurs, en hausse de 15 % par rapport à la période 2–31 octobre 2026. Les dépenses se sont élevées à 3 023,06 € et ont été récupérées 4,16× en chiffre d’affaires. Le canal qui a le plus rapporté : Recherche payante, avec 41 % du chiffre d’affaires.",
    );
    expect(headlineIn("es")).toBe(
      "Spring launch aportó 12.578,05 € de ingresos con 276 conversiones entre 7705 visitantes, 15 % más que en el período 2–31 de octubre de 2026. El gasto fue de 3023,06 € y volvió 4,16× en forma de ingresos. El canal que más aportó fue Búsqueda de pago: el 41 % de los ingresos.",
    );
  });

  it("names two campaigns, counts the others, and has its verb in the plural", () => {
    const campaignNames = ["Spring", "Summer", "Autumn", "Winter"];
    expect(headlineIn("en", { campaignNames })).toMatch(/^Spring, Summer and 2 other campaigns brought/);
    expect(headlineIn("de", { campaignNames })).toMatch(/^Spring, Summer und 2 weitere Kampagnen brachten/);
    expect(headlineIn("fr", { campaignNames })).toMatch(/^Spring, Summer et 2 autres campagnes ont rapporté/);
    expect(headlineIn("es", { campaignNames })).toMatch(/^Spring, Summer y 2 campañas más aportaron/);
    expect(headlineIn("en", { campaignNames: ["Spring", "Summer"] })).toMatch(/^Spring and Summer brought/);
  });

  it("says what was earned and spent, and not what came back, where some of it has no rate", () => {
    const { headline } = sampleReport();
    const text = headlineIn("en", { kind: "roi", headline: { ...headline, roas: null } });
    expect(text).toContain("brought €12,578.05 of revenue");
    expect(text).toContain("Spend was €3,023.06.");
    expect(text).not.toMatch(/ROI|×|came back/);
  });

  it("tells a change from refunds alone as an amount, and none from nothing", () => {
    const { headline } = sampleReport();
    const from = (previousRevenueMinor: number) => ({ headline: { ...headline, previousRevenueMinor } });
    expect(headlineIn("en", from(-5_000))).toContain(", up €12,628.05 on 2–31 October 2026.");
    expect(headlineIn("de", from(-5_000))).toContain(", 12.628,05 € mehr als im Zeitraum");
    expect(headlineIn("en", from(0))).toContain("7,705 visitors. Spend was");
  });

  it("counts one as one, and none without a number that could be misread", () => {
    const { headline } = sampleReport();
    const one = { ...headline, conversions: 1, visitors: 1, spendMinor: null, topChannel: null };
    expect(headlineIn("en", { headline: one })).toContain("from 1 conversion among 1 visitor,");
    expect(headlineIn("de", { headline: one })).toContain("aus 1 Conversion von 1 Besucher,");
    expect(headlineIn("fr", { headline: one })).toContain("1 conversion pour 1 visiteur,");
    expect(headlineIn("es", { headline: one })).toContain("1 conversión entre 1 visitante,");
    const none = { ...one, conversions: 0, revenueMinor: 0, visitors: 0 };
    for (const language of REPORT_LANGUAGES)
      expect(headlineIn(language, { headline: none })).not.toMatch(/\d/);
  });

  it("speaks of the account where no site is meant", () => {
    expect(headlineIn("en", { siteName: null, campaignNames: [] })).toMatch(/^Aegean Coffee brought/);
  });
});

describe("numbers and days", () => {
  it("are written as the locale does, days in the report's own language", () => {
    const { formats } = reportVoice(sampleReport({ language: "en", locale: "de-CH" }));
    expect(formats.money(1_234_567)).toMatch(/12.345[.]67/);
    expect(formats.range({ from: "2026-03-01", to: "2026-03-31" })).toContain("March 2026");
  });

  it("have the digits of the fonts in every locale, and stand for a locale that is none", () => {
    for (const locale of ["ar-EG", "fa-IR", "th-TH-u-nu-thai", "hi-IN-u-nu-deva"]) {
      const { formats } = reportVoice(sampleReport({ locale }));
      expect(formats.count(1_203)).toMatch(/^[0-9]/);
      expect(formats.day("2026-03-09")).toContain("2026");
    }
    expect(reportVoice(sampleReport({ locale: "no locale" })).formats.count(1_203)).toBe("1,203");
  });

  it("keep every digit of a rate", () => {
    const { formats } = reportVoice(sampleReport({ language: "de", locale: "de-DE" }));
    expect(formats.decimal("1234.567890123456789")).toBe("1.234,567890123456789");
    expect(formats.decimal("n/a")).toBe("n/a");
  });

  it("tell a span in the unit that fits it", () => {
    const voice = reportVoice(sampleReport());
    const texts = [30_000, 60_000, 5_400_000, 10_800_000, 187_200_000].map((ms) => lagText(ms, voice));
    expect(texts).toEqual(["less than a minute", "1 minute", "90 minutes", "3 hours", "2.2 days"]);
  });
});

describe("the words of a language", () => {
  it("are all there, and are not English", () => {
    const english = leavesOf(reportWords("en"));
    for (const language of ["de", "fr", "es"] as const) {
      const leaves = leavesOf(reportWords(language));
      expect(leaves.size).toBe(english.size);
      const same = [...leaves].filter(
        ([path, text]) => text.includes(" ") && text.length > 12 && english.get(path) === text,
      );
      expect(same).toEqual([]);
      const empty = [...leaves].filter(([path, text]) => text === "" && english.get(path) !== "");
      expect(empty).toEqual([]);
    }
  });

  it("say every fact of how it was computed", () => {
    const { howComputed } = sampleReport();
    for (const language of REPORT_LANGUAGES) {
      const model = reportIn(language, {
        howComputed: {
          ...howComputed,
          marginPercent: 40,
          runId: "run_1",
          notes: [
            { kind: "last_day_open" },
            { kind: "as_of", at: "2026-12-01T08:00:00.000Z" },
            { kind: "converted", currencies: ["USD"] },
            { kind: "left_out", currency: "CHF", revenueMinor: 1_200, conversions: 2 },
            { kind: "other_zones", siteNames: ["b.example"] },
            { kind: "no_daily_credit" },
            { kind: "visitors_estimated", margin: 0.008 },
          ],
        },
      });
      const facts = howComputedFacts(model, reportVoice(model));
      const { terms } = reportWords(language).howComputed;
      const told = new Set(facts.map(({ term }) => term));
      for (const [key, term] of Object.entries(terms)) expect(told.has(term)).toBe(key !== "characters");
      expect(facts.filter(({ term }) => term === terms.note)).toHaveLength(7);
      for (const { text } of facts) expect(text).not.toMatch(/undefined|NaN|null|\[object/);
    }
  });
});

/** Every plain text, and the text of every function of texts with its arguments named. */
function leavesOf(value: unknown, path = ""): Map<string, string> {
  if (typeof value === "string") return new Map([[path, value]]);
  if (typeof value !== "object" || value === null) return new Map();
  return new Map(Object.entries(value).flatMap(([key, part]) => [...leavesOf(part, `${path}.${key}`)]));
}
