import { describe, expect, it } from "vitest";

import { parseImportedEvent, parsePixelEvent } from "#contract/parse-event.ts";
import { AT, conversion, ID, PAGE, REFUND, SAMPLES } from "./event-samples.ts";

const VIEW = { id: ID, at: AT, type: "pageview", url: PAGE };

type Parse = (raw: unknown) => ReturnType<typeof parsePixelEvent> | ReturnType<typeof parseImportedEvent>;

function refusal(raw: unknown, parse: Parse = parsePixelEvent): string {
  const parsed = parse(raw);
  return parsed.ok ? "accepted" : `${parsed.error.code} ${parsed.error.message}`;
}

function accepted(raw: unknown, parse: Parse = parsePixelEvent) {
  const parsed = parse(raw);
  if (!parsed.ok) throw new Error(parsed.error.message);
  return parsed.value;
}

describe("the documented events", () => {
  it.each(Object.entries(SAMPLES))("%s is taken as it is", (_, sample) => {
    expect(parsePixelEvent(sample)).toEqual({ ok: true, value: sample });
  });

  it.each(Object.entries(SAMPLES).filter(([kind]) => kind !== "consent"))(
    "%s is imported as it is",
    (_, sample) => {
      expect(parseImportedEvent(sample)).toEqual({ ok: true, value: sample });
    },
  );

  it("of kind refund is taken from API keys only", () => {
    expect(parseImportedEvent(REFUND)).toEqual({ ok: true, value: REFUND });
    expect(refusal(REFUND)).toBe("not_allowed type: a refund is taken from API keys only");
  });

  it("may name visitor, channel and campaign in an import, and not from a page", () => {
    const named = { ...VIEW, visitor: ID.toUpperCase(), channel: "podcast", campaign: "Spring" };
    expect(accepted(named, parseImportedEvent)).toMatchObject({
      visitor: ID,
      channel: "podcast",
      campaign: "Spring",
    });
    expect(accepted(named)).not.toHaveProperty("visitor");
    expect(accepted(named)).not.toHaveProperty("channel");
  });

  it("need no url where a server sends them", () => {
    expect(parseImportedEvent({ id: ID, at: 0, type: "pageview" }).ok).toBe(true);
    expect(refusal({ id: ID, at: 0, type: "pageview" })).toMatch(/^invalid_url url: /);
  });

  it("lose fields that nobody knows", () => {
    expect(accepted({ ...VIEW, ip: "10.0.0.1", customer: "a", props2: {} })).toEqual(VIEW);
  });
});

