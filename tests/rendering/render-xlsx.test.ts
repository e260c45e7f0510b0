import readWorkbook from "read-excel-file/node";
import { describe, expect, it } from "vitest";

import type { ReportModel } from "#core/report/report-model.ts";
import { renderXlsx } from "#rendering/render-xlsx.ts";

import { readZip } from "./read-zip.ts";
import { sampleDays, sampleReport, sumFigures } from "./sample-report.ts";

type Cell = string | number | boolean | Date | null;
type Rows = readonly (readonly Cell[])[];

/** The sheets by name, as a second library reads them. */
async function sheetsOf(model: ReportModel): Promise<Map<string, Rows>> {
  const sheets = await readWorkbook(Buffer.from(await renderXlsx(model)));
  return new Map(sheets.map(({ sheet, data }) => [sheet, data as Rows]));
}

async function sheetOf(model: ReportModel, name: string): Promise<Rows> {
  const rows = (await sheetsOf(model)).get(name);
  if (rows === undefined) throw new Error(`No sheet ${name}`);
  return rows;
}

async function xmlOf(model: ReportModel): Promise<Map<string, string>> {
  return new Map([...readZip(await renderXlsx(model))].map(([path, file]) => [path, file.toString("utf8")]));
}

function column(rows: Rows, header: string): readonly Cell[] {
  const index = rows[0]?.indexOf(header) ?? -1;
  if (index < 0) throw new Error(`No column ${header}`);
  return rows.slice(1).map((row) => row[index] ?? null);
}

function withDays(revenueMinor: number, currency: string): ReportModel {
  const days = sampleDays("2026-11-01", 1, 3).map((day) => ({ ...day, revenueMinor }));
  return sampleReport({ sections: ["chart"], currency, days, comparisonDays: null });
}

