import fc from "fast-check";
import { describe, expect, it } from "vitest";

import type { ReportModel } from "#core/report/report-model.ts";
import { renderMailOf } from "./render-mail-of.ts";
import { renderAttributionCsv, renderCsv } from "#rendering/render-csv.ts";
import { renderPdf } from "#rendering/render-pdf.ts";

import { readFonts } from "./read-fonts.ts";
import { readPdf } from "./read-pdf.ts";
import { sampleAttributionRows, sampleReport } from "./sample-report.ts";
import { inputs } from "#tests/support/inputs.ts";

const fonts = readFonts();

/** Any UTF-16 text: every script, controls, lone surrogates, joiners, and names that go on and on. */
const anyText = fc.oneof(
  fc.string({ unit: "binary", maxLength: 60 }),
  fc.string({
    unit: fc.integer({ min: 0, max: 0xffff }).map((code) => String.fromCharCode(code)),
    maxLength: 60,
  }),
  fc.string({ unit: "grapheme", maxLength: 600 }),
  fc.constantFrom(
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
  ),
);
const anyMoney = fc.oneof(fc.maxSafeInteger(), fc.constantFrom(0, 1, -1, Number.MAX_SAFE_INTEGER));
const anyKpiValue = fc.option(
  fc.oneof(anyMoney, fc.double({ noNaN: true, noDefaultInfinity: true, min: -1e15, max: 1e15 })),
);

const anyReport: fc.Arbitrary<ReportModel> = fc
  .record({
    title: anyText,
    preparedFor: fc.option(anyText),
    siteName: anyText,
    campaignName: fc.option(anyText),
    labels: fc.array(anyText, { maxLength: 8 }),
    notes: fc.array(anyText, { maxLength: 3 }),
    currency: fc.constantFrom("EUR", "JPY", "KWD", "XXX", "", "€", "eu", "\u0000"),
    timeZone: fc.constantFrom("Europe/Berlin", "Asia/Kolkata", "Nowhere/Else", ""),
    day: fc.constantFrom("2026-11-01", "1926-02-28", "not a day", ""),
    amount: anyMoney,
    value: anyKpiValue,
    previous: anyKpiValue,
  })
  .map(({ labels, notes, timeZone, day, amount, value, previous, ...rest }) => {
    const model = sampleReport();
    return {
      ...model,
      ...rest,
      range: { from: day, to: "2026-11-30", timeZone },
      generatedAt: day,
      days: model.days.slice(0, 5).map((row) => ({ ...row, day, revenueMinor: amount })),
      kpis: model.kpis.map((kpi) => ({ ...kpi, value, previous, label: labels[0] ?? kpi.label })),
      channels: {
        ...model.channels,
        rows: labels.map((label) => ({
          ...model.channels.totals,
          channel: label,
          label,
          revenueMinor: amount,
        })),
      },
      attribution: { ...model.attribution, rows: sampleAttributionRows(labels) },
      howComputed: { ...model.howComputed, notes },
    };
  });

describe("odd input", () => {
  it("never stops a PDF: what cannot be written is replaced and listed", async () => {
    await fc.assert(
      fc.asyncProperty(anyReport, async (model) => {
        const { bytes, replacedGlyphs } = await renderPdf(model, fonts);
        const { text } = await readPdf(bytes);
        expect(text).toContain("How this was computed");
        for (const glyph of replacedGlyphs) expect(glyph).toMatch(/^U\+[0-9A-F]{4,6}$/);
        expect(text.includes("□")).toBe(replacedGlyphs.length > 0 || text.includes("Shown as □"));
      }),
      { numRuns: inputs(60) },
    );
  }, 60_000);

  it("never stops a CSV or a mail", async () => {
    fc.assert(
      fc.property(anyReport, (model) => {
        expect(renderCsv(model).length).toBeGreaterThan(3);
        expect(renderAttributionCsv(model).length).toBeGreaterThan(3);
        const { subject, html, text } = renderMailOf(model);
        expect(subject).not.toMatch(/\p{Cc}/u);
        expect(html).toContain("</html>");
        expect(text).toContain("-- \n");
      }),
      { numRuns: inputs(100) },
    );
  });
});
