import { describe, expect, it } from "vitest";

import {
  foldedCampaignName,
  matchCampaign,
  utmPair,
  type CampaignMatchers,
} from "#core/sources/match-campaign.ts";
import { DIRECT_TUPLE, type SourceTuple } from "#core/sources/source-tuple.ts";

const MATCHERS: CampaignMatchers = {
  bySlug: new Map([["pod", 1]]),
  byName: new Map([
    ["cmp_Ab1", 2],
    ["spring sale", 2],
  ]),
  byPromoCode: new Map([["SPRING", 3]]),
  byUtmPair: new Map([["google / cpc", 4]]),
  byUtmCampaign: new Map([["spring", 5]]),
  byClickId: new Map([["gclid", 6]]),
  byReferrer: new Map([
    ["blog.example", 7],
    ["de.blog.example", 8],
  ]),
};

/** What each rule answers to, in the order of product.md §3. */
const RULES: readonly { name: string; says: Partial<SourceTuple>; campaign: number }[] = [
  { name: "a short link", says: { linkSlug: "pod" }, campaign: 1 },
  { name: "an explicit campaign", says: { namedCampaign: "cmp_Ab1" }, campaign: 2 },
  { name: "a promo code", says: { promoCode: "SPRING" }, campaign: 3 },
  { name: "a utm pair", says: { utmSource: "google", utmMedium: "cpc" }, campaign: 4 },
  { name: "utm_campaign", says: { utmCampaign: "Spring" }, campaign: 5 },
  { name: "a click id", says: { clickIdKind: "gclid" }, campaign: 6 },
  { name: "a referrer rule", says: { referrerHost: "blog.example" }, campaign: 7 },
];

function match(says: Partial<SourceTuple>): number | null {
  return matchCampaign({ ...DIRECT_TUPLE, ...says }, MATCHERS);
}

describe("the order of matching", () => {
  it.each(RULES)("$name alone finds its campaign", ({ says, campaign }) => {
    expect(match(says)).toBe(campaign);
  });

  const pairs = RULES.flatMap((first, i) => RULES.slice(i + 1).map((second) => ({ first, second })));
  it.each(pairs)("$first.name goes before $second.name", ({ first, second }) => {
    expect(match({ ...second.says, ...first.says })).toBe(first.campaign);
  });

  it.each(pairs)("$second.name is asked when $first.name finds nothing", ({ first, second }) => {
    const strangers = Object.fromEntries(Object.keys(first.says).map((field) => [field, "stranger"]));
    expect(match({ ...strangers, ...second.says })).toBe(second.campaign);
  });

  it("finds none where nothing is said, or nothing that is known", () => {
    expect(match({})).toBeNull();
    expect(
      match({
        linkSlug: "x",
        namedCampaign: "x",
        promoCode: "X",
        utmSource: "x",
        utmMedium: "x",
        utmCampaign: "x",
        clickIdKind: "x",
        referrerHost: "x.example",
      }),
    ).toBeNull();
  });
});

describe("how values are compared", () => {
  it.each([
    [{ utmCampaign: "  SPRING " }, 5],
    [{ utmCampaign: "spring sale" }, null],
    [{ promoCode: " spring " }, 3],
    [{ namedCampaign: " Spring SALE " }, 2],
    [{ namedCampaign: "cmp_Ab1" }, 2],
    // Ids are case-sensitive: folded, two of them could be one.
    [{ namedCampaign: "cmp_ab1" }, null],
    [{ utmSource: " Google", utmMedium: "CPC" }, 4],
    [{ utmSource: "google" }, null],
    [{ utmMedium: "cpc" }, null],
    [{ utmSource: "google", utmMedium: "  " }, null],
    [{ referrerHost: "de.blog.example" }, 8],
    [{ referrerHost: "m.de.blog.example" }, 8],
    [{ referrerHost: "en.blog.example" }, 7],
    [{ referrerHost: "myblog.example" }, null],
    [{ referrerHost: "blog.example.evil.example" }, null],
    [{ referrerHost: "example" }, null],
  ] as [Partial<SourceTuple>, number | null][])("%j is campaign %s", (says, campaign) => {
    expect(match(says)).toBe(campaign);
  });

  it("writes a pair as its matcher is written, and none where a half is missing", () => {
    expect(utmPair({ utmSource: " News ", utmMedium: "EMail" })).toBe("news / email");
    expect(utmPair({ utmSource: "news", utmMedium: null })).toBeNull();
    expect(utmPair({ utmSource: " ", utmMedium: "email" })).toBeNull();
  });

  it("folds a name and keeps an id", () => {
    expect(foldedCampaignName(" Spring ")).toBe("spring");
    expect(foldedCampaignName("cmp_Ab1")).toBe("cmp_Ab1");
    expect(foldedCampaignName(null)).toBeNull();
    expect(foldedCampaignName(" ")).toBeNull();
  });
});
