// @module-tag long
import { crc32, deflateSync } from "node:zlib";

import { getDocumentProxy, getMeta } from "unpdf";
import { describe, expect, it } from "vitest";

import { MODELS } from "#core/attribution/models.ts";
import { REPORT_LANGUAGES } from "#core/report/report-model.ts";
import type { ReportJourneys } from "#core/report/report-journeys.ts";
import type { ReportModel } from "#core/report/report-model.ts";
import { renderPdf } from "#rendering/render-pdf.ts";
import { reportVoice, reportWords } from "#rendering/words/report-voice.ts";
import { journeySheet } from "#rendering/xlsx/sheets/journey-sheets.ts";

import { readFonts } from "./read-fonts.ts";
import { linesFrom, readPdf } from "./read-pdf.ts";
import {
  campaignsOf,
  emptyReport,
  executiveReport,
  longReport,
  roiReport,
  sponsorReport,
} from "./sample-kinds.ts";
import { attributionOf, sampleAttributionRows, sampleReport } from "./sample-report.ts";
import { textOverlaps } from "./text-overlaps.ts";

const fonts = readFonts();
const LOCALES = { en: "en-GB", de: "de-DE", fr: "fr-FR", es: "es-ES" } as const;
const LONG_NAME =
  "A campaign whose name nobody would want to read aloud, spring and summer, all markets, without retargeting";

async function bytesOf(model: ReportModel, logo: Uint8Array | null = null): Promise<Uint8Array> {
  return (await renderPdf(model, { fonts, logo })).bytes;
}

const NO_JOURNEYS: ReportJourneys = {
  by: "channel",
  top: [],
  others: { ways: 0, conversions: 0, revenueMinor: 0 },
  lengths: [],
  medianLagMs: null,
  conversions: 0,
};

const read = async (model: ReportModel) => await readPdf(await bytesOf(model));

