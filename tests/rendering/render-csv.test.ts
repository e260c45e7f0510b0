import { describe, expect, it } from "vitest";

import { csvBytes } from "#rendering/csv/csv-text.ts";
import { renderAttributionCsv, renderCsv } from "#rendering/render-csv.ts";

import { sampleReport } from "./sample-report.ts";

/** An independent reader after RFC 4180. */
function parseCsv(bytes: Uint8Array): string[][] {
  const text = new TextDecoder("utf-8", { ignoreBOM: true }).decode(bytes);
  expect(text.startsWith("\uFEFF")).toBe(true);
  const rows: string[][] = [[]];
  const cell = /("(?:[^"]|"")*"|[^,\r\n]*)(,|\r\n)/gy;
  for (const [, raw = "", end] of text.slice(1).matchAll(cell)) {
    rows.at(-1)?.push(raw.startsWith('"') ? raw.slice(1, -1).replaceAll('""', '"') : raw);
    if (end === "\r\n") rows.push([]);
  }
  return rows.slice(0, -1);
}

const HEADER = "day site campaign visitors clicks impressions conversions revenue spend currency".split(" ");

describe("a report as CSV", () => {
  it("has one header line and one line for each day, with ISO days and major units", () => {
    const model = sampleReport();
    const [header, ...rows] = parseCsv(renderCsv(model));
    expect(header).toEqual(HEADER);
    expect(rows).toHaveLength(30);
    const first = model.days[0];
    expect(rows[0]).toEqual([
      "2026-11-01",
      "shop.example",
      "Spring launch",
      String(first?.visitors),
      String(first?.clicks),
      String(first?.impressions),
      String(first?.conversions),
      ((first?.revenueMinor ?? 0) / 100).toFixed(2),
      ((first?.spendMinor ?? 0) / 100).toFixed(2),
      "EUR",
    ]);
  });

  it("adds up to the model's revenue to the cent", () => {
    const model = sampleReport();
    const cents = parseCsv(renderCsv(model))
      .slice(1)
      .map((row) => Math.round(Number(row[7]) * 100))
      .reduce((sum, minor) => sum + minor, 0);
    expect(cents).toBe(model.days.reduce((sum, day) => sum + day.revenueMinor, 0));
  });

  it("leaves spend empty where none was entered, and writes 0.00 where zero was", () => {
    const days = sampleReport()
      .days.slice(0, 2)
      .map((day, index) => ({ ...day, spendMinor: index === 0 ? null : 0 }));
    const rows = parseCsv(renderCsv(sampleReport({ days })));
    expect(rows[1]?.[8]).toBe("");
    expect(rows[2]?.[8]).toBe("0.00");
  });

  it("uses the currency's decimals, and keeps negative amounts numbers", () => {
    const days = sampleReport()
      .days.slice(0, 1)
      .map((day) => ({ ...day, revenueMinor: -1_234 }));
    const revenue = (currency: string) => parseCsv(renderCsv(sampleReport({ days, currency })))[1]?.[7];
    expect(revenue("EUR")).toBe("-12.34");
    expect(revenue("JPY")).toBe("-1234");
    expect(revenue("KWD")).toBe("-1.234");
  });

  it.each(["=1+1", "+1", "-1", "@SUM(A1)", "\tx", "\rx", "\nx", '=HYPERLINK("http://x","y")', "＝1"])(
    "keeps a spreadsheet from reading %j as a formula",
    (name) => {
      const rows = parseCsv(renderCsv(sampleReport({ campaignName: name, siteName: name })));
      for (const row of rows.slice(1)) {
        expect(row[1]).toBe(`'${name}`);
        expect(row[2]).toBe(`'${name}`);
      }
    },
  );

  it("reads back quotes, commas, line ends and edge blanks as they were", () => {
    for (const name of ['He said "hi", twice', "a,b", "a\r\nb", " padded ", "Ανοιξη 漢字 😀"]) {
      expect(parseCsv(renderCsv(sampleReport({ campaignName: name })))[1]?.[2]).toBe(name);
    }
  });

  it("writes attribution with a line for each campaign and model, unattributed included, adding up to the totals", () => {
    const model = sampleReport();
    const [header, ...rows] = parseCsv(renderAttributionCsv(model));
    expect(header).toEqual(["campaign", "model", "conversions", "revenue", "currency"]);
    expect(rows).toHaveLength((model.attribution.rows.length + 1) * 3);
    for (const name of model.attribution.models) {
      const cents = rows
        .filter((row) => row[1] === name)
        .reduce((sum, row) => sum + Math.round(Number(row[3]) * 100), 0);
      expect(cents).toBe(model.attribution.totals[name].revenueMinor);
    }
    expect(rows.at(-1)).toEqual(["(unattributed)", "linear", "14", "412.30", "EUR"]);
  });

  it("ends every line in CR LF and has no line after the last", () => {
    expect(new TextDecoder("utf-8", { ignoreBOM: true }).decode(csvBytes(["a", "b"], [[1, null]]))).toBe(
      "\uFEFFa,b\r\n1,\r\n",
    );
  });
});
