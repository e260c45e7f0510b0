import { describe, expect, it } from "vitest";
import type { Campaign } from "#contract/campaigns.ts";
import type { Site } from "#contract/sites.ts";
import { planImport } from "#core/spend-import/import-rows.ts";
import {
  optionsOf,
  startingChoices,
  stillOpen,
  type ImportChoices,
  type UnknownChoice,
} from "#frontend/screens/spend/import-choices.ts";

const TABLE = [
  ["Tag", "Kampagne", "Kosten"],
  ["09.03.2026", "Herbst", "1.234,50"],
  ["10.03.2026", "Neu", "2"],
];
const CAMPAIGN = {
  id: "cmp_1",
  name: "Autumn",
  currency: "EUR",
  matchers: [{ kind: "utm_campaign", value: "herbst" }],
} as unknown as Campaign;
const SITE = { currency: "EUR", timeZone: "Europe/Berlin" } as Site;

const withUnknown = (...entries: [string, UnknownChoice][]): ImportChoices => ({
  ...startingChoices(TABLE),
  unknown: new Map(entries),
});
const rowsOf = (choices: ImportChoices) => planImport(TABLE, optionsOf(choices, [CAMPAIGN], SITE));

describe("the choices of an import", () => {
  it("begin with what the table says about itself", () => {
    const choices = startingChoices(TABLE);
    expect(choices).toMatchObject({
      mapping: { day: 0, campaign: 1, amount: 2, currency: null },
      dayOrder: "dmy",
      decimalMark: ",",
    });
    const plan = rowsOf(choices);
    expect(plan.rows).toMatchObject([{ campaign: "cmp_1", day: "2026-03-09", amountMinor: 123_450 }]);
    expect(plan.unknownCampaigns).toEqual(["Neu"]);
  });

  it("make a campaign, take another, or leave its lines out", () => {
    expect(rowsOf(withUnknown(["Neu", { kind: "new", channel: "email" }])).rows.at(-1)?.campaign).toBe(
      "new:Neu",
    );
    expect(rowsOf(withUnknown(["Neu", { kind: "campaign", id: "cmp_1" }])).rows.at(-1)?.campaign).toBe(
      "cmp_1",
    );
    expect(rowsOf(withUnknown(["Neu", { kind: "skip" }]))).toMatchObject({ leftOut: 1, faults: [] });
  });

  it("make no campaign that is there by now", () => {
    const { unknown } = withUnknown(["Neu", { kind: "new", channel: "email" }], ["Alt", { kind: "skip" }]);
    expect([...stillOpen(unknown, [{ name: "NEU" }]).keys()]).toEqual(["Alt"]);
    expect([...stillOpen(unknown, []).keys()]).toEqual(["Neu", "Alt"]);
  });
});
