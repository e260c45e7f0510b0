import fc from "fast-check";
import { PDFDocument } from "pdf-lib";
import { beforeAll, describe, expect, it } from "vitest";

import type { ReportKpi } from "#core/report/report-model.ts";
import { reportFormats } from "#rendering/format/report-formats.ts";
import { contrast } from "#rendering/format/contrast.ts";
import { cleanForFont } from "#rendering/pdf/clean-text.ts";
import { ellipsize, textWidth } from "#rendering/pdf/text-width.ts";
import { COLOR, themeOf } from "#rendering/pdf/theme.ts";
import { createTypeface } from "#rendering/pdf/typeface.ts";
import type { Typeface } from "#rendering/pdf/typeface.ts";
import { valueScale } from "#rendering/format/value-scale.ts";
import { wrapText } from "#rendering/pdf/wrap-text.ts";
import { kpiChange } from "#rendering/words/kpi-words.ts";
import { reportVoice } from "#rendering/words/report-voice.ts";

import { readFonts } from "./read-fonts.ts";
import { sampleReport } from "./sample-report.ts";

let typeface: Typeface;
beforeAll(async () => {
  const document = await PDFDocument.create();
  typeface = await createTypeface(document, { ...readFonts(), extras: [] });
});

describe("text for the font", () => {
  it("stays as it is where the font can write it, and changes no more when cleaned twice", () => {
    fc.assert(
      fc.property(fc.string({ unit: "binary" }), (text) => {
        const clean = cleanForFont(typeface, text);
        expect(cleanForFont(typeface, clean)).toBe(clean);
      }),
    );
    expect(cleanForFont(typeface, "Ünï Ωω Жж €")).toBe("Ünï Ωω Жж €");
  });

  it("drops joiners and controls without a box, and boxes what is lacking", () => {
    expect(cleanForFont(typeface, "a\u200Db\u00ADc\uFEFF\u0007d\te")).toBe("abcd e");
    expect(cleanForFont(typeface, "A\u030A 漢")).toBe("Å □");
  });

  it("is wrapped into lines that fit and lose no letter", () => {
    const words = fc.array(fc.stringMatching(/^[a-zA-ZäßЖω]{1,40}$/), { minLength: 1, maxLength: 30 });
    fc.assert(
      fc.property(words, fc.integer({ min: 30, max: 300 }), (list, maxWidth) => {
        const lines = wrapText(typeface.regular, list.join(" "), { size: 9, maxWidth });
        for (const line of lines)
          expect(textWidth(typeface.regular, line, 9)).toBeLessThanOrEqual(maxWidth + 1e-6);
        expect(lines.join("").replaceAll(" ", "")).toBe(list.join(""));
      }),
    );
  });

  it("is cut to its room with an ellipsis, never beyond it", () => {
    const fit = { size: 10, maxWidth: 60 };
    const cut = ellipsize(typeface.semibold, "A rather long campaign name", fit);
    expect(cut.endsWith("…")).toBe(true);
    expect(textWidth(typeface.semibold, cut, 10)).toBeLessThanOrEqual(60);
    expect(ellipsize(typeface.semibold, "Short", fit)).toBe("Short");
  });
});

describe("an accent", () => {
  it("leaves every text on the cover readable and every bar on paper visible, whatever colour it is", () => {
    const byte = fc.integer({ min: 0, max: 255 }).map((value) => value.toString(16).padStart(2, "0"));
    fc.assert(
      fc.property(fc.tuple(byte, byte, byte), (parts) => {
        const theme = themeOf(`#${parts.join("")}`);
        expect(contrast(theme.onBand, theme.band)).toBeGreaterThanOrEqual(4.5);
        expect(contrast(theme.onBandSoft, theme.band)).toBeGreaterThanOrEqual(4.5);
        expect(contrast(theme.fill, COLOR.white)).toBeGreaterThanOrEqual(3);
        expect(contrast(COLOR.ink, theme.tint)).toBeGreaterThanOrEqual(4.5);
      }),
      { numRuns: 500 },
    );
  });

  it("that is none gives Waymark's own colours", () => {
    expect(themeOf("red")).toEqual(themeOf(null));
  });
});

