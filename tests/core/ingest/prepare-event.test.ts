import { describe, expect, it } from "vitest";

import { EVENT_FLAGS } from "#core/events/event-flags.ts";
import { EVENT_TYPE_CODES, EVENT_TYPES, type EventType } from "#core/events/event-type.ts";
import type { MessageLike } from "#core/ingest/message-like.ts";
import { prepareEvent } from "#core/ingest/prepare-event.ts";
import { OPENS } from "#core/sources/opening.ts";
import { DIRECT_TUPLE, sourceKey } from "#core/sources/source-tuple.ts";
import { isClean } from "#core/text/clean-text.ts";
import {
  DAY,
  event,
  HOUR,
  idAt,
  message,
  MINUTE,
  PAGE,
  prepared,
  RECEIVED_AT,
  SITE,
  VISITOR,
} from "./message-builder.ts";

function refusal(given: Parameters<typeof event>[0], of: Partial<MessageLike> = {}) {
  const result = prepareEvent(event(given), message(of), SITE);
  return result.ok ? null : result.error;
}

describe("when an event happened", () => {
  const at = RECEIVED_AT - HOUR;
  const view = (time: number, of: Partial<MessageLike> = {}) =>
    prepared({ type: "pageview", url: PAGE, at: time }, of).event;

  it.each(["pixel", "image", "redirect"] as const)("is the client's time, corrected, by %s", (via) => {
    expect(view(at, { via }).occurredAtMs).toBe(at);
    expect(view(at, { via, sentAt: RECEIVED_AT - 59_999 }).occurredAtMs).toBe(at);
    expect(view(at - 2 * HOUR, { via, sentAt: RECEIVED_AT - 2 * HOUR }).occurredAtMs).toBe(at);
    expect(view(at, { via, sentAt: null }).occurredAtMs).toBe(at);
  });

  it("is the edge's time, and marked, where the client's is not believable", () => {
    for (const time of [
      RECEIVED_AT - 7 * DAY - 1,
      RECEIVED_AT + 5 * MINUTE + 1,
      0,
      -1,
      Number.MAX_SAFE_INTEGER,
    ]) {
      const row = view(time);
      expect(row.occurredAtMs).toBe(RECEIVED_AT);
      expect(row.flags & EVENT_FLAGS.timeReplaced).toBe(EVENT_FLAGS.timeReplaced);
    }
    for (const time of [RECEIVED_AT - 7 * DAY, RECEIVED_AT + 5 * MINUTE]) {
      expect(view(time)).toMatchObject({ occurredAtMs: time, flags: EVENT_FLAGS.inSession });
    }
  });

  it("is any past time that an import names, without correction", () => {
    for (const time of [0, RECEIVED_AT - 900 * DAY, RECEIVED_AT - 1, RECEIVED_AT + 5 * MINUTE]) {
      const row = view(time, { via: "api", sentAt: RECEIVED_AT - 2 * HOUR });
      expect(row.occurredAtMs).toBe(time);
      expect(row.flags & EVENT_FLAGS.timeReplaced).toBe(0);
    }
  });

  it("is no time that has not come or that Postgres could not hold, from an import either", () => {
    for (const time of [
      RECEIVED_AT + 5 * MINUTE + 1,
      Number.MAX_SAFE_INTEGER,
      -1,
      -Number.MAX_SAFE_INTEGER,
    ]) {
      const row = view(time, { via: "api" });
      expect(row.occurredAtMs).toBe(RECEIVED_AT);
      expect(row.flags & EVENT_FLAGS.timeReplaced).toBe(EVENT_FLAGS.timeReplaced);
    }
  });
});

describe("what is refused", () => {
  it.each([
    ["no uuid", "abc"],
    ["a version 4", "0197f3c2-8e1a-4000-8000-000000000000"],
    ["more than 400 days old", idAt(RECEIVED_AT - 400 * DAY - 1)],
    ["more than a day ahead", idAt(RECEIVED_AT + DAY + 1)],
  ])("is an id that is %s", (_, id) => {
    expect(refusal({ type: "pageview", id })).toBe("invalid_id");
    expect(refusal({ type: "pageview", id }, { via: "api" })).toBe("invalid_id");
  });

  it("is no id at the ends of the window, which are in it", () => {
    expect(refusal({ type: "pageview", id: idAt(RECEIVED_AT - 400 * DAY) })).toBeNull();
    expect(refusal({ type: "pageview", id: idAt(RECEIVED_AT + DAY) })).toBeNull();
  });

  it("is a refund that no API key vouches for", () => {
    const refund = { type: "refund", refund: { orderId: "A-1" } } as const;
    for (const via of ["pixel", "image", "redirect"] as const)
      expect(refusal(refund, { via })).toBe("not_allowed");
    expect(refusal(refund, { via: "api" })).toBeNull();
  });

  it.each(["-1", "1e5", "abc", "", "9007199254740992", -1, Number.NaN])("is the value %j", (value) => {
    expect(refusal({ type: "conversion", conversion: { value } })).toBe("invalid_value");
    expect(refusal({ type: "refund", refund: { value } }, { via: "api" })).toBe("invalid_value");
  });

  it("is not a value that only another currency could hold", () => {
    const value = "90071992547410";
    expect(refusal({ type: "conversion", conversion: { value, currency: "EUR" } })).toBe("invalid_value");
    expect(refusal({ type: "conversion", conversion: { value, currency: "JPY" } })).toBeNull();
  });
});

