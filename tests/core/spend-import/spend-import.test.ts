import fc from "fast-check";
import { describe, expect, it } from "vitest";

import { currencyOfHeading, guessColumns } from "#core/spend-import/columns.ts";
import { planImport, type ImportOptions } from "#core/spend-import/import-rows.ts";
import { parseTable } from "#core/spend-import/parse-table.ts";
import { guessDecimalMark, readAmount } from "#core/spend-import/read-amount.ts";
import { guessDayOrder, readDay } from "#core/spend-import/read-day.ts";
import { inputs } from "#tests/support/inputs.ts";

describe("a table of cells", () => {
  it("is pasted with tabs, or a CSV with commas or semicolons, quotes and line ends in them", () => {
    expect(parseTable("a\tb\n1\t2")).toEqual([
      ["a", "b"],
      ["1", "2"],
    ]);
    expect(parseTable('\uFEFFday;cost\r\n"9.3.2026";"1.234,56"\r\n')).toEqual([
      ["day", "cost"],
      ["9.3.2026", "1.234,56"],
    ]);
    expect(parseTable('a,b\n"x ""y"", z\nw",2')).toEqual([
      ["a", "b"],
      ['x "y", z\nw', "2"],
    ]);
  });

  it("keeps empty lines, so that lines are numbered as in the file", () => {
    expect(parseTable("a,b\n\n1,2")).toHaveLength(3);
  });

  it("comes back as it was written, whatever the cells hold", () => {
    const cell = fc.string({ unit: fc.constantFrom("a", '"', ",", ";", "\n", "é", "1") });
    const rows = fc.array(fc.tuple(cell, cell), { minLength: 1, maxLength: 5 });
    fc.assert(
      fc.property(rows, (cells) => {
        const quoted = (text: string) => `"${text.replaceAll('"', '""')}"`;
        const text = ["x,y", ...cells.map((row) => row.map(quoted).join(","))].join("\n");
        expect(parseTable(text).slice(1)).toEqual(cells.map((row) => row.map((part) => part.trim())));
      }),
      { numRuns: inputs(1_000) },
    );
  });
});

describe("a day", () => {
  it.each([
    ["2026-03-09", "2026-03-09"],
    ["2026-03-09T00:00:00.000Z", "2026-03-09"],
    ["2026-03-09 14:00", "2026-03-09"],
    ["2026/3/9", "2026-03-09"],
    ["20260309", "2026-03-09"],
    ["9.3.2026", "2026-03-09"],
    ["09/03/26", "2026-03-09"],
    ["9-3-2026", "2026-03-09"],
    ["9 March 2026", "2026-03-09"],
    ["9. Mar 2026", "2026-03-09"],
    ["Mar 9, 2026", "2026-03-09"],
    ["30.2.2026", null],
    ["9.13.2026", null],
    ["next week", null],
    ["", null],
  ])("%j is %s", (text, day) => {
    expect(readDay(text, "dmy")).toBe(day);
  });

  it("is read month first where the column says so: a number above 12 decides", () => {
    expect(readDay("03/09/2026", "mdy")).toBe("2026-03-09");
    expect(guessDayOrder(["03/04/2026", "03/28/2026"], "dmy")).toBe("mdy");
    expect(guessDayOrder(["03/04/2026", "28/03/2026"], "mdy")).toBe("dmy");
    expect(guessDayOrder(["3.4.2026"], "mdy")).toBe("dmy");
    expect(guessDayOrder(["03/04/2026"], "mdy")).toBe("mdy");
  });
});

describe("an amount", () => {
  it.each([
    ["1234.56", ".", "1234.56", null],
    ["1.234,56 €", ",", "1234.56", "EUR"],
    ["$1,234.56", ".", "1234.56", null],
    ["US$ 12", ".", "12", "USD"],
    ["£0.5", ".", "0.5", "GBP"],
    ["1 234,5 EUR", ",", "1234.5", "EUR"],
    ["1'234.50 CHF", ".", "1234.50", "CHF"],
    ["JPY 1,200", ".", "1200", "JPY"],
    ["12,34,567.00", ".", "1234567.00", null],
    ["0", ".", "0", null],
    ["0.005", ".", "0.005", null],
  ] as const)("%j with %s is %s of %s", (...[text, mark, decimal, currency]) => {
    expect(readAmount(text, mark)).toEqual({ decimal, currency });
  });

  it.each(["", "–", "free", "1.2.3", "12 of 30", "1,23,4"])("%j is none", (text) => {
    expect(readAmount(text, ".")).toEqual({ fault: "no_amount" });
  });

  it.each(["-5", "−5.00", "(12.00)", "€ -3"])("%j is negative, which spend is not", (text) => {
    expect(readAmount(text, ".")).toEqual({ fault: "negative" });
  });

  it("has the decimal mark of its column", () => {
    expect(guessDecimalMark(["1.234", "1.234,5"], ".")).toBe(",");
    expect(guessDecimalMark(["1,234", "1,234.50"], ",")).toBe(".");
    expect(guessDecimalMark(["1,234,567"], ",")).toBe(".");
    expect(guessDecimalMark(["12,5"], ".")).toBe(",");
    expect(guessDecimalMark(["1,234"], ".")).toBe(".");
    expect(guessDecimalMark(["7"], ",")).toBe(",");
  });
});

