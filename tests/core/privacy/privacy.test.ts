import { describe, expect, it } from "vitest";

import { normaliseCustomerKey } from "#core/privacy/customer-key.ts";
import { decideIdentity, type PrivacySignals, type SitePrivacy } from "#core/privacy/identity-decision.ts";
import { isOriginAllowed } from "#core/privacy/origin-allowed.ts";
import { isJustAfterRotation, visitorHashInput } from "#core/privacy/visitor-hash-input.ts";

const SITE: SitePrivacy = {
  identity: "first-party",
  consentRequired: false,
  withoutConsent: "cookieless",
  honourGpc: true,
  honourDnt: false,
};
const NOTHING_SAID: PrivacySignals = { hasGpc: false, hasDnt: false, consent: undefined };

describe("decideIdentity", () => {
  const rows: [string, Partial<SitePrivacy>, Partial<PrivacySignals>, string][] = [
    ["first-party when nobody objects", {}, {}, "first-party"],
    [
      "first-party when consent is required and granted",
      { consentRequired: true },
      { consent: "granted" },
      "first-party",
    ],
    ["cookieless when consent is required and absent", { consentRequired: true }, {}, "cookieless"],
    ["cookieless when consent is denied, required or not", {}, { consent: "denied" }, "cookieless"],
    ["cookieless under GPC", {}, { hasGpc: true }, "cookieless"],
    [
      "cookieless under GPC even with consent",
      { consentRequired: true },
      { hasGpc: true, consent: "granted" },
      "cookieless",
    ],
    [
      "first-party under GPC where the site does not honour it",
      { honourGpc: false },
      { hasGpc: true },
      "first-party",
    ],
    ["first-party under DNT by default", {}, { hasDnt: true }, "first-party"],
    ["cookieless under DNT where the site honours it", { honourDnt: true }, { hasDnt: true }, "cookieless"],
    [
      "cookieless on a cookieless site, consent or not",
      { identity: "cookieless" },
      { consent: "granted" },
      "cookieless",
    ],
    [
      "dropped without consent where the site says so",
      { consentRequired: true, withoutConsent: "drop" },
      {},
      "drop",
    ],
    ["dropped under GPC where the site says so", { withoutConsent: "drop" }, { hasGpc: true }, "drop"],
    ["kept where the site drops but nobody objects", { withoutConsent: "drop" }, {}, "first-party"],
  ];
  it.each(rows)("is %s", (...row) => {
    const [, site, signals, expected] = row;
    expect(decideIdentity({ ...SITE, ...site }, { ...NOTHING_SAID, ...signals })).toBe(expected);
  });
});

describe("isOriginAllowed", () => {
  const rows: [string, string[], boolean][] = [
    ["https://shop.example", [], true],
    ["https://shop.example", ["https://shop.example"], true],
    ["https://shop.example", ["https://shop.example/"], true],
    ["https://SHOP.example", ["https://shop.example"], true],
    ["http://shop.example", ["https://shop.example"], false],
    ["http://shop.example", ["shop.example"], true],
    ["https://shop.example:8443", ["https://shop.example"], false],
    ["https://www.shop.example", ["https://shop.example"], false],
    ["https://www.shop.example", ["https://*.shop.example"], true],
    ["https://a.b.shop.example", ["*.shop.example"], true],
    ["http://www.shop.example", ["https://*.shop.example"], false],
    ["https://shop.example", ["https://*.shop.example"], false],
    ["https://evilshop.example", ["https://*.shop.example"], false],
    ["https://shop.example.evil.test", ["https://shop.example", "*.shop.example"], false],
    ["null", ["https://shop.example"], false],
    ["https://b.example", ["https://a.example", "https://b.example"], true],
  ];
  it.each(rows)("%s against %j is %s", (origin, patterns, isAllowed) => {
    expect(isOriginAllowed(origin, patterns)).toBe(isAllowed);
  });
});

describe("the visitor's and the customer's keys", () => {
  it("tells apart what would be the same text when merely joined", () => {
    const a = visitorHashInput({ siteId: 1, ip: "1", userAgent: "2,3" });
    const b = visitorHashInput({ siteId: 1, ip: "1,2", userAgent: "3" });
    expect(a).not.toBe(b);
  });

  it("overlaps salts for exactly 30 minutes after UTC midnight", () => {
    const midnight = Date.UTC(2026, 10, 23);
    expect(isJustAfterRotation(midnight)).toBe(true);
    expect(isJustAfterRotation(midnight + 30 * 60_000 - 1)).toBe(true);
    expect(isJustAfterRotation(midnight + 30 * 60_000)).toBe(false);
    expect(isJustAfterRotation(midnight - 1)).toBe(false);
  });

  it.each([
    [" Ann@Example.COM ", "ann@example.com"],
    ["  c-77 ", "c-77"],
    ["C-77", "C-77"],
  ])("writes %j as %j", (key, expected) => {
    expect(normaliseCustomerKey(key)).toBe(expected);
  });
});
