import { makeUuidV7 } from "#core/events/uuid-v7.ts";
import type { IngestSite } from "#core/ingest/ingest-site.ts";
import type { MessageEventLike, MessageLike } from "#core/ingest/message-like.ts";
import { prepareEvent, type Prepared } from "#core/ingest/prepare-event.ts";

export const MINUTE = 60_000;
export const HOUR = 60 * MINUTE;
export const DAY = 24 * HOUR;
export const RECEIVED_AT = Date.parse("2026-03-09T12:00:00.000Z");
export const VISITOR = "01970000-0000-7000-8000-000000000001";
export const PAGE = "https://shop.example/";

/** A UUIDv7 of this instant; `n` tells ids of one instant apart. */
export function idAt(timeMs: number, n = 0): string {
  return makeUuidV7(timeMs, Uint8Array.from([0, 0, 0, 0, 0, 0, 0, 0, n >> 8, n & 255]));
}

export const SITE: IngestSite = {
  siteId: 7,
  ownHosts: ["shop.example"],
  currency: "EUR",
  sealedBeforeMs: null,
  idsSinceMs: null,
  matcherVersion: 3,
  matchers: {
    byName: new Map([["spring", 1]]),
    bySlug: new Map([["pod", 2]]),
    byPromoCode: new Map([["SPRING", 1]]),
    byUtmPair: new Map(),
    byUtmCampaign: new Map([["spring", 1]]),
    byClickId: new Map(),
    byReferrer: new Map(),
  },
  campaignChannels: new Map([
    [1, "email"],
    [2, "podcast"],
  ]),
};

export function message(given: Partial<MessageLike> = {}): MessageLike {
  return {
    receiptId: idAt(RECEIVED_AT, 999),
    siteId: SITE.siteId,
    via: "pixel",
    receivedAt: RECEIVED_AT,
    sentAt: RECEIVED_AT,
    received: given.events?.length ?? 1,
    rejected: {},
    visitor: VISITOR,
    identity: "first-party",
    agent: { browser: "Firefox", os: "Linux", device: "desktop" },
    country: "DE",
    bot: null,
    events: [],
    ...given,
  };
}

export function event(given: Partial<MessageEventLike> & Pick<MessageEventLike, "type">): MessageEventLike {
  return { id: idAt(RECEIVED_AT - 1_000), at: RECEIVED_AT - 1_000, ...given };
}

/** The event as it is prepared; throws when it is refused. */
export function prepared(
  given: Parameters<typeof event>[0],
  of: Partial<MessageLike> = {},
  site: Partial<IngestSite> = {},
): Prepared {
  const result = prepareEvent(event(given), message(of), { ...SITE, ...site });
  if (!result.ok) throw new Error(`Refused as ${result.error}`);
  return result.value;
}
