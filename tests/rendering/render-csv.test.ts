import { describe, expect, it } from "vitest";

import type { ReportModel } from "#core/report/report-model.ts";
import { csvBytes } from "#rendering/csv/csv-text.ts";
import { renderCsv } from "#rendering/render-csv.ts";

import { readCsv, readCsvRecords } from "./read-csv.ts";
import { readZip } from "./read-zip.ts";
import { sampleReport, sumCredits } from "./sample-report.ts";

/** The files of a report with several sections, each as records. */
async function tablesOf(model: ReportModel): Promise<Map<string, Record<string, string>[]>> {
  const { bytes, extension } = await renderCsv(model);
  expect(extension).toBe("zip");
  return new Map([...readZip(bytes)].map(([path, file]) => [path, readCsvRecords(file)]));
}

/** The only file of a report that has no section but its days. */
async function daysOf(changes: Partial<ReportModel>): Promise<Record<string, string>[]> {
  const { bytes, extension } = await renderCsv(sampleReport({ sections: ["chart"], ...changes }));
  expect(extension).toBe("csv");
  return readCsvRecords(bytes);
}

function cents(records: readonly Record<string, string>[] | undefined, column: string): number {
  return (records ?? []).reduce((sum, record) => sum + Math.round(Number(record[column]) * 100), 0);
}

