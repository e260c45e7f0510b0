import { getDocumentProxy, getMeta } from "unpdf";
import { describe, expect, it } from "vitest";

import type { ReportModel } from "#core/report/report-model.ts";
import { renderPdf } from "#rendering/render-pdf.ts";
import { kpiValue } from "#rendering/words/kpi-words.ts";
import { reportVoice } from "#rendering/words/report-voice.ts";

import { readFonts } from "./read-fonts.ts";
import { linesFrom, readPdf } from "./read-pdf.ts";
import {
  attributionOf,
  sampleAttributionRows,
  sampleDays,
  sampleReport,
  sumFigures,
} from "./sample-report.ts";

const fonts = readFonts();

async function read(model: ReportModel) {
  const { bytes, replacedGlyphs } = await renderPdf(model, { fonts, logo: null });
  return { ...(await readPdf(bytes)), replacedGlyphs };
}

describe("a report as PDF", () => {
  it("prints every KPI of the model, with its label and its change in words", async () => {
    const model = sampleReport();
    const pdf = await read(model);
    const voice = reportVoice(model);
    for (const kpi of model.kpis) {
      expect(pdf.text).toContain(`${voice.words.kpis[kpi.key]}\n${kpiValue(kpi, voice)}`);
    }
    expect(pdf.text).toContain("€12,578.05\n↑ up 15%");
    expect(pdf.text).toContain("276\n↓ down 4.2%");
    expect(pdf.replacedGlyphs).toEqual([]);
  });

  it("prints each channel's figures and a total that is the sum of the rows", async () => {
    const model = sampleReport();
    const pdf = await read(model);
    expect(linesFrom(pdf, "Paid Search 1")).toEqual([
      "Paid Search 129,538 2,212 3,159 114 €5,157.00 €1,530.19 3.37×",
    ]);
    expect(linesFrom(pdf, "Organic Search")).toEqual(["Organic Search 50,551 863 1,233 44 €2,012.49 – –"]);
    const sum = (model.channels?.rows ?? []).reduce((total, row) => total + row.revenueMinor, 0);
    expect(sum).toBe(1_257_805);
    expect(linesFrom(pdf, "Total")[0]).toBe("Total 315,945 5,396 7,705 276 €12,578.05 €3,023.06 4.16×");
  });

  it("keeps Greek, Cyrillic and Latin Extended names extractable, letter for letter", async () => {
    const labels = ["Ανοιξιάτικη ι", "Весенняя Ґ", "Żółć Łódź Ağrı", "Ἑλλάς", "Tiếng Việt"];
    const model = sampleReport();
    const attribution = attributionOf(model, sampleAttributionRows(labels));
    const pdf = await read({ ...model, attribution });
    for (const label of labels) expect(linesFrom(pdf, `${label} `)).toHaveLength(1);
    expect(pdf.replacedGlyphs).toEqual([]);
  });

  it("replaces what the font lacks, lists it, and prints the rest of the name", async () => {
    const pdf = await read(sampleReport({ title: "漢字 spring 😀 \u0000\uD800 مرحبا" }));
    expect(pdf.text).toContain("□□ spring □ □ □□□□□");
    expect(pdf.replacedGlyphs).toContain("U+1F600");
    expect(pdf.replacedGlyphs).toContain("U+D800");
    expect(pdf.replacedGlyphs).not.toContain("U+0000");
    expect(pdf.text).toMatch(
      /Characters Shown as □, because the report's font does not have them: U\+6F22, U\+5B57/,
    );
  });

  it("shows a missing KPI as a dash with its reason, never as zero", async () => {
    const model = sampleReport();
    const kpis = model.kpis.map((kpi) =>
      kpi.key === "roas" ? { ...kpi, value: null, previous: null, reason: "no_spend" as const } : kpi,
    );
    const pdf = await read({ ...model, kpis });
    expect(pdf.text).toMatch(/ROAS\n–\s*Nothing spent in these\s+days:\s+add spend to see it\n/);
    expect(pdf.text).not.toContain("ROAS\n0");
  });

  it("prints a negative ROI with its sign", async () => {
    const model = sampleReport();
    const kpis = model.kpis.map((kpi) =>
      kpi.key === "roi" ? { ...kpi, value: -0.425, previous: 0.1 } : kpi,
    );
    expect((await read({ ...model, kpis })).text).toContain("ROI\n−42.5%\n↓ down 52.5 points");
  });

  it("writes amounts with the currency's own decimals, exact at any size", async () => {
    const model = sampleReport({ sections: ["channels"] });
    const totals = sumFigures([]);
    const rows = (model.channels?.rows ?? [])
      .slice(0, 1)
      .map((row) => ({ ...row, revenueMinor: 9_007_199_254_740_991 }));
    const channels = { rows, totals };
    expect((await read({ ...model, channels, currency: "JPY" })).text).toContain("JP¥9,007,199,254,740,991");
    expect((await read({ ...model, channels, currency: "KWD" })).text).toContain("KWD 9,007,199,254,740.991");
    expect((await read({ ...model, channels })).text).toContain("€90,071,992,547,409.91");
  });

  it("says how it was computed: model, lookback, direct rule, currency, data version, unattributed share", async () => {
    const pdf = await read(sampleReport());
    expect(pdf.text).toContain("Attribution model Last touch: the whole credit goes to the last touchpoint");
    expect(pdf.text).toContain("Lookback window 30 days before the conversion");
    expect(pdf.text).toContain("Direct visits Direct visits count like any other touchpoint.");
    expect(pdf.text).toContain("Currency EUR.");
    expect(pdf.text).toContain("Data version d184-s12-m7, read 3 Dec 2026, 09:12:45 CET.");
    expect(pdf.text).toContain("Unattributed 4.5% of conversions and 3.3% of revenue");
    expect(pdf.text).toContain("Exchange rates One unit was worth: USD 0.9214 (2 Nov 2026).");
    expect(pdf.text).toContain("30 Nov 2026 was not over when the report was made.");
  });

  it("numbers its pages", async () => {
    const { pages } = await read(sampleReport());
    for (const [index, page] of pages.entries())
      expect(page).toContain(`Page ${index + 1} of ${pages.length}`);
  });

  it("describes itself: title in the window, language, author, a bookmark for each section", async () => {
    const { bytes } = await renderPdf(sampleReport(), { fonts, logo: null });
    const document = await getDocumentProxy(bytes.slice());
    const { info } = await getMeta(document);
    expect(info).toMatchObject({
      Title: "Spring launch in November",
      Author: "Aegean Coffee",
      Language: "en",
    });
    expect(await document.getViewerPreferences()).toMatchObject({ DisplayDocTitle: true });
    const outline = await document.getOutline();
    expect(outline.map((entry) => entry.title)).toEqual([
      "Day by day",
      "Channels",
      "Campaigns",
      "Attribution by campaign",
      "Journeys",
      "How this was computed",
    ]);
  });

  it("is the same to the byte when rendered again from the same model", async () => {
    const [first, second] = [
      await renderPdf(sampleReport(), { fonts, logo: null }),
      await renderPdf(sampleReport(), { fonts, logo: null }),
    ];
    expect(Buffer.from(second.bytes).equals(Buffer.from(first.bytes))).toBe(true);
  });

  it("embeds its fonts as subsets and no picture: a usual report stays under 60 kB", async () => {
    const { bytes } = await renderPdf(sampleReport(), { fonts, logo: null });
    expect(bytes.length).toBeLessThan(60_000);
    expect(Buffer.from(bytes).includes("/Subtype /Image")).toBe(false);
  });

  it("stands with no data at all, and says so", async () => {
    const model = sampleReport();
    const nothing = {
      visitors: 0,
      clicks: 0,
      impressions: 0,
      conversions: 0,
      revenueMinor: 0,
      spendMinor: null,
    };
    const attribution = attributionOf(model, []);
    const pdf = await read({
      ...model,
      days: [],
      comparison: null,
      comparisonDays: null,
      kpis: [],
      channels: { rows: [], totals: nothing },
      campaigns: { rows: [], totals: nothing },
      attribution,
      journeys: {
        by: "channel",
        top: [],
        others: { ways: 0, conversions: 0, revenueMinor: 0 },
        lengths: [],
        medianLagMs: null,
        conversions: 0,
      },
      headline: {
        ...model.headline,
        ...nothing,
        previousRevenueMinor: null,
        roas: null,
        topChannel: null,
      },
    });
    expect(pdf.text).toContain("Spring launch had no visitors in these days.");
    expect(pdf.text).toContain("No visitors in these days.");
    expect(pdf.text).toContain("No revenue in these days");
    expect(pdf.text).toContain("No campaign spent or brought anything in these days.");
  });

  it("draws one day, a year of days, and days below zero", async () => {
    for (const days of [sampleDays("2026-11-01", 1, 3), sampleDays("2025-12-01", 366, 3)]) {
      const refunds = days.map((day) => ({ ...day, revenueMinor: -day.revenueMinor }));
      expect((await read(sampleReport({ days, comparisonDays: null }))).text).toContain("Day by day");
      expect((await read(sampleReport({ days: refunds }))).text).toContain("−€");
    }
  });
});
