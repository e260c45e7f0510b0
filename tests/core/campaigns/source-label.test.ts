import { expect, test } from "vitest";
import { sourceLabel } from "#core/campaigns/source-label.ts";
import { DIRECT_TUPLE } from "#core/sources/source-tuple.ts";

test.each([
  [{}, "direct"],
  [{ utmSource: "google", utmMedium: "cpc", utmCampaign: "spring" }, "google / cpc"],
  [{ utmSource: "newsletter" }, "newsletter"],
  [{ utmCampaign: "spring", referrerHost: "blog.example" }, "spring"],
  [{ clickIdKind: "gclid", referrerHost: "google.com" }, "gclid"],
  [{ referrerHost: "blog.example" }, "blog.example"],
  [{ linkSlug: "spring", utmSource: "x" }, "/r/spring"],
  [{ promoCode: "SAVE10" }, "promo SAVE10"],
  [{ namedCampaign: "alpha", namedChannel: "email" }, "alpha"],
  [{ namedChannel: "email" }, "email"],
])("%j is called %j", (parts, label) => {
  expect(sourceLabel({ ...DIRECT_TUPLE, ...parts })).toBe(label);
});
