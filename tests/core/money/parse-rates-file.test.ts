import { describe, expect, it } from "vitest";

import { parseRatesFile } from "#core/money/parse-rates-file.ts";

const XML = `<?xml version="1.0" encoding="UTF-8"?>
<gesmes:Envelope xmlns="http://www.ecb.int/vocabulary/2002-08-01/eurofxref">
  <Cube>
    <Cube time='2026-03-06'>
      <Cube currency='USD' rate='1.0843'/>
      <Cube currency='JPY' rate='160.05'/>
    </Cube>
    <Cube time="2026-03-05"><Cube currency="USD" rate="1.08"/></Cube>
  </Cube>
</gesmes:Envelope>`;

const rate = (day: string, currency: string, value: string) => ({ day, currency, rate: value, source: "f" });

describe("a file of rates", () => {
  it("may be the ECB's XML, of one day or of many", () => {
    expect(parseRatesFile(XML, "f")).toEqual({
      rates: [
        rate("2026-03-06", "USD", "1.0843"),
        rate("2026-03-06", "JPY", "160.05"),
        rate("2026-03-05", "USD", "1.08"),
      ],
      faults: [],
    });
  });

  it("may be the ECB's wide CSV, where N/A is no rate and each line ends with a comma", () => {
    const text = "\uFEFFDate,USD,JPY,CYP,\r\n2026-03-06,1.0843,160.05,N/A,\r\n2026-03-05,1.08,,N/A,\r\n";
    expect(parseRatesFile(text, "f")).toEqual({
      rates: [
        rate("2026-03-06", "USD", "1.0843"),
        rate("2026-03-06", "JPY", "160.05"),
        rate("2026-03-05", "USD", "1.08"),
      ],
      faults: [],
    });
  });

  it("may be plain lines, and tells what is wrong by its line", () => {
    const text = [
      "date,currency,rate",
      "2026-03-06,USD,1.0843",
      "2026-02-30,USD,1.08",
      "2026-03-06,usd,1.08",
      "2026-03-06,CHF,0",
      "2026-03-06,CHF,-1.2",
      "",
      "2026-03-06,EUR,1",
    ].join("\n");
    expect(parseRatesFile(text, "f")).toEqual({
      rates: [rate("2026-03-06", "USD", "1.0843")],
      faults: [
        { line: 3, fault: "no_day" },
        { line: 4, fault: "no_currency" },
        { line: 5, fault: "no_rate" },
        { line: 6, fault: "no_rate" },
      ],
    });
  });

  it("is refused when it is something else", () => {
    const unknown = { rates: [], faults: [{ line: 1, fault: "unknown_format" }] };
    expect(parseRatesFile("<html><body>Not here</body></html>", "f")).toEqual(unknown);
    expect(parseRatesFile("hello", "f")).toEqual(unknown);
    expect(parseRatesFile("", "f")).toEqual(unknown);
  });
});
