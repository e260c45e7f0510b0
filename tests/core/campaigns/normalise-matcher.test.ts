import { expect, test } from "vitest";
import { defaultMatcher, normaliseMatcher } from "#core/campaigns/normalise-matcher.ts";
import { matchCampaign, type CampaignMatchers } from "#core/sources/match-campaign.ts";
import { DIRECT_TUPLE } from "#core/sources/source-tuple.ts";

test.each([
  ["utm_campaign", "  Spring SALE ", "spring sale"],
  ["utm_pair", "Google/CPC", "google / cpc"],
  ["utm_pair", " news letter  /  Email", "news letter / email"],
  ["click_id", " GCLID ", "gclid"],
  ["promo_code", " save10 ", "SAVE10"],
  ["referrer", "https://www.Blog.example:8080/post?x=1#y", "blog.example"],
  ["referrer", "com.google.android.gm", "com.google.android.gm"],
  ["referrer", "Müller.example.", "müller.example"],
] as const)("keeps %s %j as %j", (kind, value, kept) => {
  expect(normaliseMatcher(kind, value)).toEqual({ ok: true, value: kept });
});

test.each([
  ["utm_campaign", "   ", "empty"],
  ["promo_code", "\u0000", "empty"],
  ["utm_pair", "google", "not_a_pair"],
  ["utm_pair", "google / ", "not_a_pair"],
  ["utm_pair", "a / b / c", "not_a_pair"],
  ["click_id", "yclid", "unknown_click_id"],
  ["referrer", "localhost", "not_a_host"],
  ["referrer", "two words.example", "not_a_host"],
] as const)("refuses %s %j, which could never match: %s", (kind, value, refusal) => {
  expect(normaliseMatcher(kind, value)).toEqual({ ok: false, error: refusal });
});

test("a campaign's default matcher meets the utm_campaign that is its name, whatever the case", () => {
  const matcher = defaultMatcher("  Spring Sale ");
  const none = new Map<string, number>();
  const matchers: CampaignMatchers = {
    byName: none,
    bySlug: none,
    byPromoCode: none,
    byUtmPair: none,
    byUtmCampaign: new Map([[matcher?.value ?? "", 7]]),
    byClickId: none,
    byReferrer: none,
  };

  expect(matchCampaign({ ...DIRECT_TUPLE, utmCampaign: "SPRING sale" }, matchers)).toBe(7);
  expect(matchCampaign({ ...DIRECT_TUPLE, utmCampaign: "spring" }, matchers)).toBeNull();
});

test("a name of blanks has no default matcher", () => {
  expect(defaultMatcher(" \u0000 ")).toBeNull();
});
