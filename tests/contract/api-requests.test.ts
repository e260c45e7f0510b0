import { describe, expect, it } from "vitest";

import {
  confirmRequest,
  createApiKeyRequest,
  loginRequest,
  registerRequest,
  updateMeRequest,
} from "#contract/accounts.ts";
import { analyticsQuery } from "#contract/analytics.ts";
import { attributionQuery } from "#contract/attribution.ts";
import { createCampaignRequest, putSpendRequest, updateCampaignRequest } from "#contract/campaigns.ts";
import { eventsQuery } from "#contract/events.ts";
import { createLinkRequest } from "#contract/links.ts";
import { createReportRequest, downloadQuery } from "#contract/reports.ts";
import { createSiteRequest, ledgerQuery, updateSiteRequest } from "#contract/sites.ts";

type Schema = { safeParse(raw: unknown): { success: boolean; data?: unknown; error?: unknown } };

/** Rows of: what is said of it, the change to a valid request. */
function expectRefused(schema: Schema, valid: object, rows: readonly (readonly [string, object])[]): void {
  it("is taken as documented", () => {
    expect(schema.safeParse(valid).success).toBe(true);
  });
  it.each(rows)("is refused with %s", (_, change) => {
    expect(schema.safeParse({ ...valid, ...change }).success).toBe(false);
  });
}

function expectTaken(
  schema: Schema,
  valid: object,
  rows: readonly (readonly [string, object, object])[],
): void {
  it.each(rows)("takes %s", (_, change, kept) => {
    expect(schema.safeParse({ ...valid, ...change })).toMatchObject({ success: true, data: kept });
  });
}

describe("a registration", () => {
  const valid = { email: "anna@shop.example", password: "correct horse", name: "Anna" };
  expectRefused(registerRequest, valid, [
    ["no address", { email: undefined }],
    ["an address without @", { email: "anna.shop.example" }],
    ["an address without host", { email: "anna@" }],
    ["an address of two", { email: "a@b.example, c@d.example" }],
    ["an address without end", { email: `${"a".repeat(250)}@b.example` }],
    ["a header in the address", { email: "a@b.example\nBcc: c@d.example" }],
    ["a short password", { password: "123456789" }],
    ["a password without end", { password: "a".repeat(201) }],
    ["a blank name", { name: "  " }],
    ["a name without end", { name: "a".repeat(121) }],
  ]);
  expectTaken(registerRequest, valid, [
    ["an address in capitals, folded", { email: " Anna@Shop.Example " }, { email: "anna@shop.example" }],
    ["a password of spaces as it is", { password: " ".repeat(10) }, { password: " ".repeat(10) }],
    ["a name, trimmed", { name: " Anna " }, { name: "Anna" }],
    ["a name without NUL", { name: "An\u0000na" }, { name: "Anna" }],
  ]);
});

describe("a sign-in", () => {
  const valid = { email: "anna@shop.example", password: "x" };
  expectRefused(loginRequest, valid, [
    ["no password", { password: "" }],
    ["a password without end, before it is hashed", { password: "a".repeat(201) }],
    ["a password that is a list", { password: ["x"] }],
  ]);
});

describe("a token of a mail", () => {
  expectRefused(confirmRequest, { token: "t".repeat(43) }, [
    ["none", { token: "" }],
    ["half of one", { token: "t".repeat(19) }],
    ["more than one", { token: "t".repeat(101) }],
  ]);
});

describe("a change of oneself", () => {
  expectRefused(updateMeRequest, {}, [
    ["a blank name", { name: "" }],
    ["a new password without the old one", { password: { next: "correct horse" } }],
    ["a short new password", { password: { current: "x", next: "short" } }],
  ]);
});

describe("an API key", () => {
  expectRefused(createApiKeyRequest, { name: "Server", scopes: ["events:write"] }, [
    ["no scope", { scopes: [] }],
    ["an unknown scope", { scopes: ["admin"] }],
  ]);
});

