import { expect, it } from "vitest";

import { expectedRatesDay } from "#core/money/expected-rates-day.ts";

it.each([
  // 2026-03-06 is a Friday.
  ["2026-03-06T15:59:59Z", "2026-03-05"],
  ["2026-03-06T16:00:00Z", "2026-03-06"],
  ["2026-03-07T12:00:00Z", "2026-03-06"],
  ["2026-03-08T23:00:00Z", "2026-03-06"],
  ["2026-03-09T10:00:00Z", "2026-03-06"],
  ["2026-03-09T16:30:00Z", "2026-03-09"],
])("at %s the latest published rates are of %s", (now, day) => {
  expect(expectedRatesDay(Date.parse(now))).toBe(day);
});
