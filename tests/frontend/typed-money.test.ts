import { describe, expect, test } from "vitest";
import { moneyError, moneyToInput, parseMoney } from "#frontend/format/typed-money.ts";

describe("an amount that was typed", () => {
  test.each([
    ["1,234.50", "EUR", 123_450],
    ["1.234,50", "EUR", 123_450],
    ["1.234,5", "EUR", 123_450],
    ["1234,5", "EUR", 123_450],
    ["1 234", "EUR", 123_400],
    ["1 234,56", "EUR", 123_456],
    ["1\u00A0234,56", "EUR", 123_456],
    ["1\u202F234.56", "EUR", 123_456],
    ["1'234.56", "EUR", 123_456],
    ["1’234.56", "EUR", 123_456],
    ["1,234,567", "EUR", 123_456_700],
    ["1.234.567", "EUR", 123_456_700],
    ["1.234.567,89", "EUR", 123_456_789],
    ["1,23,456.50", "INR", 12_345_650],
    ["1500", "EUR", 150_000],
    ["1.50", "EUR", 150],
    ["1,5", "EUR", 150],
    ["0", "EUR", 0],
    [" 0.45 ", "EUR", 45],
    ["1234", "JPY", 1_234],
    ["1234.567", "KWD", 1_234_567],
    ["1,234.567", "KWD", 1_234_567],
    ["0.500", "KWD", 500],
    ["01.234", "KWD", 1_234],
  ])("reads %j %s as %i minor units", (text, currency, minor) => {
    expect(parseMoney(text, currency)).toBe(minor);
    expect(moneyError(text, currency, "120.50")).toBeNull();
  });

  test.each([
    ["1.500", "EUR", "Is that 1500 or 1.50? Enter it without a mark between thousands"],
    ["1,500", "EUR", "Is that 1500 or 1.50? Enter it without a mark between thousands"],
    ["12.300", "EUR", "Is that 12300 or 12.30? Enter it without a mark between thousands"],
    [
      "12.345",
      "EUR",
      "Is that 12345 or 12.345? Enter it without a mark between thousands: EUR has 2 decimals",
    ],
    ["1,500", "JPY", "Is that 1500 or 1.500? Enter it without a mark between thousands: JPY has no decimals"],
    ["1.234", "KWD", "Is that 1234 or 1.234? Enter 1234 or 01.234"],
  ])("may be two amounts: %j as %s is refused, and both are told", (text, currency, message) => {
    expect(parseMoney(text, currency)).toBeNull();
    expect(moneyError(text, currency, "120.50")).toBe(message);
  });

  test.each([
    ["0.500", "EUR", "EUR has 2 decimals: enter an amount like 120.50"],
    ["1234.560", "EUR", "EUR has 2 decimals: enter an amount like 120.50"],
    ["1.2345", "KWD", "KWD has 3 decimals: enter an amount like 120.50"],
    ["1,234.567", "EUR", "EUR has 2 decimals: enter an amount like 120.50"],
    ["1.5", "JPY", "JPY has no decimals: enter an amount like 120"],
    ["5.0", "JPY", "JPY has no decimals: enter an amount like 120"],
  ])("has no more decimals than its currency: %j as %s", (text, currency, message) => {
    expect(parseMoney(text, currency)).toBeNull();
    expect(moneyError(text, currency, "120.50")).toBe(message);
  });

  test.each([
    ["", "EUR"],
    ["-5", "EUR"],
    ["abc", "EUR"],
    ["1e5", "EUR"],
    ["12 34", "EUR"],
    ["1,2,3", "EUR"],
    ["1.234.56", "EUR"],
    ["1,234 567", "EUR"],
    ["1.234,567.89", "EUR"],
    ["99999999999999999", "EUR"],
  ])("is no amount: %j", (text, currency) => {
    expect(parseMoney(text, currency)).toBeNull();
    expect(moneyError(text, currency, "120.50")).toBe("Enter an amount in EUR, like 120.50");
  });

  test("goes into an input and back unchanged", () => {
    for (const [minor, currency] of [
      [5, "EUR"],
      [150_000, "EUR"],
      [123_456, "KWD"],
      [1_234_567, "KWD"],
      [1_500, "KWD"],
      [1, "KWD"],
      [77, "JPY"],
      [1_500, "JPY"],
    ] as const) {
      expect(parseMoney(moneyToInput(minor, currency), currency)).toBe(minor);
    }
    expect(moneyToInput(1_234, "KWD")).toBe("01.234");
    expect(moneyToInput(null, "EUR")).toBe("");
  });
});