describe("a site", () => {
  const valid = { name: "Shop", domain: "shop.example", timeZone: "Europe/Berlin", currency: "EUR" };
  expectRefused(createSiteRequest, valid, [
    ["an address for a domain", { domain: "https://shop.example/" }],
    ["a domain with a path", { domain: "shop.example/cart" }],
    ["a blank domain", { domain: " " }],
    ["a domain of dots", { domain: "..." }],
    ["a domain with a name that is empty", { domain: "shop..example" }],
    ["a domain with a name that ends in a hyphen", { domain: "shop-.example" }],
    ["a domain with a name without end", { domain: `${"a".repeat(64)}.example` }],
    ["a domain with a port that is none", { domain: "shop.example:65536" }],
    ["dots among the own domains", { ownDomains: ["..."] }],
    ["an origin of dots", { origins: ["https://..."] }],
    ["a currency in words", { currency: "Euro" }],
    ["a currency in small letters", { currency: "eur" }],
    ["an origin without scheme", { origins: ["shop.example"] }],
    ["an origin with a path", { origins: ["https://shop.example/"] }],
    ["an origin of all", { origins: ["*"] }],
    ["a star within", { origins: ["https://a.*.example"] }],
    ["an address with an umlaut for a domain", { domain: "https://söhne.example/" }],
    ["what is no host in any script", { domain: "söhne shop.example" }],
    ["a user before a host with an umlaut", { domain: "me@söhne.example" }],
    ["more origins than 50", { origins: Array.from({ length: 51 }, () => "https://shop.example") }],
    ["an unknown identity", { identity: "fingerprint" }],
  ]);
  expectTaken(createSiteRequest, valid, [
    ["a domain in capitals, folded", { domain: " Shop.Example " }, { domain: "shop.example" }],
    [
      "a domain with umlauts, as its A-label",
      { domain: "Potter-Söhne.example", ownDomains: ["straße.example", "例え.example:8443"] },
      {
        domain: "xn--potter-shne-yfb.example",
        ownDomains: ["xn--strae-oqa.example", "xn--r8jz45g.example:8443"],
      },
    ],
    [
      "origins with umlauts, as their A-labels",
      { origins: ["https://*.söhne.example", "http://söhne.example:8080"] },
      { origins: ["https://*.xn--shne-5qa.example", "http://xn--shne-5qa.example:8080"] },
    ],
    ["an address in numbers as it is", { domain: "127.0.0.1:5173" }, { domain: "127.0.0.1:5173" }],
    ["a domain with a port", { domain: "localhost:5173" }, { domain: "localhost:5173" }],
    ["a domain of numbers", { domain: "192.168.0.1" }, { domain: "192.168.0.1" }],
    ["a domain in Punycode", { domain: "xn--grn-hoa.example" }, { domain: "xn--grn-hoa.example" }],
    [
      "origins with a star before",
      { origins: ["https://*.Shop.example"] },
      { origins: ["https://*.shop.example"] },
    ],
  ]);

  it("may change in any one field, or in none", () => {
    expect(updateSiteRequest.safeParse({}).success).toBe(true);
    expect(updateSiteRequest.safeParse({ silent: true })).toMatchObject({ data: { silent: true } });
    expect(updateSiteRequest.safeParse({ silent: "yes" }).success).toBe(false);
  });
});

describe("a campaign", () => {
  const valid = { name: "Spring", channel: "podcast" };
  expectRefused(createCampaignRequest, valid, [
    ["no name", { name: undefined }],
    ["a blank name", { name: "\u0000 " }],
    ["an unknown channel", { channel: "tv" }],
    ["a channel by its label", { channel: "Podcast" }],
    ["no channel", { channel: undefined }],
    ["a day that is none", { startsOn: "2026-02-30" }],
    ["a day with a time", { endsOn: "2026-03-09T00:00:00Z" }],
    ["a budget below 0", { budgetMinor: -1 }],
    ["half a cent", { budgetMinor: 0.5 }],
    ["a budget beyond exact numbers", { budgetMinor: 2 ** 53 }],
    ["a budget as text", { budgetMinor: "100" }],
    ["a status it cannot begin with", { status: "completed" }],
    ["an unknown kind of matcher", { matchers: [{ kind: "cookie", value: "x" }] }],
    ["a blank matcher", { matchers: [{ kind: "utm_campaign", value: " " }] }],
    [
      "more matchers than 100",
      { matchers: Array.from({ length: 101 }, (_, i) => ({ kind: "referrer", value: `${i}.example` })) },
    ],
    ["a target below 0", { targetRoas: -0.1 }],
    ["notes without end", { notes: "n".repeat(4_001) }],
  ]);
  expectTaken(createCampaignRequest, valid, [
    [
      "null, which clears",
      { startsOn: null, budgetMinor: null, notes: null },
      { startsOn: null, budgetMinor: null },
    ],
    ["a budget of nothing", { budgetMinor: 0 }, { budgetMinor: 0 }],
    [
      "the largest budget",
      { budgetMinor: Number.MAX_SAFE_INTEGER },
      { budgetMinor: Number.MAX_SAFE_INTEGER },
    ],
    ["a leap day", { startsOn: "2028-02-29" }, { startsOn: "2028-02-29" }],
  ]);

  it("may change in any one field, and complete", () => {
    expect(updateCampaignRequest.safeParse({}).success).toBe(true);
    expect(updateCampaignRequest.safeParse({ status: "completed" }).success).toBe(true);
    expect(updateCampaignRequest.safeParse({ name: "" }).success).toBe(false);
  });
});