describe("what is refused, and as what", () => {
  it.each<[string, unknown, RegExp]>([
    ["no object", null, /^invalid_event an event is a JSON object$/],
    ["a text", "pageview", /^invalid_event an event is a JSON object$/],
    ["a list", [VIEW], /^invalid_event an event is a JSON object$/],
    ["a number", 5, /^invalid_event an event is a JSON object$/],
    ["nothing in it", {}, /^invalid_type type: /],
    ["an unknown kind", { ...VIEW, type: "pageveiw" }, /^invalid_type type: /],
    ["a kind that is no text", { ...VIEW, type: 3 }, /^invalid_type type: /],
    ["a kind of every object", { ...VIEW, type: "constructor" }, /^invalid_type type: /],
    ["no id", { ...VIEW, id: undefined }, /^invalid_id id: /],
    ["an id with braces", { ...VIEW, id: `{${ID}}` }, /^invalid_id id: /],
    ["an id without dashes", { ...VIEW, id: ID.replaceAll("-", "") }, /^invalid_id id: /],
    ["an id with more after it", { ...VIEW, id: `${ID}\n` }, /^invalid_id id: /],
    ["no time", { ...VIEW, at: undefined }, /^invalid_event at: /],
    ["a time as text", { ...VIEW, at: "2026-03-09" }, /^invalid_event at: /],
    ["a broken time", { ...VIEW, at: 1.5 }, /^invalid_event at: /],
    ["an endless time", { ...VIEW, at: Infinity }, /^invalid_event at: /],
    ["a time beyond exact numbers", { ...VIEW, at: 2 ** 53 }, /^invalid_event at: /],
    ["no url", { ...VIEW, url: undefined }, /^invalid_url url: /],
    ["a relative url", { ...VIEW, url: "/cart" }, /^invalid_url url: /],
    ["a url without host", { ...VIEW, url: "https:///cart" }, /^invalid_url url: /],
    ["a url of a file", { ...VIEW, url: "file:///etc/passwd" }, /^invalid_url url: /],
    ["a url that runs", { ...VIEW, url: "javascript:alert(1)//https://shop.example" }, /^invalid_url url: /],
    ["a url with a bad port", { ...VIEW, url: "https://shop.example:99999/" }, /^invalid_url url: /],
    ["a url that is no text", { ...VIEW, url: 5 }, /^invalid_url url: /],
    ["a negative value", conversion({ value: "-1" }), /^invalid_value conversion\.value: /],
    ["a negative number", conversion({ value: -0.01 }), /^invalid_value conversion\.value: /],
    ["a value with a comma", conversion({ value: "49,90" }), /^invalid_value conversion\.value: /],
    ["a value with an exponent", conversion({ value: "1e5" }), /^invalid_value conversion\.value: /],
    ["a value with a sign", conversion({ value: "€49" }), /^invalid_value conversion\.value: /],
    ["a value without end", conversion({ value: "1".repeat(16) }), /^invalid_value conversion\.value: /],
    ["an endless number", conversion({ value: Infinity }), /^invalid_value conversion\.value: /],
    ["a value that is a list", conversion({ value: [5] }), /^invalid_value conversion\.value: /],
    ["a currency by its sign", conversion({ currency: "€" }), /^invalid_currency conversion\.currency: /],
    ["a currency of two letters", conversion({ currency: "EU" }), /^invalid_currency conversion\.currency: /],
    [
      "blanks around a currency",
      conversion({ currency: " EUR" }),
      /^invalid_currency conversion\.currency: /,
    ],
    [
      "an order id without end",
      conversion({ orderId: "a".repeat(129) }),
      /^invalid_event conversion\.orderId: /,
    ],
    ["an order id that is an object", conversion({ orderId: {} }), /^invalid_event conversion\.orderId: /],
    ["a conversion type that is none", conversion({ type: 5 }), /^invalid_event conversion\.type: /],
    ["a test that is no yes or no", conversion({ test: "yes" }), /^invalid_event conversion\.test: /],
    [
      "a conversion that is a list",
      { ...VIEW, type: "conversion", conversion: [] },
      /^invalid_event conversion: /,
    ],
    ["a name without letters", { ...VIEW, type: "custom", name: "" }, /^invalid_event name: /],
    ["a name of NUL", { ...VIEW, type: "custom", name: "\u0000" }, /^invalid_event name: /],
    ["a name too long", { ...VIEW, type: "custom", name: "a".repeat(65) }, /^invalid_event name: /],
    ["no name", { ...VIEW, type: "custom" }, /^invalid_event name: /],
    ["no customer", { ...VIEW, type: "identify" }, /^invalid_event customer: /],
    ["a blank customer", { ...VIEW, type: "identify", customer: " \u0000 " }, /^invalid_event customer: /],
    ["a consent that is neither", { ...VIEW, type: "consent", state: "maybe" }, /^invalid_event state: /],
  ])("%s", (_, raw, expected) => {
    expect(refusal(raw)).toMatch(expected);
  });

  it.each<[string, unknown, RegExp]>([
    [
      "a refund of nothing",
      { ...REFUND, refund: {} },
      /^invalid_event refund: must name an orderId or a conversionId$/,
    ],
    [
      "a refund of a blank order",
      { ...REFUND, refund: { orderId: " " } },
      /^invalid_event refund: must name/,
    ],
    ["a refund without its body", { ...REFUND, refund: undefined }, /^invalid_event refund: /],
    // A refund without a value is in full: an empty text is too little said for that.
    [
      "a refund with an empty value",
      { ...REFUND, refund: { orderId: "A", value: "" } },
      /^invalid_value refund\.value: /,
    ],
    [
      "a refund of less than nothing",
      { ...REFUND, refund: { orderId: "A", value: "-1" } },
      /^invalid_value refund\.value: /,
    ],
    [
      "a refund of no conversion",
      { ...REFUND, refund: { conversionId: "A-1" } },
      /^invalid_event refund\.conversionId: /,
    ],
    ["a visitor that is no uuid", { ...VIEW, visitor: "anna" }, /^invalid_event visitor: /],
    ["a channel without end", { ...VIEW, channel: "a".repeat(65) }, /^invalid_event channel: /],
    ["a consent", SAMPLES.consent, /^invalid_type type: /],
  ])("%s in an import", (_, raw, expected) => {
    expect(refusal(raw, parseImportedEvent)).toMatch(expected);
  });
});