describe("a report as XLSX", () => {
  it("has a sheet for each section, its summary first and how it was computed last", async () => {
    expect([...(await sheetsOf(sampleReport())).keys()]).toEqual([
      "Summary",
      "Day by day",
      "Channels",
      "Campaigns",
      "Attribution",
      "Journeys",
      "Touchpoints before a conversion",
      "Exchange rates",
      "How this was computed",
    ]);
  });

  it("speaks the report's language, in sheet names and cells alike", async () => {
    const sheets = await sheetsOf(sampleReport({ language: "de", locale: "de-DE" }));
    expect([...sheets.keys()]).toContain("Kampagnen");
    expect(sheets.get("Kampagnen")?.[0]?.[0]).toBe("Kampagne");
    for (const name of sheets.keys()) expect(name.length).toBeLessThanOrEqual(31);
  });

  it("is the same to the byte for the same report", async () => {
    const [first, second] = [await renderXlsx(sampleReport()), await renderXlsx(sampleReport())];
    expect(Buffer.from(first).equals(Buffer.from(second))).toBe(true);
  });

  it("keeps days as dates and figures as numbers, exact to the cent", async () => {
    const model = sampleReport();
    const rows = await sheetOf(model, "Day by day");
    const days = column(rows, "Day").slice(0, -1);
    expect(days).toEqual(model.days.map(({ day }) => new Date(`${day}T00:00:00Z`)));
    expect(column(rows, "Revenue").slice(0, -1)).toEqual(model.days.map((day) => day.revenueMinor / 100));
    expect(column(rows, "Visitors").slice(0, -1)).toEqual(model.days.map((day) => day.visitors));
    expect(column(rows, "Before · Day")[0]).toEqual(new Date("2026-10-02T00:00:00Z"));
  });

  it("ends each table with its totals, which are values", async () => {
    const model = sampleReport();
    const campaigns = await sheetOf(model, "Campaigns");
    const total = campaigns.at(-1);
    expect(total?.[0]).toBe("Total");
    const totals = sumFigures(model.campaigns?.rows ?? []);
    expect(column(campaigns, "Revenue").at(-1)).toBe(totals.revenueMinor / 100);
    expect(column(campaigns, "Spend").at(-1)).toBe((totals.spendMinor ?? 0) / 100);
    expect(column(campaigns, "ROAS").at(-1)).toBeCloseTo(totals.revenueMinor / (totals.spendMinor ?? 1), 12);
    for (const xml of (await xmlOf(model)).values()) expect(xml).not.toContain("<f>");
  });

  it("adds up no spend of which a part is not known", async () => {
    const model = sampleReport();
    const headline = { ...model.headline, spendMinor: null, roas: null };
    const kpis = model.kpis.filter(({ key }) => key !== "spend");
    const days = await sheetOf({ ...model, headline, kpis }, "Day by day");
    expect(column(days, "Spend").at(-1)).toBeNull();
    expect(column(days, "Before · Spend").at(-1)).toBeNull();
    expect(column(await sheetOf(model, "Day by day"), "Spend").at(-1)).toBeGreaterThan(0);
    const { campaigns } = model;
    if (campaigns === null) throw new Error("The sample has it");
    const totals = { ...campaigns.totals, spendMinor: null };
    const sheet = await sheetOf({ ...model, campaigns: { ...campaigns, totals } }, "Campaigns");
    expect(column(sheet, "Spend").at(-1)).toBeNull();
    expect(column(sheet, "ROAS").at(-1)).toBeNull();
  });

  it.each(["channels", "campaigns"] as const)(
    "refuses to write %s that do not add up to their total",
    async (section) => {
      const model = sampleReport();
      const table = model[section];
      if (table === null) throw new Error("The sample has it");
      const totals = { ...table.totals, revenueMinor: table.totals.revenueMinor + 1 };
      await expect(renderXlsx({ ...model, [section]: { ...table, totals } })).rejects.toThrow(
        `${section}.revenueMinor adds up to`,
      );
    },
  );

  it("refuses credit that does not add up to its column's total, but takes fractions that do", async () => {
    const model = sampleReport();
    const { attribution } = model;
    if (attribution === null) throw new Error("The sample has it");
    const totals = attribution.totals.map((total, index) =>
      index === 2 ? { ...total, conversions: total.conversions + 0.01 } : total,
    );
    await expect(renderXlsx({ ...model, attribution: { ...attribution, totals } })).rejects.toThrow(
      "attribution, linear.conversions adds up to",
    );
  });

  it("takes visitors of the total as they are: they are distinct, and fewer than their sum", async () => {
    const model = sampleReport();
    const { channels } = model;
    if (channels === null) throw new Error("The sample has it");
    const totals = { ...channels.totals, visitors: 7 };
    const rows = await sheetOf({ ...model, channels: { ...channels, totals } }, "Channels");
    expect(column(rows, "Visitors").at(-1)).toBe(7);
  });

  it("shows what came back for each campaign's money where the report knows it", async () => {
    const model = sampleReport({ kind: "roi" });
    const { campaigns } = model;
    if (campaigns === null) throw new Error("The sample has it");
    const money = {
      grossProfitMinor: -1_250,
      roiWithMargin: -0.25,
      breakEvenCpaMinor: 1_999,
      paybackDays: 12,
      budgetSpent: 0.5,
      pace: 1.1,
    };
    const rows = campaigns.rows.map((row, index) => ({ ...row, money: index === 0 ? money : null }));
    const sheet = await sheetOf({ ...model, campaigns: { ...campaigns, rows } }, "Campaigns");
    const first = [
      "Gross profit",
      "ROI after margin",
      "Break-even CPA",
      "Payback",
      "Budget spent",
      "Pace",
    ].map((header) => column(sheet, header).slice(0, 2));
    expect(first.map(([value]) => value)).toEqual([-12.5, -0.25, 19.99, 12, 0.5, 1.1]);
    expect(first.map(([, next]) => next)).toEqual([null, null, null, null, null, null]);
    expect((await sheetOf(sampleReport(), "Campaigns"))[0]).not.toContain("Gross profit");
  });

  it("shows the KPIs with interval, comparison and change, or the reason why there is none", async () => {
    const model = sampleReport();
    const kpis = model.kpis.map((kpi, index) =>
      index === 0
        ? { ...kpi, interval: { low: 1_100_000, high: 1_400_000 } }
        : { ...kpi, value: null, reason: "no_spend" as const },
    );
    const rows = await sheetOf({ ...model, kpis }, "Summary");
    const at = rows.findIndex((row) => row[0] === "Revenue");
    const value = (model.kpis[0]?.value ?? 0) / 100;
    expect(rows[at]?.slice(0, 6)).toEqual([
      "Revenue",
      value,
      11_000,
      14_000,
      10_982,
      expect.closeTo(value - 10_982, 6),
    ]);
    expect(rows[at]?.[6]).toBeCloseTo((value - 10_982) / 10_982, 12);
    expect(rows[at + 1]?.[1]).toBeNull();
    expect(rows[at + 1]?.[7]).toBe("Nothing spent in these days: add spend to see it");
    expect(rows[0]?.[0]).toBe("Spring launch in November");
    expect(String(rows[2]?.[0])).toContain("Spring launch brought €12,578.05 of revenue");
  });

  it("writes unknown spend as an empty cell, never as 0, and a spend of 0 as 0", async () => {
    const days = sampleDays("2026-11-01", 2, 3).map((day, index) => ({
      ...day,
      spendMinor: index === 0 ? null : 0,
    }));
    const rows = await sheetOf(sampleReport({ days, comparisonDays: null }), "Day by day");
    expect(column(rows, "Spend")).toEqual([null, 0, 0]);
  });

  it.each([
    { currency: "EUR", minor: -1_234, major: -12.34, digits: "#,##0.00" },
    { currency: "JPY", minor: -1_234, major: -1_234, digits: "#,##0" },
    { currency: "KWD", minor: -1_234, major: -1.234, digits: "#,##0.000" },
    { currency: "EUR", minor: 9_007_199_254_740_991, major: 90_071_992_547_409.91, digits: "#,##0.00" },
  ])("writes $minor of $currency with its decimals, negative amounts as numbers", async (amount) => {
    const model = withDays(amount.minor, amount.currency);
    expect(column(await sheetOf(model, "Day by day"), "Revenue")[0]).toBe(amount.major);
    expect((await xmlOf(model)).get("xl/styles.xml")).toContain(amount.digits);
  });

  it("puts the currency's sign where the locale has it", async () => {
    const styles = async (locale: string) => (await xmlOf(sampleReport({ locale }))).get("xl/styles.xml");
    expect(await styles("en-GB")).toContain('formatCode="[$€]#,##0.00;-[$€]#,##0.00"');
    expect(await styles("de-DE")).toContain('formatCode="#,##0.00 [$€];-#,##0.00 [$€]"');
  });

  it.each(["=1+1", "+1", "-1", "@SUM(A1)", "\tx", '=HYPERLINK("http://x","y")', "＝1"])(
    "writes %j as text that stays text when it is edited, and as nothing that is worked out",
    async (name) => {
      const model = sampleReport();
      const { campaigns } = model;
      if (campaigns === null) throw new Error("The sample has it");
      const rows = campaigns.rows.map((row) => ({ ...row, name }));
      const named = { ...model, campaigns: { ...campaigns, rows } };
      expect((await sheetOf(named, "Campaigns"))[1]?.[0]).toBe(name.trim());
      const files = await xmlOf(named);
      const cell = /<c r="A2" s="(\d+)" t="s">/.exec(files.get("xl/worksheets/sheet4.xml") ?? "");
      const styles = /<cellXfs.*<\/cellXfs>/s
        .exec(files.get("xl/styles.xml") ?? "")?.[0]
        .match(/<xf [^>]*>/g);
      const format = /numFmtId="(\d+)"/.exec(styles?.[Number(cell?.[1])] ?? "")?.[1];
      expect(files.get("xl/styles.xml")).toContain(`<numFmt numFmtId="${format}" formatCode="@"/>`);
    },
  );

  it("reads back names of every script, with markup, controls and what looks like an escape", async () => {
    const names = [
      'A & B <c> "d"',
      "مرحبا بالعالم",
      "漢字 😀",
      "Łódź Ανοιξη",
      "one\nline",
      "x\u0000y\u0007z",
      "\uD800",
    ];
    const model = sampleReport();
    const { campaigns } = model;
    const [first] = campaigns?.rows ?? [];
    if (campaigns === null || first === undefined) throw new Error("The sample has it");
    const rows = names.map((name) => ({ ...first, name }));
    const written = { ...model, campaigns: { rows, totals: sumFigures(rows) } };
    const read = column(await sheetOf(written, "Campaigns"), "Campaign").slice(0, names.length);
    expect(read).toEqual([...names.slice(0, 5), "xy\u{FFFD}z", "\u{FFFD}"]);
    const escaped = sampleReport({ title: "_x0041_" });
    expect((await xmlOf(escaped)).get("xl/sharedStrings.xml")).toContain("_x005F_x0041_");
  });

  it("keeps what stands above the rows in view, names its columns and can be filtered without its total", async () => {
    const files = await xmlOf(sampleReport());
    const days = files.get("xl/worksheets/sheet2.xml") ?? "";
    expect(days).toContain('<pane ySplit="1" topLeftCell="A2" state="frozen"');
    expect(days).toContain('<autoFilter ref="A1:N31"/>');
    expect(days).toContain('<dimension ref="A1:N32"/>');
    expect(days).toMatch(/<col min="1" max="1" width="12" customWidth="true"\/>/);
    expect(files.get("xl/worksheets/sheet1.xml")).toMatch(/<pane ySplit="6" topLeftCell="A7" state="frozen"/);
  });

  it("repeats the header on every printed page, under names that are quoted", async () => {
    const workbook = (await xmlOf(sampleReport())).get("xl/workbook.xml") ?? "";
    const titles = [
      ...workbook.matchAll(/<definedName name="_xlnm.Print_Titles" localSheetId="(\d)">([^<]*)</g),
    ];
    expect(titles.map(([, sheet, range]) => `${sheet} ${range}`)).toContain("1 'Day by day'!$1:$1");
    expect(titles).toHaveLength(9);
    for (const [, , range] of titles) expect(range).toMatch(/^'[^']+'!\$\d+:\$\d+$/);
  });

  it("has a workbook of its own for a report without a day, a campaign or a conversion", async () => {
    const empty = {
      visitors: 0,
      clicks: 0,
      impressions: 0,
      conversions: 0,
      revenueMinor: 0,
      spendMinor: null,
    };
    const sheets = await sheetsOf(
      sampleReport({
        days: [],
        comparisonDays: null,
        kpis: [],
        channels: { rows: [], totals: empty },
        campaigns: { rows: [], totals: empty },
        attribution: { by: "campaign", lookbackDays: 30, models: ["last"], rows: [], totals: [] },
        journeys: {
          by: "channel",
          top: [],
          others: { ways: 0, conversions: 0, revenueMinor: 0 },
          lengths: [],
          medianLagMs: null,
          conversions: 0,
        },
      }),
    );
    expect(sheets.get("Channels")).toHaveLength(2);
    expect(sheets.get("Channels")?.[1]?.[0]).toBe("Total");
  });

  it("finds a name for every sheet, whatever the sections are called", async () => {
    const { sheetNames } = await import("#rendering/xlsx/sheet-names.ts");
    const sheet = { lead: [], columns: [], rowCount: 0, rows: [], totals: null };
    const names = ["x".repeat(40), "X".repeat(40), "a/b", "", "'quoted'", `x${"🚀".repeat(20)}`].map(
      (name) => ({
        ...sheet,
        name,
      }),
    );
    expect(sheetNames(names).map(({ name }) => name)).toEqual([
      `${"x".repeat(30)}…`,
      `${"X".repeat(28)}… 2`,
      "a b",
      "Sheet",
      "quoted",
      `x${"🚀".repeat(14)}\ufffd…`,
    ]);
  });
});