describe("what an outcome is worth", () => {
  const worth = (conversion: object) => {
    const { valueMinor, currency } = prepared({ type: "conversion", conversion }).event;
    return { valueMinor, currency };
  };

  it("is its value in whole minor units of its currency, or of the site's", () => {
    expect(worth({ value: "49.905", currency: "USD" })).toEqual({ valueMinor: 4_991, currency: "USD" });
    expect(worth({ value: 50, currency: "JPY" })).toEqual({ valueMinor: 50, currency: "JPY" });
    expect(worth({ value: "1.50" })).toEqual({ valueMinor: 150, currency: "EUR" });
  });

  it("is 0 where a conversion has no value, and all of it where a refund has none", () => {
    expect(worth({})).toEqual({ valueMinor: 0, currency: "EUR" });
    expect(prepared({ type: "conversion" }).event).toMatchObject({ valueMinor: 0, currency: "EUR" });
    const refund = prepared({ type: "refund", refund: { orderId: "A-1" } }, { via: "api" });
    expect(refund.event).toMatchObject({ valueMinor: null, currency: "EUR", orderId: "A-1" });
  });

  it("is told in major units where a refund leaves the currency to its order", () => {
    const terms = (refund: object) => prepared({ type: "refund", refund }, { via: "api" }).event;
    expect(terms({ orderId: "A-1", value: " 29.5 " })).toMatchObject({
      valueMinor: 2_950,
      currency: "EUR",
      refund: { namesCurrency: false, valueMajor: "29.5" },
    });
    expect(terms({ orderId: "A-1", value: 1e-7 }).refund?.valueMajor).toBe("0.0000001");
    expect(terms({ orderId: "A-1" }).refund).toMatchObject({ namesCurrency: false, valueMajor: null });
    expect(terms({ orderId: "A-1", value: "3", currency: "JPY" })).toMatchObject({
      valueMinor: 3,
      currency: "JPY",
      refund: { namesCurrency: true, valueMajor: null },
    });
  });

  it("is nothing for any other kind", () => {
    for (const type of ["pageview", "click", "impression", "custom", "identify", "consent"] as const) {
      expect(prepared({ type, conversion: { value: "5" } }).event).toMatchObject({
        valueMinor: null,
        currency: null,
      });
    }
  });
});

describe("a short link's click on its landing", () => {
  const landedAt = RECEIVED_AT - 1_000;
  const landing = (clickedAt: number, type: EventType = "pageview") =>
    prepared({ type, at: landedAt, url: `${PAGE}?utm_source=pod&wm_click=pod.${idAt(clickedAt)}` });

  it.each([
    ["a second ago", landedAt - 1_000],
    ["half an hour ago, to the millisecond", landedAt - 30 * MINUTE],
    ["a minute ahead, by the edge's clock", landedAt + MINUTE],
  ])("is taken when it was made %s", (_, clickedAt) => {
    const { event: row, tuple } = landing(clickedAt);
    expect(row.clickId).toBe(idAt(clickedAt));
    expect(tuple).toEqual({ ...DIRECT_TUPLE, utmSource: "pod", linkSlug: "pod" });
  });

  it.each([
    ["more than half an hour ago", landedAt - 30 * MINUTE - 1],
    ["a day ago, to the millisecond", landedAt - DAY],
  ])("is not landed a second time when it was made %s, but its link is still the source", (_, clickedAt) => {
    const { event: row, tuple } = landing(clickedAt);
    expect(row.clickId).toBeNull();
    expect(tuple).toEqual({ ...DIRECT_TUPLE, utmSource: "pod", linkSlug: "pod" });
  });

  it.each([
    ["more than a day ago", landedAt - DAY - 1],
    ["more than a minute ahead", landedAt + MINUTE + 1],
  ])("is none when it was made %s", (_, clickedAt) => {
    const { event: row, tuple } = landing(clickedAt);
    expect(row.clickId).toBeNull();
    expect(tuple).toEqual({ ...DIRECT_TUPLE, utmSource: "pod" });
  });

  it.each([
    "pod",
    "pod.",
    `.${idAt(landedAt)}`,
    `pod.${idAt(landedAt).toUpperCase().replaceAll("0", "F")}`,
    `pod.${idAt(landedAt)}x`,
    `p_d.${idAt(landedAt)}`,
    "pod.0197f3c2-8e1a-4000-8000-000000000000",
    "pod.------------------------------------",
  ])("is none when wm_click is %s", (value) => {
    const { event: row, tuple } = prepared({
      type: "pageview",
      at: landedAt,
      url: `${PAGE}?wm_click=${value}`,
    });
    expect(row.clickId).toBeNull();
    expect(tuple).toEqual(DIRECT_TUPLE);
  });

  it("is recorded though the link is not this site's, and matches no campaign", () => {
    const { event: row, tuple } = prepared({
      type: "pageview",
      at: landedAt,
      url: `${PAGE}?wm_click=stranger.${idAt(landedAt)}`,
    });
    expect(row).toMatchObject({ clickId: idAt(landedAt), opens: OPENS.source });
    expect(tuple).toEqual({ ...DIRECT_TUPLE, linkSlug: "stranger" });
  });

  it.each(["click", "conversion", "custom"] as const)(
    "leaves a later %s of the same page in the landing's session, and is not that event's click",
    (type) => {
      const later = landing(landedAt - 1_000, type);
      expect(later.event.sourceKey).toBe(landing(landedAt - 1_000).event.sourceKey);
      expect(later.event.opens).toBe(OPENS.source);
      expect(later.event.clickId).toBeNull();
    },
  );

  it("is a contact of its own as the redirect tells it", () => {
    const { event: row, tuple } = prepared({ type: "click", slug: "Pod" }, { via: "redirect" });
    expect(row).toMatchObject({ opens: OPENS.own, clickId: null });
    expect(tuple).toEqual({ ...DIRECT_TUPLE, linkSlug: "pod" });
  });
});

