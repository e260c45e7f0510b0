import { describe, expect, it } from "vitest";

import type { IngestSite } from "#core/ingest/ingest-site.ts";
import type { MessageLike } from "#core/ingest/message-like.ts";
import { meaningOf, prepareBatch } from "#core/ingest/prepare-batch.ts";
import { DIRECT_TUPLE, promoKey, sourceKey } from "#core/sources/source-tuple.ts";
import { DAY, event, idAt, message, PAGE, RECEIVED_AT, SITE } from "./message-builder.ts";

const SITES: ReadonlyMap<number, IngestSite> = new Map([
  [7, SITE],
  [8, { ...SITE, siteId: 8, matcherVersion: 9 }],
]);
let count = 0;

function body(given: Partial<MessageLike>): MessageLike {
  count += 1;
  return message({ receiptId: idAt(RECEIVED_AT, count), ...given });
}

const view = (url: string, n = 0) => event({ type: "pageview", url, id: idAt(RECEIVED_AT, n) });
const buy = (promoCode?: string) =>
  event({ type: "conversion", conversion: promoCode === undefined ? {} : { promoCode } });

describe("receipts", () => {
  it("are one a body, though the body comes twice, and its events too", () => {
    const once = body({ events: [view(PAGE)] });
    const batch = prepareBatch([once, once, { ...once }], SITES);
    expect(batch.receipts).toHaveLength(1);
    expect(batch.events).toHaveLength(1);
  });

  it("are told apart by site", () => {
    const one = body({ events: [view(PAGE)] });
    const batch = prepareBatch([one, { ...one, siteId: 8 }], SITES);
    expect(batch.receipts.map(({ siteId }) => siteId)).toEqual([7, 8]);
  });

  it("say what collect received, whatever is left of it", () => {
    const { receipts } = prepareBatch(
      [body({ received: 5, rejected: { invalid_url: 4 }, events: [view(PAGE)] })],
      SITES,
    );
    expect(receipts).toMatchObject([
      { received: 5, receivedAtMs: RECEIVED_AT, rejected: { invalid_url: 4 } },
    ]);
  });

  it("add what ingest refuses to what collect refused, and leave the body as it was", () => {
    const sent = body({
      received: 6,
      rejected: { invalid_id: 1, invalid_url: 1 },
      events: [
        view(PAGE),
        event({ type: "pageview", id: idAt(RECEIVED_AT - 500 * DAY) }),
        event({ type: "refund", refund: { orderId: "A-1" } }),
        event({ type: "conversion", conversion: { value: "-1" } }),
      ],
    });
    const batch = prepareBatch([sent], SITES);
    expect(batch.receipts[0]?.rejected).toEqual({
      invalid_id: 2,
      invalid_url: 1,
      not_allowed: 1,
      invalid_value: 1,
    });
    expect(batch.events).toMatchObject([{ position: 0 }]);
    const { receiptId } = sent;
    expect(batch.refused).toEqual([
      { receiptId, position: 1, code: "invalid_id" },
      { receiptId, position: 2, code: "not_allowed" },
      { receiptId, position: 3, code: "invalid_value" },
    ]);
    expect(sent.rejected).toEqual({ invalid_id: 1, invalid_url: 1 });
  });

  it("balance: received is what is kept and what is rejected", () => {
    const sent = body({ received: 3, rejected: { invalid_url: 1 }, events: [view(PAGE), buy()] });
    const { receipts, events } = prepareBatch([sent], SITES);
    const rejected = Object.values(receipts[0]?.rejected ?? {}).reduce((sum, n) => sum + n, 0);
    expect(events.length + rejected).toBe(receipts[0]?.received);
  });

  it("are written for a body with no event left", () => {
    const batch = prepareBatch([body({ received: 2, rejected: { invalid_url: 2 }, events: [] })], SITES);
    expect(batch.receipts).toHaveLength(1);
    expect(batch.events).toEqual([]);
  });

  it("are not written for a site that is not there", () => {
    const batch = prepareBatch([body({ siteId: 99, events: [view(PAGE)] })], SITES);
    expect(batch).toEqual({ events: [], receipts: [], refused: [], sources: [], pages: [], agents: [] });
  });
});

