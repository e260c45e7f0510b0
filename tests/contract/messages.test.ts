import { describe, expect, it } from "vitest";

import { ingestMessage, type IngestMessage } from "#contract/ingest-message.ts";
import { parseImportedEvent, parsePixelEvent } from "#contract/parse-event.ts";
import { workMessage } from "#contract/work-message.ts";
import type { MessageLike } from "#core/ingest/message-like.ts";
import { AT, conversion, ID, REFUND, SAMPLES } from "./event-samples.ts";

const MESSAGE: IngestMessage = {
  v: 1,
  receiptId: ID,
  requestId: "req-1",
  siteId: 7,
  database: "main",
  via: "pixel",
  receivedAt: AT,
  sentAt: AT,
  received: 3,
  rejected: { invalid_url: 2 },
  visitor: ID,
  previousVisitor: ID,
  identity: "cookieless",
  agent: { browser: "Firefox", os: "Linux", device: "desktop" },
  country: "DE",
  bot: null,
  events: [{ id: ID, at: AT, type: "pageview", url: "https://shop.example/" }],
};

/** As a queue carries it: what JSON does not say is not there afterwards. */
function carried<T>(value: T): T {
  return JSON.parse(JSON.stringify(value)) as T;
}

describe("a body on the queue", () => {
  it("comes out as it went in", () => {
    expect(ingestMessage.parse(carried(MESSAGE))).toEqual(MESSAGE);
  });

  it("is what core decides on", () => {
    const like: MessageLike = ingestMessage.parse(carried(MESSAGE));
    expect(like.siteId).toBe(7);
  });

  it("loses no field of any event that collect lets through", () => {
    const template = conversion({ type: "", value: "", currency: "", orderId: 1009, promoCode: "" });
    for (const sample of [...Object.values(SAMPLES).filter(({ type }) => type !== "identify"), template]) {
      const parsed = parsePixelEvent(sample);
      const event = parsed.ok ? carried(parsed.value) : null;
      expect(ingestMessage.parse(carried({ ...MESSAGE, events: [event] })).events).toEqual([event]);
    }
  });

  it("loses no field of any event that is imported", () => {
    const named = { visitor: ID, channel: "podcast", campaign: "Spring", promoCode: "X", title: "T" };
    const refund = { ...REFUND, refund: { conversionId: ID, value: 5, currency: "EUR" } };
    for (const sample of [
      { ...SAMPLES.click, ...named },
      { ...SAMPLES.conversion, ...named },
      REFUND,
      refund,
    ]) {
      const parsed = parseImportedEvent(sample);
      const event = parsed.ok ? carried(parsed.value) : null;
      expect(event).toMatchObject(sample);
      expect(ingestMessage.parse(carried({ ...MESSAGE, events: [event] })).events).toEqual([event]);
    }
  });

  it("carries a customer's hash and never the customer", () => {
    const event = { id: ID, at: AT, type: "identify", customerHash: ID, customer: "anna@shop.example" };
    const text = JSON.stringify(ingestMessage.parse({ ...MESSAGE, events: [event] }));
    expect(text).toContain("customerHash");
    expect(text).not.toContain("anna");
  });

  it.each<[string, object]>([
    ["of another version", { v: 2 }],
    ["without a receipt", { receiptId: undefined }],
    ["with a visitor that is no uuid", { visitor: "anna" }],
    ["that came another way", { via: "ftp" }],
    ["with an event of no kind", { events: [{ id: ID, at: AT, type: "visit" }] }],
    ["with a nested property", { events: [{ id: ID, at: AT, type: "click", props: { a: {} } }] }],
  ])("is refused %s", (_, change) => {
    expect(ingestMessage.safeParse(carried({ ...MESSAGE, ...change })).success).toBe(false);
  });
});

describe("a message of the work queue", () => {
  const messages = [
    { v: 1, kind: "build-report", database: "main", reportId: "rep_1" },
    { v: 1, kind: "deliver-report", database: "main", deliveryId: "dlv_1" },
    { v: 1, kind: "rematch-sources", database: "main", siteId: 7 },
  ] as const;

  it.each(messages)("$kind comes out as it went in", (message) => {
    expect(workMessage.parse(carried(message))).toEqual(message);
  });

  it.each<[string, unknown]>([
    ["another version", { ...messages[0], v: 2 }],
    ["an unknown kind", { ...messages[0], kind: "drop-tables" }],
    ["no report", { v: 1, kind: "build-report", database: "main" }],
    ["another kind's facts", { v: 1, kind: "rematch-sources", database: "main", reportId: "rep_1" }],
  ])("is refused with %s", (_, message) => {
    expect(workMessage.safeParse(message).success).toBe(false);
  });
});