describe("what counts as activity of a session", () => {
  const isActive = (type: EventType, of: Partial<MessageLike>, url?: string) =>
    (prepared(url === undefined ? { type } : { type, url }, of).event.flags & EVENT_FLAGS.inSession) !== 0;
  const ON_PAGES: readonly EventType[] = ["pageview", "click", "conversion", "custom"];

  it.each(EVENT_TYPES.filter((type) => type !== "refund"))(
    "a %s of the pixel, if it is done on a page",
    (type) => {
      expect(isActive(type, { via: "pixel" }, PAGE)).toBe(ON_PAGES.includes(type));
    },
  );

  it.each(ON_PAGES)("a %s of a program only where it names a page", (type) => {
    expect(isActive(type, { via: "api" }, PAGE)).toBe(true);
    expect(isActive(type, { via: "api" })).toBe(false);
  });

  it.each(ON_PAGES)("no %s of a redirect or an image", (type) => {
    expect(isActive(type, { via: "redirect" }, PAGE)).toBe(false);
    expect(isActive(type, { via: "image" }, PAGE)).toBe(false);
  });
});

describe("the other marks of an event", () => {
  it("say that it was cleaned, keyed or a test", () => {
    const flags = (given: object, of: Partial<MessageLike> = {}) =>
      prepared({ type: "conversion", ...given }, { via: "image", ...of }).event.flags;
    expect(flags({})).toBe(0);
    expect(flags({ cleaned: true })).toBe(EVENT_FLAGS.cleaned);
    expect(flags({ conversion: { test: true } })).toBe(EVENT_FLAGS.test);
    expect(flags({ conversion: { test: false } })).toBe(0);
    expect(flags({}, { via: "api" })).toBe(EVENT_FLAGS.keyed);
  });

  it("say that a cookieless visitor had no salt, and not that nobody was to be known", () => {
    const marks = (of: Partial<MessageLike>) =>
      prepared({ type: "impression" }, of).event.flags & EVENT_FLAGS.noSalt;
    expect(marks({ visitor: null, identity: "cookieless" })).toBe(EVENT_FLAGS.noSalt);
    expect(marks({ visitor: VISITOR, identity: "cookieless" })).toBe(0);
    expect(marks({ visitor: null, identity: "none" })).toBe(0);
    expect(marks({ visitor: null, identity: "first-party" })).toBe(0);
  });

  it("are bits that do not overlap", () => {
    const bits = Object.values(EVENT_FLAGS);
    expect(bits.reduce((sum, bit) => sum + bit, 0)).toBe(2 ** bits.length - 1);
    for (const bit of bits) expect(Number.isInteger(Math.log2(bit))).toBe(true);
  });
});

