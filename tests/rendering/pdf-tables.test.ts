import { describe, expect, it } from "vitest";

import { renderPdf } from "#rendering/render-pdf.ts";

import { readFonts } from "./read-fonts.ts";
import { linesFrom, readPdf } from "./read-pdf.ts";
import { attributionOf, sampleAttributionRows, sampleReport, unattributedRow } from "./sample-report.ts";

const fonts = readFonts();

function reportOf(labels: readonly string[]) {
  const model = sampleReport({ sections: ["attribution"] });
  const rows = [...sampleAttributionRows(labels), unattributedRow(14, 41_230)];
  return { ...model, attribution: attributionOf(model, rows) };
}

async function readTable(labels: readonly string[]) {
  return await readPdf((await renderPdf(reportOf(labels), { fonts, logo: null })).bytes);
}

describe("a table in a PDF", () => {
  it("prints each of 500 rows once, in order, under a header on every page", async () => {
    const labels = Array.from({ length: 500 }, (_, index) => `Campaign-${index + 1}`);
    const pdf = await readTable(labels);
    const printed = linesFrom(pdf, "Campaign-").map((line) => line.split(" ")[0]);
    expect(printed).toEqual(labels);
    const pagesWithRows = pdf.pages.filter((page) => page.includes("Campaign-"));
    expect(pagesWithRows.length).toBeGreaterThan(10);
    for (const page of pagesWithRows) {
      expect(page).toContain("First touch Last touch Linear");
      expect(page).toContain("Campaign Conversions Revenue Conversions Revenue Conversions Revenue");
    }
    for (const page of pdf.pages.filter((text) => !text.includes("Campaign-"))) {
      expect(page).not.toContain("Campaign Conversions Revenue");
    }
  });

  it("prints the total once, equal to the sum of the rows, and never alone on a page", async () => {
    const labels = Array.from({ length: 500 }, (_, index) => `Campaign-${index + 1}`);
    for (const count of [27, 28, 29, 30, 31, 32, 33, 500]) {
      const pdf = await readTable(labels.slice(0, count));
      const page = pdf.pages.find((text) => text.includes("(unattributed)")) ?? "";
      expect(page.split("\n").filter((line) => line.startsWith("Total"))).not.toHaveLength(0);
    }
    const revenue = Array.from({ length: 500 }, (_, index) => 331_225 + index * 7).reduce(
      (sum, minor) => sum + minor,
      41_230,
    );
    expect(revenue).toBe(166_526_980);
    expect(linesFrom(await readTable(labels), "Total").join("\n")).toContain("€1,665,269.80");
  });

  it("wraps a long name over two lines and marks what it cuts", async () => {
    const pdf = await readTable([`A campaign ${"whose name goes on ".repeat(30)}`, "x".repeat(4_000)]);
    expect(pdf.text).toMatch(/A campaign\s+whose\s+name\s+goes\b[^…]*…/);
    expect(pdf.text).toMatch(/x{10,}\nx{10,}…/);
    expect(pdf.text.match(/x/g)?.length ?? 0).toBeLessThan(100);
  });

  it("shows one row, and no rows, with the unattributed and the total", async () => {
    for (const labels of [["Only one"], []]) {
      const pdf = await readTable(labels);
      expect(linesFrom(pdf, "(unattributed) 14 €412.30 14 €412.30 14.00 €412.30")).toHaveLength(1);
      expect(linesFrom(pdf, "Total").length).toBe(1);
    }
  });
});