describe("columns", () => {
  it("are found by what ad platforms call them", () => {
    expect(guessColumns(["Campaign name", "Day", "Amount spent (EUR)", "Impressions"])).toMatchObject({
      campaign: 0,
      day: 1,
      amount: 2,
      currency: null,
    });
    expect(guessColumns(["Tag", "Kampagne", "Währungscode", "Kosten", "Notiz"])).toEqual({
      day: 0,
      campaign: 1,
      currency: 2,
      amount: 3,
      source: null,
      note: 4,
    });
    expect(guessColumns(["a", "b"]).day).toBeNull();
    expect(currencyOfHeading("Amount spent (USD)")).toBe("USD");
    expect(currencyOfHeading("Cost")).toBeNull();
  });
});

const OPTIONS: ImportOptions = {
  days: { first: "2000-01-01", last: "2028-03-09" },
  mapping: { day: 0, campaign: 1, amount: 2, currency: null, source: null, note: 3 },
  dayOrder: "dmy",
  decimalMark: ",",
  campaigns: [
    { id: "cmp_1", name: "Spring", currency: "EUR", aliases: ["spring26"] },
    { id: "cmp_2", name: "Brand", currency: "JPY", aliases: ["spring"] },
  ],
  chosen: new Map(),
  source: "import",
  isCurrency: (code) => ["EUR", "USD", "JPY"].includes(code),
};
const HEAD = ["Day", "Campaign", "Cost", "Note"];

describe("an import", () => {
  it("matches campaigns by name, id and matcher, adds up lines of one day, and keeps its good lines", () => {
    const plan = planImport(
      [
        HEAD,
        ["9.3.2026", " spring ", "10,50", "ad set 1"],
        ["9.3.2026", "SPRING26", "0,25 €", ""],
        ["", "", "", ""],
        ["9.3.2026", "cmp_2", "1200", ""],
        ["31.2.2026", "Spring", "1", ""],
        ["9.3.2026", "Spring", "-1", ""],
        ["9.3.2026", "Summer", "1", ""],
        ["9.3.2026", "Spring", "1 XYZ", ""],
        ["9.3.2026", "Spring", "1 USD", ""],
        ["9.3.0206", "Spring", "1", ""],
      ],
      OPTIONS,
    );
    const row = { day: "2026-03-09", source: "import" };
    expect(plan.rows).toEqual([
      { ...row, campaign: "cmp_1", amountMinor: 1_075, currency: "EUR", note: "ad set 1" },
      { ...row, campaign: "cmp_2", amountMinor: 1_200, currency: "JPY", note: null },
    ]);
    expect(plan.faults).toEqual([
      { line: 6, fault: "no_day", text: "31.2.2026" },
      { line: 7, fault: "negative", text: "-1" },
      { line: 8, fault: "unknown_campaign", text: "Summer" },
      { line: 9, fault: "unknown_currency", text: "XYZ" },
      { line: 10, fault: "mixed_currencies", text: "EUR, USD" },
      { line: 11, fault: "day_out_of_range", text: "0206-03-09" },
    ]);
    expect(plan).toMatchObject({ unknownCampaigns: ["Summer"], added: 1, leftOut: 0 });
  });

  it("takes the choice for a name that no campaign bears: another campaign, or none", () => {
    const table = [HEAD, ["9.3.2026", "Summer", "1", ""], ["9.3.2026", "Old", "1", ""]];
    const chosen = new Map([
      ["Summer", "cmp_1"],
      ["Old", null],
    ]);
    const plan = planImport(table, { ...OPTIONS, chosen });
    expect(plan.rows).toMatchObject([{ campaign: "cmp_1", amountMinor: 100 }]);
    expect(plan).toMatchObject({ faults: [], unknownCampaigns: [], leftOut: 1 });
  });

  it("takes the currency of its column, else of its heading, else of the cell, else of the campaign", () => {
    const mapping = { ...OPTIONS.mapping, currency: 3, note: null };
    const inColumn = planImport([HEAD, ["9.3.2026", "Spring", "5", "usd"]], { ...OPTIONS, mapping });
    expect(inColumn.rows).toMatchObject([{ currency: "USD", amountMinor: 500 }]);
    const headed = ["Day", "Campaign", "Cost (JPY)", "Note"];
    expect(planImport([headed, ["9.3.2026", "Spring", "5", ""]], OPTIONS).rows).toMatchObject([
      { currency: "JPY", amountMinor: 5 },
    ]);
    expect(planImport([HEAD, ["9.3.2026", "Brand", "5 EUR", ""]], OPTIONS).rows).toMatchObject([
      { currency: "EUR", amountMinor: 500 },
    ]);
  });
});