describe("spend", () => {
  const row = { day: "2026-03-09", amountMinor: 100 };
  const rows = (count: number) => Array.from({ length: count }, () => row);
  expectRefused(putSpendRequest, { rows: [row] }, [
    ["no rows", { rows: [] }],
    ["more rows than 1,000", { rows: rows(1_001) }],
    ["an amount below 0", { rows: [{ ...row, amountMinor: -1 }] }],
    ["no day", { rows: [{ amountMinor: 100 }] }],
    ["a day that is none", { rows: [{ ...row, day: "2026-13-01" }] }],
  ]);
  expectTaken(putSpendRequest, {}, [
    ["an explicit 0", { rows: [{ ...row, amountMinor: 0 }] }, { rows: [{ amountMinor: 0 }] }],
    ["1,000 rows", { rows: rows(1_000) }, {}],
  ]);
});

describe("a short link", () => {
  const valid = { destination: "https://shop.example/" };
  expectRefused(createLinkRequest, valid, [
    ["no destination", { destination: undefined }],
    ["a destination that runs", { destination: "javascript:alert(1)" }],
    ["a relative destination", { destination: "/cart" }],
    ["a destination without host", { destination: "https:///cart" }],
    ["a destination without end", { destination: `https://shop.example/${"a".repeat(2_048)}` }],
    ["a slug of two letters", { slug: "ab" }],
    ["a slug with a dot, which ends it in wm_click", { slug: "a.b.c" }],
    ["a slug with a slash", { slug: "a/b/c" }],
    ["a slug that begins with a dash", { slug: "-abc" }],
    ["a slug without end", { slug: "a".repeat(49) }],
    ["a utm value without end", { utm: { source: "a".repeat(121) } }],
  ]);
  expectTaken(createLinkRequest, valid, [
    ["a slug in capitals, folded", { slug: " Spring-26 " }, { slug: "spring-26" }],
    ["some of utm", { utm: { source: "pod" } }, { utm: { source: "pod" } }],
  ]);
});

describe("a report", () => {
  const valid = { siteId: "site_1", from: "2026-03-01", to: "2026-03-31" };
  expectRefused(createReportRequest, valid, [
    ["a day that is none", { from: "2026-02-29" }],
    ["a period that is not offered", { period: "last_decade" }],
    ["a kind that is not offered", { kind: "poster" }],
    ["a lookback of 91 days", { lookback: 91 }],
    ["a lookback as text", { lookback: "30" }],
    ["a model that is not offered", { model: "u-shaped" }],
    ["more campaigns than 50", { campaignIds: Array.from({ length: 51 }, () => "cmp_1") }],
    ["a logo that is no logo's id", { branding: { logo: "../logo.png" } }],
    ["no file at all", { formats: [] }],
    ["a recipient that is no address", { recipients: ["anna"] }],
    ["more recipients than 20", { recipients: Array.from({ length: 21 }, () => "a@b.example") }],
  ]);
  expectTaken(createReportRequest, valid, [
    ["each lookback", { lookback: 90 }, { lookback: 90 }],
    [
      "a period in place of days",
      { from: undefined, to: undefined, period: "last_month" },
      { period: "last_month" },
    ],
    ["all sites", { siteId: undefined, kind: "executive-summary" }, { kind: "executive-summary" }],
    ["recipients, folded", { recipients: [" Anna@Shop.example"] }, { recipients: ["anna@shop.example"] }],
  ]);

  it("is downloaded in one of its formats", () => {
    expect(downloadQuery.safeParse({}).success).toBe(true);
    expect(downloadQuery.safeParse({ format: "csv" }).success).toBe(true);
    expect(downloadQuery.safeParse({ format: "exe" }).success).toBe(false);
  });
});

