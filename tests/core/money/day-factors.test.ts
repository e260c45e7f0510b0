import { describe, expect, it } from "vitest";

import { dayFactors } from "#core/money/day-factors.ts";
import type { StoredRate } from "#core/money/exchange-rate.ts";
import { ratesInForce } from "#core/money/rates-in-force.ts";

const rate = (currency: string, day: string, value: string): StoredRate => ({
  currency,
  day,
  rate: value,
  source: "ECB",
  isOwn: false,
});
const range = { from: "2026-03-02", to: "2026-03-04" };

describe("what converts each day's money", () => {
  it("is nothing without rates, and nothing for days that have none", () => {
    expect(dayFactors([], { currency: "USD", ...range })).toEqual([]);
    const late = dayFactors([rate("USD", "2026-03-04", "1.25")], { currency: "EUR", ...range });
    expect(late.map(({ day }) => day)).toEqual(["2026-03-04"]);
  });

  it("is the exact fraction of the day's rate: USD 1.25 a euro is 100 cents for 125", () => {
    const [first] = dayFactors([rate("USD", "2026-03-01", "1.25")], { currency: "EUR", ...range });
    expect(first).toMatchObject({ day: "2026-03-02", currency: "USD" });
    expect(Number(first?.up) / Number(first?.down)).toBe(0.8);
  });

  it("goes by way of the euro, whose money is converted as well where the site's is another", () => {
    const rates = [rate("USD", "2026-03-01", "1.25"), rate("JPY", "2026-03-01", "160")];
    const factors = dayFactors(rates, { currency: "USD", ...range, to: range.from });
    const worth = factors.map(({ currency, up, down }) => [currency, Number(up) / Number(down)]);
    // A yen has no cents: 160 of them are 125 cents.
    expect(worth).toEqual([
      ["EUR", 1.25],
      ["JPY", 125 / 160],
    ]);
  });
});

describe("the rates in force", () => {
  it("are told for each day on which they hold, an account's own before the shared one", () => {
    const rates = [rate("USD", "2026-03-01", "1.25"), { ...rate("USD", "2026-03-03", "1.5"), isOwn: true }];
    expect(ratesInForce(rates, { currencies: ["EUR", "USD", "GBP"], ...range })).toEqual([
      { day: "2026-03-02", currency: "USD", rate: "1.25" },
      { day: "2026-03-03", currency: "USD", rate: "1.5" },
      { day: "2026-03-04", currency: "USD", rate: "1.5" },
    ]);
  });
});
