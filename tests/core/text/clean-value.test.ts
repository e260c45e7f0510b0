import { describe, expect, it } from "vitest";

import { cleanValue } from "#core/text/clean-value.ts";

describe("cleanValue", () => {
  it("cleans every text, names included, at any depth", () => {
    const broken = { "a\u0000": ["\ud800x", { b: "\u0000" }] };

    expect(cleanValue(broken)).toEqual({ a: ["\ufffdx", { b: "" }] });
  });

  it("leaves what Postgres can hold as it was", () => {
    const sound = { n: 1, t: true, z: null, s: "é😀", l: [1, "two", null] };

    expect(cleanValue(sound)).toEqual(sound);
  });
});