describe("properties", () => {
  const withProps = (props: unknown) => refusal({ ...VIEW, props });
  const keys = (count: number) => Object.fromEntries(Array.from({ length: count }, (_, i) => [`k${i}`, i]));

  it.each<[string, unknown]>([
    ["none", {}],
    ["every scalar", { a: "x", b: 1.5, c: true, d: null }],
    ["30 of them", keys(30)],
    ["a key of 600 characters", { ["k".repeat(600)]: 1 }],
    ["a text of 600 characters", { a: "x".repeat(600) }],
    ["an empty key", { "": 1 }],
    ["4,000 bytes in one text", { a: "x".repeat(4_000 - '{"a":""}'.length) }],
    ["4,000 bytes in one key", { ["k".repeat(4_000 - '{"":1}'.length)]: 1 }],
    ["names of every object", JSON.parse('{"constructor": 1, "toString": 2}')],
  ])("may be %s", (_, props) => {
    expect(withProps(props)).toBe("accepted");
  });

  it.each<[string, unknown]>([
    ["31 of them", keys(31)],
    ["an object within", { a: { b: 1 } }],
    ["a list within", { a: [1] }],
    ["an endless number", { a: Infinity }],
    ["4,001 bytes in one text", { a: "x".repeat(4_001 - '{"a":""}'.length) }],
    [
      "more than 4,000 bytes",
      Object.fromEntries(Array.from({ length: 9 }, (_, i) => [`k${i}`, "x".repeat(500)])),
    ],
    [
      "more than 4,000 bytes of few characters",
      { a: "ж".repeat(500), b: "ж".repeat(500), c: "ж".repeat(500), d: "ж".repeat(500) },
    ],
    ["a list", [1]],
    ["a text", "plan=pro"],
    ["null", null],
  ])("may not be %s", (_, props) => {
    expect(withProps(props)).toMatch(
      /^invalid_props props\S*: must be at most 30 texts, numbers, booleans or nulls in at most 4000 bytes$/,
    );
  });
});

