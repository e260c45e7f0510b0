import { expect, it } from "vitest";

import { isoWeek } from "#core/operations/product-steps.ts";

it.each([
  ["2026-01-05", "2026-W02"],
  ["2025-12-29", "2026-W01"],
  ["2026-12-28", "2026-W53"],
  ["2027-01-04", "2027-W01"],
  ["2024-12-30", "2025-W01"],
])("the week of Monday %s is %s", (monday, week) => {
  expect(isoWeek(monday)).toBe(week);
});