describe("a query of figures", () => {
  const range = { from: "2026-03-01", to: "2026-03-31" };
  expectRefused(analyticsQuery, range, [
    ["no last day", { to: undefined }],
    ["a day that is none", { from: "2026-02-29" }],
    ["a day before the calendar", { from: "0000-00-00" }],
    ["a lookback of 31 days", { lookback: "31" }],
    ["a model that is not offered", { model: "markov" }],
    ["another rule for direct", { direct: "drop" }],
    ["another comparison", { compare: "budget" }],
  ]);
  expectTaken(analyticsQuery, range, [
    ["a lookback, as a number", { lookback: "7" }, { lookback: 7 }],
    [
      "every choice",
      { model: "linear", direct: "exclude_unless_only", compare: "none" },
      { model: "linear" },
    ],
  ]);
});

describe("a question about credit", () => {
  const range = { from: "2026-01-01", to: "2026-01-31" };
  expectRefused(attributionQuery, range, [
    ["another grouping", { by: "page" }],
    ["a lookback of no days", { lookback: "0" }],
    ["a lookback of 91 days", { lookback: "91" }],
    ["half a day of lookback", { lookback: "1.5" }],
    ["shares that are not 100 percent", { position: "40-20-41" }],
    ["all of a journey's middle", { position: "0-100-0" }],
    ["two shares", { position: "50-50" }],
    ["a half-life of nothing", { half_life: "0" }],
    ["a half-life below zero", { half_life: "-7" }],
    ["a Markov order of 4", { order: "4" }],
    ["a reset that is neither on nor off", { reset: "yes" }],
    ["half of the null journeys", { nulls: "some" }],
    ["another customer", { customer: "loyal" }],
    ["a type without a letter", { type: " " }],
  ]);
  expectTaken(attributionQuery, range, [
    ["any whole day of lookback", { lookback: "37" }, { lookback: 37 }],
    ["ends of a position", { position: "30-30-40" }, { position: { first: 30, middle: 30, last: 40 } }],
    ["a half-life of half a day", { half_life: "0.5" }, { half_life: 0.5 }],
    ["a Markov order, as a number", { order: "3" }, { order: 3 }],
    [
      "every other choice",
      { reset: "on", nulls: "out", customer: "new", type: "lead", by: "landing_page" },
      { reset: "on", nulls: "out", customer: "new", type: "lead", by: "landing_page" },
    ],
  ]);
});

describe("a query of a list", () => {
  expectRefused(eventsQuery, {}, [
    ["a limit of 0", { limit: "0" }],
    ["a limit over 200", { limit: "201" }],
    ["a limit below 0", { limit: "-1" }],
    ["a broken limit", { limit: "1.5" }],
    ["a limit in words", { limit: "all" }],
    ["an unknown kind of event", { type: "visit" }],
    ["an unknown verdict", { verdict: "maybe" }],
  ]);
  expectTaken(eventsQuery, {}, [["the largest limit, as a number", { limit: "200" }, { limit: 200 }]]);
});

describe("a query of the ledger", () => {
  const range = { from: "2026-03-01T00:00:00.000Z", to: "2026-03-02T00:00:00.000Z" };
  expectRefused(ledgerQuery, range, [
    ["a day", { from: "2026-03-01" }],
    ["an instant of another zone", { from: "2026-03-01T00:00:00.000+01:00" }],
    ["an instant without milliseconds", { from: "2026-03-01T00:00:00Z" }],
    // Postgres would refuse it as an error of ours.
    ["30 February", { from: "2026-02-30T00:00:00.000Z" }],
    ["the 25th hour", { to: "2026-03-01T25:00:00.000Z" }],
    ["the 24th hour", { to: "2026-03-01T24:00:00.000Z" }],
    ["the 61st minute", { to: "2026-03-01T00:61:00.000Z" }],
  ]);
});