describe("the kinds of report", () => {
  it("say of journeys of their campaigns that these are not the credited conversions", async () => {
    for (const language of ["en", "de"] as const) {
      const all = sampleReport({ language, locale: LOCALES[language] });
      const journeys = { ...(all.journeys ?? NO_JOURNEYS), by: "campaign" as const };
      const { words } = reportVoice(all);
      const sponsor = await read(sponsorReport({ language, locale: LOCALES[language], journeys }));
      const start = words.journeys.ofCampaigns.slice(0, 40);
      expect(sponsor.text.replaceAll(/\s+/g, " ")).toContain(start);
      expect((await read(all)).text.replaceAll(/\s+/g, " ")).not.toContain(start);
      const headerOf = (told: ReportJourneys) => journeySheet(told, words).columns[1]?.header;
      expect(headerOf(journeys)).toBe(words.journeys.withTheirPart);
      expect(headerOf({ ...journeys, by: "channel" })).toBe(words.columns.conversions);
    }
  });

  it("show what was asked for, in its order, and nothing else", async () => {
    const { words } = reportVoice(sampleReport());
    const pdf = await read(sampleReport({ sections: ["journeys", "campaigns"] }));
    const at = (title: string): number => pdf.text.indexOf(`\n${title}\n`);
    expect(at(words.sections.journeys.title)).toBeGreaterThan(0);
    expect(at(words.sections.campaigns.title)).toBeGreaterThan(at(words.sections.journeys.title));
    expect(at(words.sections.channels.title)).toBe(-1);
    expect(at(words.sections.chart.title)).toBe(-1);
    expect(pdf.text).not.toContain("Click-through rate\n");
  });

  it("put a sponsor's name before the title, and whom it reached before the money", async () => {
    const pdf = await read(sponsorReport());
    const [name, title] = ["Prepared for Nordlicht Energy GmbH", "Partnership report, autumn season"];
    expect(pdf.text.indexOf(name)).toBeLessThan(pdf.text.indexOf(title));
    expect(pdf.text).toContain("Campaign Impressions Clicks Visitors Conversions Revenue Spend ROAS");
    for (const page of pdf.pages)
      expect(page).toContain("Aegean Coffee · Partner team · partners@aegean.example");
  });

  it("say first in an ROI report what came back, and what each campaign's money did", async () => {
    const pdf = await read(roiReport());
    expect(pdf.text.replaceAll("\n", " ")).toContain(
      "shop.example turned €3,023.06 of spend into €12,578.05 of revenue, €9,554.99 more than it cost: a return on investment of 316.1%.",
    );
    expect(pdf.text).toContain("Revenue and spend so far");
    expect(linesFrom(pdf, "Campaign Gross profit")).toEqual([
      "Campaign Gross profit ROI after margin Break-even CPA Payback Budget spent Pace",
    ]);
    expect(pdf.text).toContain("Campaign of paid-search €2,165.94 41.5% €19.00 3 days 62% 0.94");
    expect(pdf.text).toContain("Margin 42.0% of revenue is left after the cost of what was sold.");
  });

  it("tell a loss as a loss", async () => {
    const model = roiReport();
    const headline = { ...model.headline, revenueMinor: 100_000, roas: 0.33 };
    const text = (await read({ ...model, headline })).text.replaceAll("\n", " ");
    expect(text).toContain(
      "into €1,000.00 of revenue, €2,023.06 less than it cost: a return on investment of −66.9%.",
    );
  });

  it("sum an account up on two pages: all sites, the six largest campaigns, the rest in one row", async () => {
    const pdf = await read(executiveReport());
    expect(pdf.pages).toHaveLength(2);
    expect(linesFrom(pdf, "Campaign ").filter((line) => /^Campaign \d/.test(line))).toHaveLength(6);
    const { rows, totals } = campaignsOf(24);
    const rest = rows.slice(6).reduce((sum, row) => sum + row.revenueMinor, 0);
    const { formats } = reportVoice(executiveReport());
    expect(linesFrom(pdf, "and 18 more rows")[0]).toContain(formats.money(rest));
    expect(linesFrom(pdf, "Total").at(-1)).toContain(formats.money(totals.revenueMinor));
    expect(pdf.text).toContain("money in CHF, no rate");
    expect(linesFrom(pdf, "academy.example")[0]).toContain("↓ down 20%");
  });

  it("are whole in each language, and say which it is", async () => {
    for (const language of REPORT_LANGUAGES) {
      const model = roiReport({ language, locale: LOCALES[language] });
      const words = reportWords(language);
      const bytes = await bytesOf(model);
      const { pages, text } = await readPdf(bytes);
      for (const section of model.sections.filter((name) => name !== "kpis" && name !== "attribution")) {
        expect(text).toContain(words.sections[section].title);
      }
      expect(text).toContain(words.tables.attributionBy.campaign);
      expect(text).toContain(words.sections.howComputed.title);
      for (const [index, page] of pages.entries())
        expect(page).toContain(words.page.of(index + 1, pages.length));
      const { info } = await getMeta(await getDocumentProxy(bytes));
      expect(info).toMatchObject({ Language: language });
    }
  });
});

describe("many models", () => {
  it("stand below each other, each once, and no text stands over another", async () => {
    const model = sampleReport({ sections: ["attribution"] });
    const rows = sampleAttributionRows(["Spring", LONG_NAME]).map((row) => ({
      ...row,
      credits: MODELS.map(() => ({
        conversions: 88.25,
        revenueMinor: 331_225_00,
        conversionsInterval: { low: 70.4, high: 99.9 },
        revenueInterval: { low: 290_000_00, high: 380_000_00 },
      })),
    }));
    const attribution = { ...attributionOf(model, rows), models: MODELS };
    const bytes = await bytesOf({ ...model, attribution });
    const pdf = await readPdf(bytes);
    const { words } = reportVoice(model);
    for (const name of MODELS) {
      const heads = pdf.text
        .split("\n")
        .filter((line) => line.split(" ").length < 9 && line.includes(words.models[name].name));
      expect(heads.length).toBeGreaterThan(0);
    }
    expect(pdf.text).toContain("Attribution by campaign (3 of 3)");
    expect(await textOverlaps(bytes)).toEqual([]);
    const outline = await (await getDocumentProxy(bytes)).getOutline();
    expect(outline).toHaveLength(2);
  });
});

