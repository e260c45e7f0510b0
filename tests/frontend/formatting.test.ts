import { describe, expect, test } from "vitest";
import { dayInZone, formatAgo, formatClock, formatDayRange } from "#frontend/format/date.ts";
import { addDays, countDays, endOfMonth, isDay, listDays, startOfQuarter } from "#frontend/format/day.ts";
import { formatMoney, formatMoneyShort } from "#frontend/format/money.ts";
import { formatChange, formatCount, formatMultiple, formatShare } from "#frontend/format/number.ts";
import { channelColour, channelLabel } from "#frontend/format/channel.ts";

describe("money", () => {
  test("follows the currency's minor unit of ISO 4217, not the locale's habit", () => {
    expect(formatMoney(123_450, "EUR")).toBe("€1,234.50");
    expect(formatMoney(1_234, "JPY")).toBe("¥1,234");
    expect(formatMoney(1_234_567, "KWD")).toMatch(/1,234\.567$/);
    expect(formatMoney(123_450, "HUF")).toMatch(/1,234\.50$/);
    expect(formatMoney(-5, "EUR")).toBe("-€0.05");
  });

  test("is exact at any size that is kept", () => {
    expect(formatMoney(9_007_199_254_740_991, "EUR")).toBe("€90,071,992,547,409.91");
  });

  test("leaves the cents out from 100 up where space is short, never below", () => {
    expect(formatMoneyShort(123_456, "EUR")).toBe("€1,235");
    expect(formatMoneyShort(2_856, "EUR")).toBe("€28.56");
  });
});

describe("numbers", () => {
  test("a ratio without a base is a dash, never 0", () => {
    expect(formatMultiple(null)).toBe("–");
    expect(formatShare(null)).toBe("–");
    expect(formatMultiple(0)).toBe("0.00×");
  });

  test("changes say their size without a sign, as a factor when a percentage would not be read", () => {
    expect(formatChange(-0.124)).toBe("12%");
    expect(formatChange(0.014)).toBe("1.4%");
    expect(formatChange(24)).toBe("24×");
    expect(formatCount(12_345)).toBe("12,345");
  });
});

describe("days", () => {
  test("exist or not, leap years too", () => {
    expect(isDay("2028-02-29")).toBe(true);
    expect(isDay("2026-02-29")).toBe(false);
    expect(isDay("2026-2-9")).toBe(false);
  });

  test("are counted with both ends, over the change of clocks as well", () => {
    expect(countDays("2026-03-28", "2026-03-30")).toBe(3);
    expect(listDays("2026-10-24", "2026-10-26")).toEqual(["2026-10-24", "2026-10-25", "2026-10-26"]);
    expect(addDays("2026-12-31", 1)).toBe("2027-01-01");
    expect(endOfMonth("2028-02-10")).toBe("2028-02-29");
    expect(startOfQuarter("2026-11-23", -3)).toBe("2026-01-01");
  });

  test("belong to the site's zone, not the reader's", () => {
    const instant = Date.UTC(2026, 10, 23, 23, 30);
    expect(dayInZone(instant, "Europe/Berlin")).toBe("2026-11-24");
    expect(dayInZone(instant, "America/Los_Angeles")).toBe("2026-11-23");
    expect(dayInZone(Date.UTC(2026, 10, 23, 18, 31), "Asia/Kolkata")).toBe("2026-11-24");
    expect(formatClock(instant, "Europe/Berlin")).toBe("00:30:00");
  });

  test("ranges share what they can", () => {
    expect(
      formatDayRange("2026-11-01", "2026-11-30")
        .match(/2026|Nov/g)
        ?.toSorted(),
    ).toEqual(["2026", "Nov"]);
    expect(formatDayRange("2026-11-01", "2026-11-01")).not.toContain("–");
  });

  test("are told relative to now in the largest unit that fits", () => {
    const now = Date.UTC(2026, 10, 23, 12);
    expect(formatAgo(now - 2_000, now)).toBe("just now");
    expect(formatAgo(now - 3 * 60_000, now)).toBe("3 minutes ago");
    expect(formatAgo(now - 26 * 3_600_000, now)).toBe("yesterday");
  });
});

test("every channel has a label and always the same colour; an unknown one keeps its code", () => {
  expect(channelLabel("paid-search")).toBe("Paid Search");
  expect(channelLabel("carrier-pigeon")).toBe("carrier-pigeon");
  expect(channelColour("email")).toBe(channelColour("email"));
  expect(channelColour("paid-search")).not.toBe(channelColour("email"));
});
