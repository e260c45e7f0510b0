import { describe, expect, it } from "vitest";
import { parsePercent, percentErrors, percentToInput } from "#frontend/format/percent.ts";

describe("a per cent that is typed", () => {
  it.each([
    ["40", 40],
    ["12,5 %", 12.5],
    [" 0.01 ", 0.01],
    ["100", 100],
    ["0", null],
    ["100.01", null],
    ["12.345", null],
    ["-3", null],
    ["forty", null],
    ["", null],
  ])("%j is %s", (text, percent) => {
    expect(parsePercent(text)).toBe(percent);
  });

  it("may be left out, but not be something else", () => {
    expect(percentErrors({ margin: " " }, "margin")).toEqual({});
    expect(percentErrors({ margin: "40" }, "margin")).toEqual({});
    expect(percentErrors({ margin: "all" }, "margin")).toHaveProperty("margin");
    expect([percentToInput(null), percentToInput(12.5)]).toEqual(["", "12.5"]);
  });
});