describe("how a field is kept", () => {
  it("folds ids to lower case and currencies to upper case", () => {
    expect(accepted({ ...VIEW, id: ID.toUpperCase() })).toMatchObject({ id: ID });
    expect(accepted(conversion({ currency: "eur" }))).toMatchObject({ conversion: { currency: "EUR" } });
  });

  it("drops NUL and lone surrogates everywhere, in keys of properties too", () => {
    const dirty = {
      ...VIEW,
      title: "a\u0000b\uD800",
      url: `${PAGE}#\u0000`,
      campaign: "c\u0000",
      promoCode: "p\u0000",
      props: { "k\u0000": "v\uDC00" },
    };
    const text = JSON.stringify(accepted(dirty));
    expect(text).not.toMatch(/\\u0000|\\ud800|\\udc00/i);
    expect(accepted(dirty)).toMatchObject({
      title: "ab\uFFFD",
      campaign: "c",
      promoCode: "p",
      props: { k: "v\uFFFD" },
    });
  });

  it("cuts what only describes when it is too long", () => {
    const long = `${PAGE}&q=${"a".repeat(9_000)}`;
    const event = accepted({ ...VIEW, title: "t".repeat(9_000), referrer: long, url: long });
    expect([event.title?.length, event.referrer?.length, event.url?.length]).toEqual([512, 4_096, 4_096]);
    expect(accepted({ ...VIEW, type: "click", link: long, text: "t".repeat(9_000) })).toMatchObject({
      link: long.slice(0, 4_096),
      text: "t".repeat(512),
    });
  });

  const named = (length: number) => "n".repeat(length);
  it.each<[string, (text: string) => unknown, number, string]>([
    ["campaign", (text) => ({ ...VIEW, campaign: text }), 128, "a text of at most 128 characters"],
    ["channel", (text) => ({ ...VIEW, channel: text }), 64, "a text of at most 64 characters"],
    [
      "promoCode",
      (text) => ({ ...VIEW, promoCode: text }),
      128,
      "a text or number of at most 128 characters",
    ],
    [
      "conversion.promoCode",
      (text) => conversion({ promoCode: text }),
      128,
      "a text or number of at most 128 characters",
    ],
    [
      "conversion.orderId",
      (text) => conversion({ orderId: text }),
      128,
      "a text or number of at most 128 characters",
    ],
    ["conversion.type", (text) => conversion({ type: text }), 64, "a text of at most 64 characters"],
    [
      "refund.orderId",
      (text) => ({ ...REFUND, refund: { orderId: text } }),
      128,
      "a text or number of at most 128 characters",
    ],
    ["name", (text) => ({ ...VIEW, type: "custom", name: text }), 64, "a text of 1 to 64 characters"],
    [
      "customer",
      (text) => ({ ...VIEW, type: "identify", customer: text }),
      512,
      "a text or number of 1 to 512 characters",
    ],
  ])("names the limit of %s, which identifies, when it is too long", (...row) => {
    const [field, withText, max, expected] = row;
    expect(refusal(withText(named(max)), parseImportedEvent)).toBe("accepted");
    const message = `invalid_event ${field}: must be ${expected}`;
    expect(refusal(withText(named(max + 1)), parseImportedEvent)).toBe(message);
  });

  it("says what the other fields have to be", () => {
    expect(refusal({ ...VIEW, title: 5 })).toBe("invalid_event title: must be a text");
    expect(refusal(conversion({ test: "yes" }))).toBe("invalid_event conversion.test: must be true or false");
    expect(refusal({ ...REFUND, refund: { conversionId: "A" } }, parseImportedEvent)).toBe(
      "invalid_event refund.conversionId: must be a uuid",
    );
    expect(refusal({ ...VIEW, type: "conversion", conversion: [] })).toBe(
      "invalid_event conversion: must be an object",
    );
  });

  it("takes an empty text for nothing said, so that a template without values loses no conversion", () => {
    const empty = accepted(conversion({ type: "", value: "", currency: "", orderId: " ", promoCode: "" }));
    expect(JSON.parse(JSON.stringify(empty))).toEqual({ id: ID, at: AT, type: "conversion", conversion: {} });
    expect(JSON.parse(JSON.stringify(accepted({ ...VIEW, referrer: "", promoCode: "" })))).toEqual(VIEW);
  });

  it("takes a number for an order id and a customer, as shops number theirs", () => {
    expect(accepted(conversion({ orderId: 1009, promoCode: 10 }))).toMatchObject({
      conversion: { orderId: "1009", promoCode: "10" },
    });
    expect(accepted({ ...VIEW, type: "identify", customer: 77 })).toMatchObject({ customer: "77" });
    expect(accepted(conversion({ orderId: " A-1 " }))).toMatchObject({ conversion: { orderId: "A-1" } });
  });

  it("keeps a value as it was written, number or text", () => {
    for (const value of ["49.90", 49.9, 0, "0", "000.5", "1.20000000000000000000", 1e-7]) {
      expect(accepted(conversion({ value }))).toMatchObject({ conversion: { value } });
    }
  });

  it("does not let a property's name reach the prototype", () => {
    const raw: unknown = JSON.parse(
      `{"id":"${ID}","at":0,"type":"impression","props":{"__proto__":{"a":1},"b":2}}`,
    );
    const parsed = parsePixelEvent(raw);
    expect(({} as Record<string, unknown>)["a"]).toBeUndefined();
    const props = parsed.ok ? (parsed.value.props ?? {}) : {};
    expect(Object.getPrototypeOf(props)).toBe(Object.prototype);
  });
});
