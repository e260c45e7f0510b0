import { describe, expect, it } from "vitest";

import { parseImportedEvent, parsePixelEvent } from "#contract/parse-event.ts";

const ID = "0197f3c2-8e1a-7abc-8abc-0123456789ab";
const event = (given: object): Record<string, unknown> => ({
  id: ID,
  at: 1_790_000_000_000,
  type: "click",
  ...given,
});
const conversion = (given: object): Record<string, unknown> =>
  event({ type: "conversion", conversion: given });

describe("parsePixelEvent refuses with a code and a field", () => {
  const manyProps = Object.fromEntries(Array.from({ length: 31 }, (_, i) => [`k${i}`, 1]));
  const rows: [string, unknown, string, string][] = [
    ["no object", 5, "invalid_event", "JSON object"],
    ["a list", [], "invalid_event", "JSON object"],
    ["no type", { id: ID, at: 1 }, "invalid_type", "type"],
    ["an unknown type", event({ type: "scroll" }), "invalid_type", "type"],
    ["a refund", event({ type: "refund", refund: {} }), "not_allowed", "type"],
    ["an id that is no uuid", event({ id: "1" }), "invalid_id", "id"],
    ["a fraction of a millisecond", event({ at: 1.5 }), "invalid_event", "at"],
    ["a pageview without a page", event({ type: "pageview" }), "invalid_url", "url"],
    ["a page that is no web page", event({ url: "ftp://a.example/" }), "invalid_url", "url"],
    ["a negative number", conversion({ value: -0.01 }), "invalid_value", "conversion.value"],
    ["a negative text", conversion({ value: "-1" }), "invalid_value", "conversion.value"],
    ["a decimal comma", conversion({ value: "49,90" }), "invalid_value", "conversion.value"],
    ["a currency's sign", conversion({ currency: "€" }), "invalid_currency", "conversion.currency"],
    ["a number for the conversion's type", conversion({ type: 5 }), "invalid_event", "conversion.type"],
    ["31 properties", event({ props: manyProps }), "invalid_props", "props"],
    ["a property that is a list", event({ props: { a: [] } }), "invalid_props", "props.a"],
    ["too many bytes of properties", event({ props: { a: "x".repeat(4_100) } }), "invalid_props", "props"],
    ["a custom event without a name", event({ type: "custom", name: "" }), "invalid_event", "name"],
    ["a customer without a key", event({ type: "identify", customer: "  " }), "invalid_event", "customer"],
    ["an unknown state of consent", event({ type: "consent", state: "maybe" }), "invalid_event", "state"],
  ];
  it.each(rows)("%s", (...row) => {
    const [, raw, code, field] = row;
    const parsed = parsePixelEvent(raw);
    expect(parsed).toMatchObject({ ok: false, error: { code } });
    expect(parsed.ok ? "" : parsed.error.message).toContain(field);
  });
});

describe("parsePixelEvent is lenient where strictness would cost a conversion", () => {
  it.each([
    ["an id in upper case", event({ id: ID.toUpperCase() }), { id: ID }],
    ["a numeric order id", conversion({ orderId: 1009 }), { conversion: { orderId: "1009" } }],
    ["blanks around an order id", conversion({ orderId: " A-1 " }), { conversion: { orderId: "A-1" } }],
    ["a currency in lower case", conversion({ currency: "eur" }), { conversion: { currency: "EUR" } }],
    ["a value of zero", conversion({ value: 0 }), { conversion: { value: 0 } }],
    ["a long title", event({ title: "t".repeat(900) }), { title: "t".repeat(512) }],
    ["NUL and half an emoji", event({ title: "a\u0000\ud83c" }), { title: "a\uFFFD" }],
    ["NUL in the name of a property", event({ props: { "a\u0000": 1 } }), { props: { a: 1 } }],
  ])("%s", (_, raw, expected) => {
    expect(parsePixelEvent(raw)).toMatchObject({ ok: true, value: expected });
  });

  it("takes what a template left empty for absent", () => {
    const raw = conversion({ orderId: "", promoCode: " ", value: "", currency: "", type: "" });
    const parsed = parsePixelEvent({ ...raw, referrer: "" });
    expect(JSON.parse(JSON.stringify(parsed.ok && parsed.value))).toEqual({ ...raw, conversion: {} });
  });

  it("cuts an address without end instead of losing the page view", () => {
    const parsed = parsePixelEvent(
      event({ type: "pageview", url: `https://a.example/?q=${"x".repeat(9_000)}` }),
    );
    expect(parsed.ok && parsed.value.url?.length).toBe(4_096);
  });

  it("ignores fields it does not know, so that newer pixels may send them", () => {
    expect(parsePixelEvent(event({ scroll: 50 }))).toMatchObject({ ok: true });
    expect(JSON.stringify(parsePixelEvent(event({ scroll: 50 })))).not.toContain("scroll");
  });
});

describe("parseImportedEvent", () => {
  it("takes refunds, a visitor and a channel, which the pixel may not name", () => {
    const named = { visitor: ID, channel: "podcast" };
    expect(parseImportedEvent(event({ type: "refund", refund: { orderId: "A-1" }, ...named }))).toMatchObject(
      {
        ok: true,
        value: { refund: { orderId: "A-1" }, ...named },
      },
    );
    expect(JSON.stringify(parsePixelEvent(event(named)))).not.toContain("podcast");
  });

  it("does not read an empty refund value as a refund in full", () => {
    expect(
      parseImportedEvent(event({ type: "refund", refund: { orderId: "A-1", value: "" } })),
    ).toMatchObject({
      ok: false,
      error: { code: "invalid_value" },
    });
  });

  it("takes a page view without an address", () => {
    expect(parseImportedEvent(event({ type: "pageview" })).ok).toBe(true);
  });
});
