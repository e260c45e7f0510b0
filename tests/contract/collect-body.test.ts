import { describe, expect, it } from "vitest";

import { collectBody, REJECTION_CODES } from "#contract/collect.ts";
import { importRequest } from "#contract/events.ts";
import { AT, ID, SAMPLES } from "./event-samples.ts";

const BODY = {
  v: 1,
  site: "wms_7fK2",
  sentAt: AT,
  visitor: ID,
  consent: "granted",
  events: Object.values(SAMPLES),
};

describe("the envelope of a collect body", () => {
  it("is the documented one", () => {
    expect(collectBody.safeParse(BODY)).toEqual({ success: true, data: BODY });
  });

  it("needs a version, a site and an event, and nothing else", () => {
    expect(collectBody.safeParse({ v: 1, site: "wms_7fK2", events: [{}] }).success).toBe(true);
  });

  it("leaves the events unread: one bad event refuses only itself", () => {
    const events = [null, 5, "x", [], { type: "nonsense" }];
    expect(collectBody.safeParse({ ...BODY, events })).toMatchObject({ success: true, data: { events } });
  });

  it("holds 50 events at most", () => {
    const events = (count: number) => Array.from({ length: count }, () => ({}));
    expect(collectBody.safeParse({ ...BODY, events: events(50) }).success).toBe(true);
    expect(collectBody.safeParse({ ...BODY, events: events(51) }).success).toBe(false);
  });

  it.each<[string, unknown]>([
    ["null", null],
    ["a list", [BODY]],
    ["another version", { ...BODY, v: 2 }],
    ["the version as text", { ...BODY, v: "1" }],
    ["no site", { ...BODY, site: undefined }],
    ["an empty site", { ...BODY, site: "" }],
    ["a site without end", { ...BODY, site: "s".repeat(65) }],
    ["a time as text", { ...BODY, sentAt: "now" }],
    ["a broken time", { ...BODY, sentAt: 1.5 }],
    ["a visitor that is no uuid", { ...BODY, visitor: "anna" }],
    ["a consent that is neither", { ...BODY, consent: "yes" }],
    ["no events", { ...BODY, events: [] }],
    ["events that are no list", { ...BODY, events: { 0: {} } }],
  ])("is not %s", (_, body) => {
    expect(collectBody.safeParse(body).success).toBe(false);
  });

  it("folds the visitor to lower case, so that one visitor has one id", () => {
    expect(collectBody.parse({ ...BODY, visitor: ID.toUpperCase() }).visitor).toBe(ID);
  });
});

describe("the bulk API's body", () => {
  it("holds 1 to 1,000 events of one site", () => {
    const events = (count: number) => Array.from({ length: count }, () => ({}));
    for (const count of [1, 1_000]) {
      expect(importRequest.safeParse({ siteId: "site_1", events: events(count) }).success).toBe(true);
    }
    for (const count of [0, 1_001]) {
      expect(importRequest.safeParse({ siteId: "site_1", events: events(count) }).success).toBe(false);
    }
    expect(importRequest.safeParse({ events: events(1) }).success).toBe(false);
  });
});

it("names each reason of a refusal once", () => {
  expect(new Set(REJECTION_CODES).size).toBe(REJECTION_CODES.length);
});
