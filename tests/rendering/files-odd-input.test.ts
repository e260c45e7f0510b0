// @module-tag long
import fc from "fast-check";
import readWorkbook from "read-excel-file/node";
import { describe, expect, it } from "vitest";

import { currencyExponent } from "#core/money/currency-exponent.ts";
import type { ReportModel } from "#core/report/report-model.ts";
import { renderCsv } from "#rendering/render-csv.ts";
import { renderJson } from "#rendering/render-json.ts";
import { renderXlsx } from "#rendering/render-xlsx.ts";

import { readCsvRecords } from "./read-csv.ts";
import { readZip } from "./read-zip.ts";
import { renderMailOf } from "./render-mail-of.ts";
import { anyTextOr } from "./any-text.ts";
import { sampleReport, sumFigures } from "./sample-report.ts";

/** Any UTF-16 text: every script, controls, lone surrogates, formulas, and names that go on and on. */
const anyText = anyTextOr(
  "",
  " ",
  "\u0000",
  "\uD800",
  "مرحبا بالعالم",
  "漢字",
  "_x0041_",
  "=1+1",
  "\ufffe",
  "x".repeat(40_000),
);
const anyMinor = fc.oneof(fc.maxSafeInteger(), fc.constantFrom(0, 1, -1, Number.MAX_SAFE_INTEGER));
const anyValue = fc.option(
  fc.oneof(anyMinor, fc.double({ noNaN: true, noDefaultInfinity: true, min: -1e15, max: 1e15 })),
);

const anyReport: fc.Arbitrary<ReportModel> = fc
  .record({
    title: anyText,
    preparedFor: fc.option(anyText),
    accountName: anyText,
    siteName: fc.option(anyText),
    campaignNames: fc.array(anyText, { maxLength: 3 }),
    names: fc.array(anyText, { maxLength: 6 }),
    language: fc.constantFrom("en", "de", "fr", "es"),
    locale: fc.constantFrom("en-GB", "de-CH", "ar", "not a locale", ""),
    currency: fc.constantFrom("EUR", "JPY", "KWD", "XXX", "", "€", "e-]", "\u0000"),
    timeZone: fc.constantFrom("Europe/Berlin", "Asia/Kolkata", "Nowhere/Else", ""),
    day: fc.constantFrom("2026-11-01", "1926-02-28", "not a day", ""),
    amount: anyMinor,
    value: anyValue,
    previous: anyValue,
  })
  .map(({ names, timeZone, day, amount, value, previous, ...rest }) => {
    const model = sampleReport();
    const [campaign] = model.campaigns?.rows ?? [];
    if (campaign === undefined) throw new Error("The sample has campaigns");
    const rows = names.map((name) => ({ ...campaign, name, channel: name, revenueMinor: amount }));
    return {
      ...model,
      ...rest,
      range: { from: day, to: "2026-11-30", timeZone },
      generatedAt: day,
      days: model.days.slice(0, 5).map((row) => ({ ...row, day, revenueMinor: amount })),
      kpis: model.kpis.map((kpi) => ({ ...kpi, value, previous, reason: value === null ? "no_data" : null })),
      campaigns: { rows, totals: sumFigures(rows) },
    };
  });

/** What is left of a name in a workbook: what XML cannot hold is replaced, and a cell has its bounds. */
function kept(text: string): string {
  return text
    .slice(0, 32_000)
    .replaceAll("\u0000", "")
    .replaceAll(/\r\n?/g, "\n")
    .replaceAll(/[^\P{Cc}\t\n]|[\ufffe\uffff]|\p{Cs}/gu, "\u{FFFD}")
    .trim();
}

describe("odd input", () => {
  it("never stops an XLSX, which a second library reads back name by name and cent by cent", async () => {
    await fc.assert(
      fc.asyncProperty(anyReport, async (model) => {
        const sheets = await readWorkbook(Buffer.from(await renderXlsx(model)));
        expect(sheets).toHaveLength(9);
        const [header = [], ...rows] = sheets[3]?.data ?? [];
        const names = rows.slice(0, -1).map((row) => kept(String(row[0] ?? "").replaceAll("_x005F_", "_")));
        const expected = (model.campaigns?.rows ?? []).map(({ name }) => kept(name));
        expect(names.map((name) => name.slice(0, 31_000))).toEqual(
          expected.map((name) => name.slice(0, 31_000)),
        );
        const revenue = model.campaigns?.rows.map(
          (row) => row.revenueMinor / 10 ** currencyExponent(model.currency),
        );
        expect(rows.slice(0, -1).map((row) => row[6])).toEqual(revenue);
        expect(header.length).toBeGreaterThan(10);
      }),
      { numRuns: 60 },
    );
  }, 60_000);

  it("never stops a CSV, whose lines all have their columns", async () => {
    await fc.assert(
      fc.asyncProperty(anyReport, async (model) => {
        const files = readZip((await renderCsv(model)).bytes);
        expect(files.size).toBe(8);
        for (const file of files.values()) readCsvRecords(file);
        const campaigns = readCsvRecords(files.get("campaigns.csv") ?? new Uint8Array());
        expect(campaigns).toHaveLength(model.campaigns?.rows.length ?? 0);
      }),
      { numRuns: 60 },
    );
  }, 60_000);

  it("never stops a mail or JSON", () => {
    fc.assert(
      fc.property(anyReport, (model) => {
        const { subject, html, text } = renderMailOf(model);
        expect(subject).not.toMatch(/\p{Cc}/u);
        expect(html).toContain("</html>");
        expect(text).toContain("-- \n");
        expect(() => JSON.parse(new TextDecoder().decode(renderJson(model))) as unknown).not.toThrow();
      }),
      { numRuns: 100 },
    );
  });
});
