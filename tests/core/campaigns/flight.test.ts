import { expect, test } from "vitest";
import { endsBeforeItStarts } from "#core/campaigns/flight.ts";

test.each([
  ["2026-03-01", "2026-03-02", false],
  ["2026-03-01", "2026-03-01", false],
  ["2026-03-02", "2026-03-01", true],
  [null, "2026-03-01", false],
  ["2026-03-01", null, false],
  [null, null, false],
])("a flight from %s to %s is in the wrong order: %s", (startsOn, endsOn, expected) => {
  expect(endsBeforeItStarts({ startsOn, endsOn })).toBe(expected);
});
