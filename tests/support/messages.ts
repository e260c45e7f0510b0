import type { IngestMessage, MessageEvent } from "#contract/ingest-message.ts";
import { systemIds } from "#platform/ids.ts";

/** A UUIDv7 of this instant (epoch ms). */
export function eventId(atMs: number): string {
  return systemIds.uuid7(new Date(atMs));
}

/** A visitor id. */
export function visitorId(): string {
  return systemIds.uuid7(new Date());
}

export type TestMessage = Partial<Omit<IngestMessage, "events">> & {
  siteId: number;
  events: (Partial<MessageEvent> & Pick<MessageEvent, "type" | "at">)[];
};

/** An accepted body as collect queues it, with everything a test does not care about filled in. */
export function ingestMessage({ events, ...given }: TestMessage): IngestMessage {
  const receivedAt = given.receivedAt ?? Math.max(...events.map(({ at }) => at));
  return {
    v: 1,
    receiptId: systemIds.uuid7(new Date(receivedAt)),
    requestId: "test",
    database: "main",
    via: "pixel",
    receivedAt,
    sentAt: receivedAt,
    received: events.length,
    rejected: {},
    visitor: null,
    identity: "first-party",
    agent: { browser: "Firefox", os: "Linux", device: "desktop" },
    country: "DE",
    bot: null,
    ...given,
    events: events.map((event) => ({ id: eventId(event.at), ...event })),
  };
}
