import { describe, expect, it } from "vitest";

import { operatorFonts } from "#platform/operator-fonts.ts";

type Stored = Record<string, string>;

function bucketOf(stored: Stored) {
  const asked: string[] = [];
  const bucket = {
    get: async (key: string) => {
      asked.push(key);
      const text = stored[key];
      if (text === undefined) return await Promise.resolve(null);
      return { arrayBuffer: async () => await new Blob([text]).arrayBuffer() };
    },
  };
  return { bucket, asked };
}

describe("the operator's fonts", () => {
  it("are read in the order of their keys, when first asked for and once", async () => {
    const { bucket, asked } = bucketOf({ "fonts/a.ttf": "first", "fonts/b.ttf": "second" });
    const load = operatorFonts({ bucket, keys: "fonts/b.ttf, fonts/a.ttf", log: () => undefined });
    expect(asked).toEqual([]);
    const fonts = await load();
    expect(fonts.map((bytes) => new TextDecoder().decode(bytes))).toEqual(["second", "first"]);
    await load();
    expect(asked).toEqual(["fonts/b.ttf", "fonts/a.ttf"]);
  });

  it("leave out what is not there, say so, and look again the next time", async () => {
    const stored: Stored = { "fonts/a.ttf": "first" };
    const { bucket } = bucketOf(stored);
    const lines: unknown[] = [];
    const log = (...line: unknown[]) => lines.push(line);
    const load = operatorFonts({ bucket, keys: "fonts/gone.ttf,fonts/a.ttf", log });
    expect(await load()).toHaveLength(1);
    expect(lines).toEqual([["error", "report_font_missing", { key: "fonts/gone.ttf" }]]);
    stored["fonts/gone.ttf"] = "there now";
    expect(await load()).toHaveLength(2);
  });

  it("are none where none are configured", async () => {
    const { bucket, asked } = bucketOf({});
    for (const keys of [undefined, "", " , "]) {
      expect(await operatorFonts({ bucket, keys, log: () => undefined })()).toEqual([]);
    }
    expect(asked).toEqual([]);
  });
});
