import { describe, expect, it } from "vitest";

import { renderJson } from "#rendering/render-json.ts";

import { sampleReport } from "./sample-report.ts";

describe("a report as JSON", () => {
  it("is the model itself, nothing added and nothing left out", () => {
    const model = sampleReport();
    expect(JSON.parse(new TextDecoder().decode(renderJson(model)))).toEqual(model);
  });

  it("is the same to the byte, in whatever order the model's keys were made", () => {
    const model = sampleReport();
    const turned = Object.fromEntries(Object.entries(model).toReversed()) as typeof model;
    expect(Buffer.from(renderJson(turned)).equals(Buffer.from(renderJson(model)))).toBe(true);
    expect(Object.keys(JSON.parse(new TextDecoder().decode(renderJson(model))))[0]).toBe("accountName");
  });
});