describe("the axis of a chart", () => {
  it("holds zero and every value between round ticks, few of them, and no step below the smallest", () => {
    const values = fc.array(fc.integer({ min: -1_000_000_000, max: 1_000_000_000 }), {
      minLength: 1,
      maxLength: 40,
    });
    fc.assert(
      fc.property(values, (list) => {
        const { min, max, ticks } = valueScale(list, 4, 1);
        expect(max).toBeGreaterThan(min);
        expect(ticks).toContain(0);
        for (const value of list) {
          expect(value).toBeGreaterThanOrEqual(min);
          expect(value).toBeLessThanOrEqual(max);
        }
        expect(ticks.length).toBeLessThanOrEqual(7);
      }),
    );
    expect(valueScale([1, 2], 4, 1).ticks).toEqual([0, 1, 2]);
    expect(valueScale([], 4, 1)).toEqual({ min: 0, max: 1, ticks: [0] });
  });
});

describe("a KPI's change", () => {
  const voice = reportVoice(sampleReport());
  const kpi = (facts: Partial<ReportKpi>): ReportKpi => ({
    key: "revenue",
    value: 112,
    unit: "count",
    interval: null,
    tooFew: false,
    previous: 100,
    reason: null,
    ...facts,
  });

  it.each([
    [kpi({}), { arrow: "↑", words: "up 12%", tone: "good" }],
    [kpi({ value: 97 }), { arrow: "↓", words: "down 3.0%", tone: "bad" }],
    [kpi({ value: 100 }), { arrow: "", words: "no change", tone: "neutral" }],
    [kpi({ key: "cpa" }), { arrow: "↑", words: "up 12%", tone: "bad" }],
    [kpi({ key: "cpa", value: 50 }), { arrow: "↓", words: "down 50%", tone: "good" }],
    [kpi({ key: "spend" }), { arrow: "↑", words: "up 12%", tone: "neutral" }],
    [kpi({ value: 2_500 }), { arrow: "↑", words: "up 24×", tone: "good" }],
    [
      kpi({ unit: "money", value: 250, previous: 0 }),
      { arrow: "↑", words: "up €2.50 from zero", tone: "good" },
    ],
    [
      kpi({ unit: "money", value: 20_000, previous: -5_000 }),
      { arrow: "↑", words: "up €250.00 from −€50.00", tone: "good" },
    ],
    [
      kpi({ unit: "percent", value: 0.031, previous: 0.0285 }),
      { arrow: "↑", words: "up 0.25 points", tone: "good" },
    ],
    [
      kpi({ key: "roi", unit: "percent", value: -0.2, previous: 0.1 }),
      { arrow: "↓", words: "down 30 points", tone: "bad" },
    ],
  ])("case %#: is told by arrow, words and tone", (given, expected) => {
    expect(kpiChange(given, voice)).toEqual(expected);
  });

  it("is not told without two values", () => {
    expect(kpiChange(kpi({ previous: null }), voice)).toBeNull();
    expect(kpiChange(kpi({ value: null, reason: "no_spend" }), voice)).toBeNull();
  });
});

describe("the formats of a report", () => {
  it("write days in the site's words and instants in the site's zone, and fall back to UTC for an unknown zone", () => {
    const formats = reportFormats({ currency: "EUR", timeZone: "Asia/Kolkata" });
    expect(formats.day("2026-03-09")).toBe("9 Mar 2026");
    expect(formats.instant("2026-03-09T20:00:00.000Z")).toContain("10 Mar 2026, 01:30:00");
    const lost = reportFormats({ currency: "EUR", timeZone: "Nowhere/Else" });
    expect(lost.instant("2026-03-09T20:00:00.000Z")).toContain("9 Mar 2026, 20:00:00 UTC");
  });

  it("write a code that is no currency in front of the amount", () => {
    expect(reportFormats({ currency: "€", timeZone: "UTC" }).money(1_250)).toBe("€ 12.50");
  });
});
