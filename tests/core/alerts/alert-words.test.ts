import { describe, expect, it } from "vitest";
import type { AlertCause } from "#core/alerts/alert-cause.ts";
import { ALERT_KINDS, alertKey } from "#core/alerts/alert-kind.ts";
import { ALERT_PARAMETERS, numbersOf, parameterFault } from "#core/alerts/alert-parameters.ts";
import { alertPath } from "#core/alerts/alert-path.ts";
import { alertTitle, causeWords } from "#core/alerts/alert-words.ts";
import { ruleWords } from "#core/alerts/rule-words.ts";
import { maskedUrl, webhookTarget } from "#core/alerts/webhook-target.ts";

const AT = Date.parse("2026-03-11T13:05:00Z");

const CAUSES: readonly (readonly [AlertCause, string, string])[] = [
  [
    {
      kind: "error-rate",
      minutes: 5,
      requests: 200,
      errors: 4,
      most: { requests: 3, status: 503, method: "GET", route: "/api/v1/sites", code: null },
    },
    "4 of 200 requests of the last 5 minutes failed (2.0 %). 3 of 4 failed requests were 503 on GET /api/v1/sites.",
    "/admin/monitoring?range=1h",
  ],
  [
    { kind: "dead-letters", letters: 1_000, isMore: true, most: { reason: "sqlstate_22003", letters: 990 } },
    "1,000 or more bodies wait, 990 of them because of sqlstate_22003.",
    "/admin/dead-letters?reason=sqlstate_22003",
  ],
  [
    {
      kind: "site-silent",
      lastEventMs: AT,
      timeZone: "Europe/Berlin",
      minutes: 61,
      usual: { weeks: 8, median: 55, low: 40, high: 70 },
    },
    "No event since 2026-03-11 14:05 (Europe/Berlin); these 61 minutes usually have 40 to 70.",
    "/tracking-health?site=site_1",
  ],
  [
    {
      kind: "conversion-drop",
      conversions: 1,
      fromMs: AT,
      toMs: AT + 3_600_000,
      timeZone: "UTC",
      usual: { weeks: 8, median: 55, low: 40, high: 70 },
    },
    "1 conversion from 2026-03-11 13:05 to 14:05 (UTC); these hours of the week usually have 40 to 70, over 8 weeks.",
    "/?site=site_1&from=2026-03-11&to=2026-03-11",
  ],
  [
    {
      kind: "overspend",
      campaignId: "cmp_1",
      campaign: "Spring",
      currency: "JPY",
      spentMinor: 1_234_567,
      budgetMinor: 2_000_000,
      elapsed: 0.25,
    },
    "JPY 1,234,567 of JPY 2,000,000 are spent (62 %), and 25 % of the flight have gone by.",
    "/spend?site=site_1",
  ],
  [
    {
      kind: "cpa-above-target",
      campaignId: "cmp_1",
      campaign: "Spring",
      currency: "EUR",
      days: 7,
      from: "2026-03-01",
      to: "2026-03-07",
      spentMinor: 123_456,
      conversions: 10,
      targetMinor: 10_000,
    },
    "EUR 1,234.56 for 10 conversions in the last 7 days: EUR 123.46 each; the target is EUR 100.00.",
    "/campaigns/cmp_1?site=site_1&from=2026-03-01&to=2026-03-07",
  ],
  [
    {
      kind: "report-failure",
      reports: 1,
      mails: 2,
      latest: { reportId: "rep_1", title: "Spring", reason: "It took too long" },
    },
    "In the last 24 hours 1 report could not be built and 2 mails of reports could not be sent. The latest: “Spring”. It took too long.",
    "/reports/rep_1",
  ],
];

describe("the message of an alert", () => {
  it.each(CAUSES)("names the cause and leads to the view: %#", (cause, words, path) => {
    expect(causeWords(cause)).toBe(words);
    expect(alertPath({ cause, site: "site_1", isOperators: false })).toBe(path);
  });

  it("is titled by what and whose", () => {
    const [, , silent, , over] = CAUSES.map(([cause]) => cause);
    expect(silent && alertTitle(silent, { siteName: "Bean Shop", subject: "" })).toBe(
      "No events arrive: Bean Shop",
    );
    expect(over && alertTitle(over, { siteName: "Bean Shop", subject: "cmp_1" })).toBe(
      "Spends faster than planned: Spring, Bean Shop",
    );
  });
});

describe("rules", () => {
  it.each(ALERT_KINDS)("%s has a sentence, standards within their bounds, and no number twice", (kind) => {
    const numbers = numbersOf(kind, null);
    expect(ruleWords(kind, numbers)).not.toMatch(/undefined|NaN/);
    expect(parameterFault(kind, numbers)).toBeNull();
    expect(Object.keys(numbers)).toHaveLength(ALERT_PARAMETERS[kind].length);
  });

  it("refuse numbers that mean nothing", () => {
    expect(parameterFault("error-rate", { percent: 0 })).toEqual({ name: "percent", reason: "too_small" });
    expect(parameterFault("error-rate", { percent: 101 })).toEqual({ name: "percent", reason: "too_large" });
    expect(parameterFault("error-rate", { forMinutes: 1.5 })).toEqual({
      name: "forMinutes",
      reason: "not_whole",
    });
    expect(parameterFault("error-rate", { hours: 1 })).toEqual({ name: "hours", reason: "unknown" });
  });

  it("of different places have different keys", () => {
    const place = { kind: "report-failure", accountId: 1, siteId: null, subject: "" } as const;
    const keys = [place, { ...place, accountId: null }, { ...place, accountId: 11 }, { ...place, siteId: 1 }];
    expect(new Set(keys.map(alertKey)).size).toBe(keys.length);
  });
});

describe("an address to post to", () => {
  const production = { allowsLocal: false };

  it.each([
    ["https://hooks.slack.com/services/T0/B0/x", "https://hooks.slack.com/services/T0/B0/x"],
    ["HTTPS://Example.com", "https://example.com/"],
    ["https://example.com?a=1", "https://example.com/?a=1"],
  ])("%s is one", (url, target) => {
    expect(webhookTarget(url, production)).toEqual({ ok: true, value: target });
  });

  it.each([
    ["http://example.com/", "not_https"],
    ["https://localhost/", "private_host"],
    ["https://127.0.0.1/", "private_host"],
    ["https://10.0.0.8/", "private_host"],
    ["https://169.254.169.254/latest/meta-data", "private_host"],
    ["https://[::1]/", "private_host"],
    ["https://[fd00::1]:443/", "private_host"],
    ["https://2130706433/", "private_host"],
    ["https://0x7f.1/", "private_host"],
    ["https://printer.local/", "private_host"],
    ["https://db.internal./", "private_host"],
    ["https://user:pass@example.com/", "has_password"],
    ["https://example.com:8443/", "odd_port"],
    ["ftp://example.com/", "invalid_url"],
    ["https://example.com\\@10.0.0.1/", "invalid_url"],
    ["https://exa mple.com/", "invalid_url"],
  ])("%s is none", (url, fault) => {
    expect(webhookTarget(url, production)).toEqual({ ok: false, error: fault });
  });

  it("may be this machine on the local stage only, and is shown without its secret", () => {
    expect(webhookTarget("http://localhost:9/x", { allowsLocal: true }).ok).toBe(true);
    expect(webhookTarget("http://10.0.0.8/x", { allowsLocal: true }).ok).toBe(false);
    expect(maskedUrl("https://hooks.slack.com/services/T0/B0/secret")).toBe("hooks.slack.com/…cret");
  });
});
