// @module-tag long
import fc from "fast-check";
import { describe, expect, it } from "vitest";

import { REPORT_KINDS, REPORT_LANGUAGES, REPORT_SECTIONS } from "#core/report/report-model.ts";
import type { ReportModel } from "#core/report/report-model.ts";
import { renderPdf } from "#rendering/render-pdf.ts";
import { reportVoice } from "#rendering/words/report-voice.ts";

import { anyTextOr } from "./any-text.ts";
import { readFonts, readFontsWithExtras } from "./read-fonts.ts";
import { readPdf } from "./read-pdf.ts";
import { attributionOf, sampleAttributionRows, sampleReport, sumFigures } from "./sample-report.ts";
import { inputs } from "#tests/support/inputs.ts";

const fonts = readFonts();

/** Any UTF-16 text: every script, controls, lone surrogates, joiners, and names that go on and on. */
const anyText = anyTextOr(
  "",
  " ",
  "\u0000",
  "\uD800",
  "\uDFFF\uD800",
  "👨‍👩‍👧‍👦",
  "مرحبا بالعالم",
  "漢字",
  "e\u0301\u0301\u0301",
  "\u202Eabc",
);
const anyMoney = fc.oneof(fc.maxSafeInteger(), fc.constantFrom(0, 1, -1, Number.MAX_SAFE_INTEGER));
const anyKpiValue = fc.option(
  fc.oneof(anyMoney, fc.double({ noNaN: true, noDefaultInfinity: true, min: -1e15, max: 1e15 })),
);

const anyReport: fc.Arbitrary<ReportModel> = fc
  .record({
    title: anyText,
    preparedFor: fc.option(anyText),
    accountName: anyText,
    siteName: fc.option(anyText),
    campaignNames: fc.array(anyText, { maxLength: 4 }),
    kind: fc.constantFrom(...REPORT_KINDS),
    language: fc.constantFrom(...REPORT_LANGUAGES),
    locale: fc.constantFrom("en-GB", "de-CH", "fr", "ar-EG", "th-TH-u-nu-thai", "not a locale", ""),
    sections: fc.uniqueArray(fc.constantFrom(...REPORT_SECTIONS)),
    labels: fc.array(anyText, { maxLength: 8 }),
    footer: fc.option(anyText),
    accent: fc.constantFrom(null, "#ffd400", "#000000", "#ffffff", "#808080", "no colour"),
    currency: fc.constantFrom("EUR", "JPY", "KWD", "XXX", "", "€", "eu", "\u0000"),
    timeZone: fc.constantFrom("Europe/Berlin", "Asia/Kolkata", "Nowhere/Else", ""),
    day: fc.constantFrom("2026-11-01", "1926-02-28", "not a day", ""),
    amount: anyMoney,
    value: anyKpiValue,
    previous: anyKpiValue,
  })
  .map(({ labels, footer, accent, timeZone, day, amount, value, previous, ...rest }) => {
    const model = sampleReport();
    return {
      ...model,
      ...rest,
      branding: { logoKey: null, accent, footer },
      range: { from: day, to: "2026-11-30", timeZone },
      generatedAt: day,
      days: model.days.slice(0, 5).map((row) => ({ ...row, day, revenueMinor: amount })),
      kpis: model.kpis.map((kpi) => ({ ...kpi, value, previous })),
      ...oddTables(model, labels, amount),
    };
  });

function oddTables(model: ReportModel, labels: readonly string[], amount: number): Partial<ReportModel> {
  const { rows: channelRows = [], totals = sumFigures([]) } = model.channels ?? {};
  const campaign = model.campaigns?.rows[0];
  const { journeys } = model;
  const step = (name: string) => ({ kind: "group", key: name, name }) as const;
  return {
    channels: {
      rows: channelRows.map((row, index) => ({
        ...row,
        channel: labels[index] ?? row.channel,
        revenueMinor: amount,
      })),
      totals,
    },
    campaigns: {
      rows: campaign === undefined ? [] : labels.map((name) => ({ ...campaign, name, spendMinor: amount })),
      totals,
    },
    sites: {
      rows: labels.map((name) => ({
        ...totals,
        name,
        revenueMinor: amount,
        previousRevenueMinor: amount,
        leftOutCurrency: name.length > 3 ? name.slice(0, 3) : null,
      })),
      totals,
    },
    attribution: attributionOf(model, sampleAttributionRows(labels)),
    journeys: journeys && {
      ...journeys,
      by: "campaign",
      top: [{ path: labels.map(step), isShortened: true, conversions: 1, revenueMinor: amount }],
    },
    howComputed: {
      ...model.howComputed,
      notes: labels.map((currency) => ({ kind: "left_out", currency, revenueMinor: amount, conversions: 1 })),
    },
  };
}

describe("a PDF of odd input", () => {
  it("is made all the same: what cannot be written is replaced and listed", async () => {
    await fc.assert(
      fc.asyncProperty(anyReport, async (model) => {
        const { bytes, replacedGlyphs } = await renderPdf(model, { fonts, logo: null });
        const { text } = await readPdf(bytes);
        const { words } = reportVoice(model);
        expect(text).toContain(words.sections.howComputed.title);
        for (const glyph of replacedGlyphs) expect(glyph).toMatch(/^U\+[0-9A-F]{4,6}$/);
        const listed = text.replace(/\s+/g, " ").includes(words.howComputed.characters("").slice(0, 20));
        expect(listed).toBe(replacedGlyphs.length > 0);
      }),
      { numRuns: inputs(60) },
    );
  }, 60_000);

  it("is made with fonts of the operator too, and replaces no letter that they have", async () => {
    const letters = fc.constantFrom(
      ...Array.from("حملةالربيعمُحَّدلاإله٢٠٦می‌خوקמפייןאביבשָׁלוֹ春のキャンペ ()[]1aÉж😀\u200d\u200e\u0301"),
    );
    const mixed = fc.array(letters, { maxLength: 40 }).map((list) => list.join(""));
    await fc.assert(
      fc.asyncProperty(fc.array(mixed, { maxLength: 6 }), async (names) => {
        const model = sampleReport({ sections: ["campaigns", "attribution", "journeys"] });
        const report = { ...model, ...oddTables(model, names, 1), title: names[0] ?? "" };
        const { bytes, replacedGlyphs } = await renderPdf(report, {
          fonts: readFontsWithExtras(),
          logo: null,
        });
        expect((await readPdf(bytes)).text).toContain("How this was computed");
        expect(replacedGlyphs.filter((glyph) => glyph !== "U+1F600")).toEqual([]);
      }),
      { numRuns: 10 },
    );
  }, 60_000);
});
