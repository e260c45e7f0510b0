import fc from "fast-check";
import { describe, expect, it } from "vitest";

import { clickDestination } from "#core/events/click-destination.ts";
import { isCleanValue } from "#core/events/is-clean-value.ts";
import { shardOf } from "#core/events/shard-of.ts";

const ID = "0197f3c2-8e1a-7abc-8abc-0123456789ab";

describe("clickDestination", () => {
  it.each([
    ["https://shop.example/", `https://shop.example/?wm_click=spring.${ID}`],
    ["https://shop.example/?utm_source=a", `https://shop.example/?utm_source=a&wm_click=spring.${ID}`],
    [
      "https://shop.example/?utm_source=a#top",
      `https://shop.example/?utm_source=a&wm_click=spring.${ID}#top`,
    ],
    ["https://shop.example/#/route?x=1", `https://shop.example/?wm_click=spring.${ID}#/route?x=1`],
    ["https://shop.example/?", `https://shop.example/?wm_click=spring.${ID}`],
    ["https://shop.example/?a=1&", `https://shop.example/?a=1&wm_click=spring.${ID}`],
    ["https://shop.example/?q=%C3%A9+b", `https://shop.example/?q=%C3%A9+b&wm_click=spring.${ID}`],
    // Copied from the bar after a click of another link.
    [
      `https://shop.example/?a=1&wm_click=pod.${ID}&b=%C3%A9#top`,
      `https://shop.example/?a=1&b=%C3%A9&wm_click=spring.${ID}#top`,
    ],
    [`https://shop.example/?wm_click=pod.${ID}`, `https://shop.example/?wm_click=spring.${ID}`],
    [
      "https://shop.example/?wm_clicks=2&q=wm_click=3",
      `https://shop.example/?wm_clicks=2&q=wm_click=3&wm_click=spring.${ID}`,
    ],
  ])("adds the click to %s", (destination, expected) => {
    expect(clickDestination(destination, "spring", ID)).toBe(expected);
  });

  it("keeps every parameter and the hash of any destination", () => {
    const url = fc.webUrl({ withQueryParameters: true, withFragments: true });
    fc.assert(
      fc.property(url, (destination) => {
        const before = new URL(destination);
        const after = new URL(clickDestination(destination, "s", ID));
        expect(after.searchParams.get("wm_click")).toBe(`s.${ID}`);
        after.searchParams.delete("wm_click");
        expect([...after.searchParams]).toEqual([...before.searchParams]);
        expect([after.origin, after.pathname, after.hash]).toEqual([
          before.origin,
          before.pathname,
          before.hash,
        ]);
      }),
    );
  });
});

describe("isCleanValue", () => {
  it.each([
    ["plain text", "Grüße 🎉", true],
    ["a NUL", "a\u0000b", false],
    ["a lone surrogate", "a\ud83c", false],
    ["a NUL deep in an object", { props: { plan: ["x", "\u0000"] } }, false],
    ["a NUL in a key", { "a\u0000": 1 }, false],
    ["numbers, null and booleans", { a: 1, b: null, c: true }, true],
  ])("%s", (_, value, isClean) => {
    expect(isCleanValue(value)).toBe(isClean);
  });
});

describe("isCleanValue, of nesting deeper than any stack", () => {
  it("still finds what needs cleaning at its bottom", () => {
    const depth = 30_000;
    const nested = (text: string): unknown => JSON.parse(`${"[".repeat(depth)}${text}${"]".repeat(depth)}`);
    expect(isCleanValue(nested('"fine"'))).toBe(true);
    expect(isCleanValue(nested('"a\\u0000b"'))).toBe(false);
  });
});

describe("shardOf", () => {
  const visitors = Array.from({ length: 20_000 }, (_, i) => `${i.toString(16).padStart(8, "0")}-8e1a-4abc`);

  it("sends a visitor of a site to one shard, always", () => {
    expect(shardOf(7, ID, 4)).toBe(shardOf(7, ID, 4));
  });

  it.each([1, 2, 3, 4, 8])("spreads one site over %d shards within 5 %%", (count) => {
    const sizes = Array.from({ length: count }, () => 0);
    for (const visitor of visitors) {
      const shard = shardOf(1, visitor, count);
      sizes[shard] = (sizes[shard] ?? 0) + 1;
    }
    const even = visitors.length / count;
    for (const size of sizes) expect(Math.abs(size - even)).toBeLessThan(even * 0.05);
  });
});