describe("texts of a PDF", () => {
  it(
    "never stand over each other, whatever the kind, the language and the names",
    { timeout: 60_000 },
    async () => {
      const names = {
        title: LONG_NAME,
        preparedFor: LONG_NAME,
        siteName: LONG_NAME,
        campaignNames: [LONG_NAME, LONG_NAME, "B", "C"],
        branding: { logoKey: null, accent: "#808080", footer: LONG_NAME },
      };
      const reports = [
        sampleReport(),
        sponsorReport(),
        roiReport(),
        executiveReport(),
        emptyReport(),
        longReport(40),
        sampleReport(names),
        sponsorReport(names),
        ...REPORT_LANGUAGES.map((language) => roiReport({ ...names, language, locale: LOCALES[language] })),
      ];
      for (const report of reports) expect(await textOverlaps(await bytesOf(report))).toEqual([]);
    },
  );
});

describe("a logo", () => {
  it("stands on the cover in place of Waymark's sign", async () => {
    for (const logo of [pngOf(8, 4), JPEG]) {
      const { bytes, warnings } = await renderPdf(sampleReport(), { fonts, logo });
      expect(warnings).toEqual([]);
      const { text } = await readPdf(bytes);
      expect(text.startsWith("Waymark")).toBe(false);
      expect(Buffer.from(bytes).includes("/Subtype /Image")).toBe(true);
      const again = await renderPdf(sampleReport(), { fonts, logo });
      expect(Buffer.from(again.bytes).equals(Buffer.from(bytes))).toBe(true);
    }
  });

  it("is left out and told where it cannot be read, is no picture or has too many pixels", async () => {
    const broken = pngOf(8, 4).slice(0, 30);
    const huge = pngOf(8, 4);
    new DataView(huge.buffer).setUint32(16, 60_000);
    new DataView(huge.buffer).setUint32(20, 60_000);
    for (const logo of [
      broken,
      huge,
      new Uint8Array(),
      new TextEncoder().encode("<svg/>"),
      JPEG.slice(0, 12),
    ]) {
      const { bytes, warnings } = await renderPdf(sampleReport(), { fonts, logo });
      expect(warnings).toEqual(["logo_unreadable"]);
      expect((await readPdf(bytes)).text.startsWith("Waymark")).toBe(true);
    }
  });
});

/** A red picture of such a size. */
function pngOf(width: number, height: number): Uint8Array {
  const line = [0, ...Array.from({ length: width }, () => [200, 30, 30]).flat()];
  const header = Buffer.alloc(13);
  header.writeUInt32BE(width, 0);
  header.writeUInt32BE(height, 4);
  header.set([8, 2, 0, 0, 0], 8);
  const data = deflateSync(Buffer.from(Array.from({ length: height }, () => line).flat()));
  const signature = [0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a];
  return Uint8Array.from([
    ...signature,
    ...chunk("IHDR", header),
    ...chunk("IDAT", data),
    ...chunk("IEND", Buffer.alloc(0)),
  ]);
}

function chunk(type: string, data: Buffer): Buffer {
  const body = Buffer.concat([Buffer.from(type, "latin1"), data]);
  const [length, sum] = [Buffer.alloc(4), Buffer.alloc(4)];
  length.writeUInt32BE(data.length);
  sum.writeUInt32BE(crc32(body));
  return Buffer.concat([length, body, sum]);
}

/** A grey pixel, baseline. */
const JPEG = Uint8Array.from(
  Buffer.from(
    "/9j/4AAQSkZJRgABAQEASABIAAD/2wBDAP//////////////////////////////////////////////////////////////////////////////////////wAALCAABAAEBAREA/8QAFAABAAAAAAAAAAAAAAAAAAAAA//EABQQAQAAAAAAAAAAAAAAAAAAAAD/2gAIAQEAAD8AR//Z",
    "base64",
  ),
);