describe("the row of an event", () => {
  it("holds what was sent and who sent it", () => {
    const {
      event: row,
      tuple,
      page,
    } = prepared({
      type: "conversion",
      url: "https://www.shop.example/Thanks?utm_source=news#x",
      conversion: { type: "purchase", value: "10", orderId: " A-1 ", promoCode: " spring " },
      props: { plan: "pro" },
    });
    const utm = { ...DIRECT_TUPLE, utmSource: "news" };
    expect(tuple).toEqual(utm);
    expect(page).toEqual({ key: "shop.example/Thanks", host: "shop.example", path: "/Thanks" });
    expect(row).toEqual({
      siteId: 7,
      eventId: idAt(RECEIVED_AT - 1_000),
      receiptId: idAt(RECEIVED_AT, 999),
      occurredAtMs: RECEIVED_AT - 1_000,
      receivedAtMs: RECEIVED_AT,
      type: EVENT_TYPE_CODES.conversion,
      opens: OPENS.source,
      flags: EVENT_FLAGS.inSession,
      visitorId: VISITOR,
      previousVisitorId: null,
      sourceKey: sourceKey(utm),
      pageKey: "shop.example/Thanks",
      country: "DE",
      valueMinor: 1_000,
      currency: "EUR",
      name: "purchase",
      orderId: "A-1",
      promoCode: "SPRING",
      clickId: null,
      personId: null,
      refund: null,
      botReason: null,
      props: { plan: "pro" },
    });
  });

  it("takes the visitor an import names before the body's", () => {
    const other = "01970000-0000-7000-8000-000000000002";
    expect(prepared({ type: "click", visitor: other }, { via: "api" }).event.visitorId).toBe(other);
    expect(prepared({ type: "click" }, { via: "api", visitor: null }).event.visitorId).toBeNull();
  });

  it("tells yesterday's hash of the body's own visitor, and of nobody else", () => {
    const yesterday = "01970000-0000-7000-8000-000000000003";
    const previous = (given: Parameters<typeof event>[0], of: Partial<MessageLike>) =>
      prepared(given, { ...of, previousVisitor: yesterday }).event.previousVisitorId;
    expect(previous({ type: "click" }, {})).toBe(yesterday);
    expect(previous({ type: "click", visitor: idAt(RECEIVED_AT) }, {})).toBeNull();
    expect(previous({ type: "click" }, { visitor: null })).toBeNull();
    expect(prepared({ type: "click" }).event.previousVisitorId).toBeNull();
  });

  it("names the outcome, the action or the consent", () => {
    const name = (given: Parameters<typeof event>[0]) => prepared(given).event.name;
    expect(name({ type: "conversion", conversion: { type: "signup" } })).toBe("signup");
    expect(name({ type: "conversion" })).toBe("conversion");
    expect(name({ type: "conversion", conversion: { type: "  " } })).toBe("conversion");
    expect(name({ type: "custom", name: "video_played" })).toBe("video_played");
    expect(name({ type: "consent", state: "denied" })).toBe("denied");
    expect(name({ type: "pageview" })).toBeNull();
  });

  it("keeps a blank order id as none, so that two of them are not one order", () => {
    expect(prepared({ type: "conversion", conversion: { orderId: "  " } }).event.orderId).toBeNull();
  });

  it("keeps the refunded conversion, the person and why it is a bot", () => {
    const of = "01970000-0000-7000-8000-000000000003";
    expect(
      prepared({ type: "refund", refund: { conversionId: of } }, { via: "api" }).event.refund?.conversionId,
    ).toBe(of);
    expect(prepared({ type: "identify", customerHash: of }).event.personId).toBe(of);
    expect(prepared({ type: "pageview" }, { bot: "isbot" }).event.botReason).toBe("isbot");
  });

  it("takes the conversion's promo code before the event's", () => {
    const both = { type: "conversion", promoCode: "page", conversion: { promoCode: "cart" } } as const;
    expect(prepared(both).event.promoCode).toBe("CART");
    expect(prepared({ type: "conversion", promoCode: "page", conversion: {} }).event.promoCode).toBe("PAGE");
  });

  it("keeps what a click followed beside the sender's properties, and no empty properties", () => {
    const click = { type: "click", link: "https://partner.example/", text: "Buy" } as const;
    expect(prepared({ ...click, props: { plan: "pro" } }).event.props).toEqual({
      plan: "pro",
      link: "https://partner.example/",
      text: "Buy",
    });
    expect(prepared({ type: "click", props: {} }).event.props).toBeNull();
    expect(prepared({ type: "click" }).event.props).toBeNull();
  });

  it("cuts a long path without leaving half a character", () => {
    const { page } = prepared({ type: "pageview", url: `${PAGE}${"a".repeat(1_022)}\u{1F600}/b` });
    expect(page?.path).toBe(`/${"a".repeat(1_022)}\uFFFD`);
    expect(isClean(page?.key ?? "\u0000")).toBe(true);
  });

  it("has no page where the address is none", () => {
    expect(prepared({ type: "pageview" }).page).toBeNull();
    expect(prepared({ type: "pageview", url: "mailto:a@shop.example" }).event.pageKey).toBeNull();
  });
});
