import fc from "fast-check";
import { expect, test } from "vitest";
import { namesUtm, withUtm } from "#core/campaigns/link-destination.ts";

test.each([
  ["https://shop.example/", { campaign: "spring" }, "https://shop.example/?utm_campaign=spring"],
  ["https://shop.example/a?b=1&c", { source: "x" }, "https://shop.example/a?b=1&c&utm_source=x"],
  ["https://shop.example/#top", { source: "x" }, "https://shop.example/?utm_source=x#top"],
  [
    "https://shop.example/?sig=%2f%2F+a#h?x=1",
    { term: "t" },
    "https://shop.example/?sig=%2f%2F+a&utm_term=t#h?x=1",
  ],
  ["https://shop.example/?utm_source=old&a=1", { source: "new" }, "https://shop.example/?a=1&utm_source=new"],
  ["https://shop.example/?UTM_SOURCE=old", { source: "new" }, "https://shop.example/?utm_source=new"],
  [
    "https://shop.example/?utm_source=kept",
    { medium: "m" },
    "https://shop.example/?utm_source=kept&utm_medium=m",
  ],
  [
    "https://shop.example/",
    { campaign: "a b&c=d", source: "s", medium: "m" },
    "https://shop.example/?utm_source=s&utm_medium=m&utm_campaign=a%20b%26c%3Dd",
  ],
])("%s with %j is %s", (destination, utm, expected) => {
  expect(withUtm(destination, utm)).toBe(expected);
});

test("blank parameters leave the destination as it was, to the byte", () => {
  expect(withUtm("https://shop.example/?a=%zz#x", { source: " ", medium: undefined })).toBe(
    "https://shop.example/?a=%zz#x",
  );
});

test("adding the same parameters twice is adding them once", () => {
  fc.assert(
    fc.property(
      fc.webUrl({ withQueryParameters: true, withFragments: true }),
      fc.string(),
      (url, campaign) => {
        const once = withUtm(url, { campaign });
        expect(withUtm(once, { campaign })).toBe(once);
      },
    ),
  );
});

test("tells whether a destination names a campaign itself", () => {
  expect(namesUtm("https://shop.example/?utm_campaign=x", "campaign")).toBe(true);
  expect(namesUtm("https://shop.example/?utm_campaign=", "campaign")).toBe(false);
  expect(namesUtm("https://shop.example/?a=1#utm_campaign=x", "campaign")).toBe(false);
});