describe("dictionary entries", () => {
  it("are one each a site, however often they are used", () => {
    const url = `${PAGE}a?utm_source=news`;
    const events = [view(url, 1), view(url, 2), view(`${PAGE}b?utm_source=news`, 3)];
    const batch = prepareBatch([body({ events }), body({ events }), body({ events, siteId: 8 })], SITES);

    expect(batch.sources.map(({ siteId, tuple }) => [siteId, tuple.utmSource])).toEqual([
      [7, "news"],
      [8, "news"],
    ]);
    expect(batch.pages.map(({ siteId, path }) => [siteId, path])).toEqual([
      [7, "/a"],
      [7, "/b"],
      [8, "/a"],
      [8, "/b"],
    ]);
    expect(batch.agents.map(({ siteId, browser }) => [siteId, browser])).toEqual([
      [7, "Firefox"],
      [8, "Firefox"],
    ]);
  });

  it("carry the site's matchers of now: campaign, channel and version", () => {
    const events = [view(`${PAGE}?utm_source=letter&utm_medium=email&utm_campaign=Spring`)];
    const batch = prepareBatch([body({ events, siteId: 8 })], SITES);
    expect(batch.sources).toMatchObject([{ siteId: 8, campaignId: 1, channel: "email", matcherVersion: 9 }]);
  });

  it("hold every key that an event names", () => {
    const events = [view(PAGE, 1), view(`${PAGE}?gclid=x`, 2), buy("spring")];
    const batch = prepareBatch([body({ events })], SITES);
    const [sources, pages] = [batch.sources.map(({ key }) => key), batch.pages.map(({ key }) => key)];
    for (const { sourceKey: source, pageKey: page, promoCode } of batch.events) {
      expect(source === null || sources.includes(source)).toBe(true);
      expect(page === null || pages.includes(page)).toBe(true);
      expect(promoCode === null || sources.includes(promoKey(promoCode))).toBe(true);
    }
  });

  it("make a row of a promo code, with its campaign and that campaign's channel", () => {
    const batch = prepareBatch(
      [body({ events: [buy(" spring "), buy("SPRING"), buy("other"), buy()] })],
      SITES,
    );
    const plainKey = sourceKey(DIRECT_TUPLE);
    const direct = {
      key: plainKey,
      plainKey: null,
      tuple: DIRECT_TUPLE,
      campaignId: null,
      channel: "direct",
    };
    expect(batch.sources.map(({ siteId: _s, matcherVersion: _v, ...fields }) => fields)).toEqual([
      {
        key: "promo:SPRING",
        plainKey,
        tuple: { ...DIRECT_TUPLE, promoCode: "SPRING" },
        campaignId: 1,
        channel: "email",
      },
      direct,
      {
        key: "promo:OTHER",
        plainKey,
        tuple: { ...DIRECT_TUPLE, promoCode: "OTHER" },
        campaignId: null,
        channel: "direct",
      },
    ]);
  });

  it("make three rows of a source with a promo code: with it, without it, and the code alone", () => {
    const batch = prepareBatch([body({ events: [view(`${PAGE}?gclid=x&promo=other`, 1)] })], SITES);
    const plain = { ...DIRECT_TUPLE, clickIdKind: "gclid" };
    const coded = { ...plain, promoCode: "OTHER" };
    expect(batch.sources.map(({ key, plainKey }) => [key, plainKey])).toEqual([
      [sourceKey(coded), sourceKey(plain)],
      ["promo:OTHER", sourceKey(DIRECT_TUPLE)],
      [sourceKey(plain), null],
      [sourceKey(DIRECT_TUPLE), null],
    ]);
  });

  it("make no source of an event that opens nothing", () => {
    const batch = prepareBatch([body({ events: [event({ type: "click", url: PAGE })] })], SITES);
    expect(batch.sources).toEqual([]);
    expect(batch.events[0]?.sourceKey).toBeNull();
  });

  it("tell agents apart whatever their names hold", () => {
    const agents = [
      { browser: 'a","b', os: "c", device: "desktop" },
      { browser: "a", os: 'b","c', device: "desktop" },
    ];
    const batch = prepareBatch(
      agents.map((agent) => body({ agent, events: [view(PAGE)] })),
      SITES,
    );
    expect(batch.agents).toHaveLength(2);
    expect(batch.events.map(({ agent }) => agent[0])).toEqual(['a","b', "a"]);
  });
});

describe("what a raw tuple means", () => {
  it("is its campaign, and that campaign's channel where it says none itself", () => {
    expect(meaningOf({ ...DIRECT_TUPLE, linkSlug: "pod" }, SITE)).toMatchObject({
      campaignId: 2,
      channel: "podcast",
    });
    expect(
      meaningOf({ ...DIRECT_TUPLE, utmSource: "google", utmMedium: "cpc", linkSlug: "pod" }, SITE),
    ).toMatchObject({
      campaignId: 2,
      channel: "paid-search",
    });
    expect(meaningOf(DIRECT_TUPLE, SITE)).toMatchObject({ campaignId: null, channel: "direct" });
  });

  it("keeps a campaign whose channel is not known", () => {
    const site = { ...SITE, campaignChannels: new Map() };
    expect(meaningOf({ ...DIRECT_TUPLE, linkSlug: "pod" }, site)).toMatchObject({
      campaignId: 2,
      channel: "unassigned",
    });
  });
});
