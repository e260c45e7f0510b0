import { describe, expect, test } from "vitest";
import type { Ledger, LedgerHour } from "#contract/sites.ts";
import { ledgerRange, ledgerRows, rejectedByCode } from "#frontend/screens/tracking-health/ledger-rows.ts";

/** 15:30 in Berlin. */
const NOW = Date.parse("2026-11-24T14:30:00.000Z");

function ledger(...items: (Partial<LedgerHour> & { hour: string })[]): Ledger {
  const none = { received: 0, stored: 0, duplicate: 0, bot: 0, rejected: {}, deadLettered: 0 };
  const totals = { received: 0, stored: 0, duplicate: 0, bot: 0, rejected: 0, deadLettered: 0 };
  return { items: items.map((item) => ({ ...none, ...item })), next: null, totals, isBalanced: true };
}

describe("the span", () => {
  test("of a day is 24 whole hours, the running one included, on the site's clock", () => {
    const range = ledgerRange("24h", "Europe/Berlin", NOW);
    expect([range.from, range.to]).toEqual(["2026-11-23T15:00:00.000Z", "2026-11-24T15:00:00.000Z"]);
    expect(range.steps).toHaveLength(24);
    expect(range.steps.at(-1)).toEqual({ key: "2026-11-24T14:00:00.000Z", label: "15:00" });
  });

  test.each([
    ["Europe/Berlin", "2026-11-17T23:00:00.000Z"],
    ["UTC", "2026-11-18T00:00:00.000Z"],
    ["Pacific/Auckland", "2026-11-18T11:00:00.000Z"],
    ["America/Los_Angeles", "2026-11-18T08:00:00.000Z"],
    // Its midnight lies in the middle of a UTC hour: the first whole one of the day.
    ["Asia/Kolkata", "2026-11-17T19:00:00.000Z"],
  ])("of a week begins with a day of %s", (zone, from) => {
    const range = ledgerRange("7d", zone, NOW);
    expect(range.from).toBe(from);
    expect(range.steps).toHaveLength(7);
  });
});

describe("the rows", () => {
  test("add up hours to days of the site, and show days without any as zeros", () => {
    const range = ledgerRange("7d", "Europe/Berlin", NOW);
    const rows = ledgerRows(
      ledger(
        { hour: "2026-11-22T23:00:00.000Z", received: 5, stored: 5 },
        {
          hour: "2026-11-23T10:00:00.000Z",
          received: 9,
          stored: 4,
          duplicate: 2,
          rejected: { invalid_id: 2, invalid_url: 1 },
        },
      ),
      range,
      "Europe/Berlin",
    );
    const day = rows.find(({ key }) => key === "2026-11-23");
    expect(day).toMatchObject({ received: 14, stored: 9, duplicate: 2, rejected: 3, missing: 0 });
    expect(rows.find(({ key }) => key === "2026-11-22")).toMatchObject({ received: 0, missing: 0 });
    expect(rows.reduce((sum, { received }) => sum + received, 0)).toBe(14);
  });

  test("say how many events are not accounted for, or too often", () => {
    const range = ledgerRange("24h", "UTC", NOW);
    const hours = [
      { hour: "2026-11-24T12:00:00.000Z", received: 10, stored: 7 },
      { hour: "2026-11-24T13:00:00.000Z", received: 3, stored: 4 },
    ];
    const missing = ledgerRows(ledger(...hours), range, "UTC").map((row) => row.missing);
    expect(missing.filter((count) => count !== 0)).toEqual([3, -1]);
  });

  test("of the refused are told by code, the most frequent first", () => {
    const found = rejectedByCode(
      ledger(
        { hour: "2026-11-24T12:00:00.000Z", rejected: { invalid_id: 1, no_consent: 2 } },
        { hour: "2026-11-24T13:00:00.000Z", rejected: { no_consent: 3, bad: 1 } },
      ),
    );
    expect(found).toEqual([
      { code: "no_consent", events: 5 },
      { code: "bad", events: 1 },
      { code: "invalid_id", events: 1 },
    ]);
  });
});