describe("a report as CSV", () => {
  it("is an archive with a file for each section, in their order, and how it was computed", async () => {
    const { bytes, extension } = await renderCsv(sampleReport());
    expect(extension).toBe("zip");
    expect([...readZip(bytes).keys()]).toEqual([
      "figures.csv",
      "days.csv",
      "channels.csv",
      "campaigns.csv",
      "attribution.csv",
      "journeys.csv",
      "journey-lengths.csv",
      "how-computed.csv",
    ]);
  });

  it("is one file when there is one section, and its days when there is none", async () => {
    const { bytes, extension } = await renderCsv(sampleReport({ sections: ["channels"] }));
    expect(extension).toBe("csv");
    expect(readCsv(bytes)[0]?.slice(0, 2)).toEqual(["channel", "visitors"]);
    const none = await renderCsv(sampleReport({ sections: [] }));
    expect(none.extension).toBe("csv");
    expect(readCsv(none.bytes)[0]?.slice(0, 2)).toEqual(["day", "site"]);
  });

  it("is the same to the byte for the same report", async () => {
    const [first, second] = [await renderCsv(sampleReport()), await renderCsv(sampleReport())];
    expect(Buffer.from(first.bytes).equals(Buffer.from(second.bytes))).toBe(true);
  });

  it("has a line for each day with ISO days and major units, and the day it is compared with beside it", async () => {
    const figures = {
      visitors: 3,
      clicks: 2,
      impressions: 90,
      conversions: 1,
      revenueMinor: 4_205,
      spendMinor: 700,
    };
    const rows = await daysOf({
      days: [{ day: "2026-11-01", ...figures }],
      comparisonDays: [{ day: "2026-10-02", ...figures, revenueMinor: 5 }],
    });
    expect(rows).toEqual([
      {
        day: "2026-11-01",
        site: "shop.example",
        campaigns: "Spring launch",
        visitors: "3",
        clicks: "2",
        impressions: "90",
        conversions: "1",
        revenue: "42.05",
        spend: "7.00",
        currency: "EUR",
        previous_day: "2026-10-02",
        previous_visitors: "3",
        previous_clicks: "2",
        previous_impressions: "90",
        previous_conversions: "1",
        previous_revenue: "0.05",
        previous_spend: "7.00",
      },
    ]);
  });

  it("has no line that is a total: every column adds up to the model's, to the cent", async () => {
    const model = sampleReport();
    const tables = await tablesOf(model);
    expect(cents(tables.get("days.csv"), "revenue")).toBe(
      model.days.reduce((sum, day) => sum + day.revenueMinor, 0),
    );
    for (const section of ["channels", "campaigns"] as const) {
      expect(cents(tables.get(`${section}.csv`), "revenue")).toBe(model[section]?.totals.revenueMinor);
      expect(cents(tables.get(`${section}.csv`), "spend")).toBe(model[section]?.totals.spendMinor);
    }
    const { top = [], others } = model.journeys ?? {};
    expect(cents(tables.get("journeys.csv"), "revenue")).toBe(
      [...top, ...(others === undefined ? [] : [others])].reduce((sum, way) => sum + way.revenueMinor, 0),
    );
  });

  it("writes each figure with its unit, its interval and what it was, or why there is none", async () => {
    const model = sampleReport();
    const [revenue, ...rest] = model.kpis;
    const kpis = [
      { ...revenue, interval: { low: 1_100_000, high: 1_400_000 }, tooFew: true },
      ...rest.map((kpi) => ({ ...kpi, value: null, previous: null, reason: "no_spend" })),
    ] as ReportModel["kpis"];
    const figures = (await tablesOf({ ...model, kpis })).get("figures.csv");
    expect(figures?.[0]).toEqual({
      figure: "revenue",
      unit: "money",
      currency: "EUR",
      value: ((revenue?.value ?? 0) / 100).toFixed(2),
      low_95: "11000.00",
      high_95: "14000.00",
      previous: "10982.00",
      too_few: "yes",
      no_value_because: "",
    });
    expect(figures?.[1]).toMatchObject({
      figure: "spend",
      value: "",
      low_95: "",
      no_value_because: "no_spend",
    });
  });

  it("leaves spend empty where none was entered, and writes 0.00 where zero was", async () => {
    const days = sampleReport()
      .days.slice(0, 2)
      .map((day, index) => ({ ...day, spendMinor: index === 0 ? null : 0 }));
    const rows = await daysOf({ days, comparisonDays: null });
    expect(rows.map((row) => row["spend"])).toEqual(["", "0.00"]);
  });

  it("keeps the days of a longer comparison, without inventing days beside them", async () => {
    const { days, comparisonDays } = sampleReport();
    const rows = await daysOf({
      days: days.slice(0, 2),
      comparisonDays: comparisonDays?.slice(0, 3) ?? null,
    });
    expect(rows).toHaveLength(3);
    expect(rows[2]).toMatchObject({ day: "", visitors: "", previous_day: "2026-10-04" });
  });

  it("uses the currency's decimals, and keeps negative amounts numbers", async () => {
    const days = sampleReport()
      .days.slice(0, 1)
      .map((day) => ({ ...day, revenueMinor: -1_234 }));
    const revenue = async (currency: string) => (await daysOf({ days, currency }))[0]?.["revenue"];
    expect(await revenue("EUR")).toBe("-12.34");
    expect(await revenue("JPY")).toBe("-1234");
    expect(await revenue("KWD")).toBe("-1.234");
  });

  it.each(["=1+1", "+1", "-1", "@SUM(A1)", "\tx", "\rx", "\nx", '=HYPERLINK("http://x","y")', "＝1"])(
    "keeps a spreadsheet from reading %j as a formula",
    async (name) => {
      for (const row of await daysOf({ campaignNames: [name], siteName: name })) {
        expect(row["site"]).toBe(`'${name}`);
        expect(row["campaigns"]).toBe(`'${name}`);
      }
    },
  );

  it("reads back quotes, commas, line ends and edge blanks as they were", async () => {
    for (const name of ['He said "hi", twice', "a,b", "a\r\nb", " padded ", "Ανοιξη 漢字 😀"]) {
      expect((await daysOf({ campaignNames: [name] }))[0]?.["campaigns"]).toBe(name);
    }
  });

  it("writes attribution with a line for each campaign and model, unattributed included", async () => {
    const model = sampleReport();
    const { attribution } = model;
    const rows = (await tablesOf(model)).get("attribution.csv") ?? [];
    expect(rows).toHaveLength((attribution?.rows.length ?? 0) * 3);
    const totals = sumCredits(attribution?.rows ?? []);
    for (const [index, name] of (attribution?.models ?? []).entries()) {
      expect(
        cents(
          rows.filter((row) => row["model"] === name),
          "revenue",
        ),
      ).toBe(totals[index]?.revenueMinor);
    }
    expect(rows.at(-1)).toMatchObject({
      kind: "unattributed",
      campaign: "(unattributed)",
      model: "linear",
      conversions: "14",
      revenue: "412.30",
      currency: "EUR",
    });
  });

  it("tells a campaign that is called like a summed row from that row", async () => {
    const model = sampleReport();
    const [first] = model.campaigns?.rows ?? [];
    if (first === undefined || model.campaigns === null) throw new Error("The sample has campaigns");
    const rows = [
      { ...first, name: "(others)" },
      { ...first, kind: "others" as const, name: "", channel: null },
    ];
    const written = (await tablesOf({ ...model, campaigns: { ...model.campaigns, rows } })).get(
      "campaigns.csv",
    );
    expect(written?.map((row) => [row["kind"], row["campaign"]])).toEqual([
      ["group", "(others)"],
      ["others", "(others)"],
    ]);
  });

  it("says how the figures came about", async () => {
    const basis = (await tablesOf(sampleReport())).get("how-computed.csv") ?? [];
    const facts = basis.map((row) => [row["fact"], row["of"], row["value"]]);
    expect(facts).toContainEqual(["model", "", "last"]);
    expect(facts).toContainEqual(["rate", "USD 2026-11-02/2026-11-02", "0.9214"]);
    expect(facts).toContainEqual(["data_version", "shop.example", "d184-s12-m7"]);
    expect(facts).toContainEqual(["last_day_open", "", "yes"]);
  });

  it("ends every line in CR LF and has no line after the last", () => {
    const bytes = csvBytes({ header: ["a", "b"], rows: [[1, null]] });
    expect(new TextDecoder("utf-8", { ignoreBOM: true }).decode(bytes)).toBe("\uFEFFa,b\r\n1,\r\n");
  });
});
