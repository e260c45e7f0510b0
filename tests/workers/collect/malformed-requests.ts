import fc from "fast-check";

import { systemIds } from "#platform/ids.ts";

export type MalformedRequest = {
  path: string;
  init: { method: string; headers: [string, string][]; body?: Uint8Array };
};

type Known = { siteKey: string; slug: string };

/** What a hostile, broken or merely odd client sends: mostly nearly right, since that gets furthest. */
export function malformedRequest(known: Known): fc.Arbitrary<MalformedRequest> {
  return fc.oneof(
    { weight: 6, arbitrary: bodyRequest(known) },
    { weight: 2, arbitrary: addressRequest(known) },
  );
}

/** Text that something on the way may stumble over. */
const oddText = fc.oneof(
  fc.string({ unit: "binary", maxLength: 40 }),
  fc.constantFrom(
    "",
    " ",
    "\u0000",
    "a\u0000b",
    "\uD800",
    "x\uDC00y",
    "\uFEFF",
    "__proto__",
    "constructor",
    "null",
    "NaN",
    "-1",
    "1e999",
    "9".repeat(400),
    "€".repeat(5_000),
    "javascript:alert(1)",
    "http://",
    "https://[::1",
    "https://a b/",
    "%",
    "%00%ff%zz",
    "' or 1=1 --",
    "\r\nSet-Cookie: x=1",
    "0197f3c2-8e1a-7abc-8abc-0123456789ab",
  ),
);

const oddNumber = fc.oneof(
  fc.double(),
  fc.constantFrom(0, -0, -1, 0.1, 1e21, 1e308, -1e308, 2 ** 53, 2 ** 63, 8.64e15, -8.64e15, 5e-324),
);

const oddValue = fc.oneof(
  oddText,
  oddNumber,
  fc.jsonValue({ maxDepth: 3 }),
  fc.constantFrom(null, true, [], {}, [[]], { length: 1e9 }, { toString: 1 }),
);

const eventFields = [
  "id",
  "at",
  "type",
  "url",
  "referrer",
  "title",
  "campaign",
  "promoCode",
  "props",
  "link",
  "text",
  "name",
  "customer",
  "state",
  "conversion",
  "refund",
  "__proto__",
  "visitor",
];

/** A good event with some of its fields spoilt. */
const oddEvent = fc
  .record({
    type: fc.constantFrom(
      "pageview",
      "click",
      "impression",
      "conversion",
      "custom",
      "identify",
      "consent",
      "refund",
    ),
    spoilt: fc.dictionary(fc.constantFrom(...eventFields), oddValue, { maxKeys: 2 }),
    money: fc.dictionary(
      fc.constantFrom("type", "value", "currency", "orderId", "promoCode", "test"),
      oddValue,
    ),
    props: fc.dictionary(oddText, oddValue, { maxKeys: 3 }),
    age: fc.constantFrom(0, 0, 0, -401 * 86_400_000, 2 * 86_400_000),
  })
  .map(({ type, spoilt, money, props, age }) => ({
    id: systemIds.uuid7(new Date(Date.now() + age)),
    at: Date.now(),
    type,
    url: "https://shop.example/?utm_source=pod",
    ...(type === "conversion" ? { conversion: money } : {}),
    ...(type === "custom" ? { name: "n", props } : {}),
    ...(type === "identify" ? { customer: "c" } : {}),
    ...(type === "consent" ? { state: "granted" } : {}),
    ...spoilt,
  }));

const bodyFields = ["v", "site", "sentAt", "visitor", "consent", "events"];

/** A body with good and bad events, its envelope perhaps spoilt too. */
function oddBody({ siteKey }: Known): fc.Arbitrary<string> {
  const spoilt = fc.oneof(
    { weight: 3, arbitrary: fc.constant({}) },
    { weight: 1, arbitrary: fc.dictionary(fc.constantFrom(...bodyFields), oddValue, { maxKeys: 2 }) },
  );
  return fc
    .record({
      events: fc.array(fc.oneof(oddEvent, oddEvent, oddValue), { minLength: 1, maxLength: 6 }),
      spoilt,
    })
    .map((given) => JSON.stringify({ v: 1, site: siteKey, events: given.events, ...given.spoilt }));
}

/** Values that JSON can write and JavaScript cannot: infinite numbers, and nesting deeper than any stack. */
function beyondJavaScript({ siteKey }: Known): fc.Arbitrary<string> {
  const deep = (open: string, close: string, depth: number): string =>
    open.repeat(depth) + close.repeat(depth);
  return fc
    .record({
      literal: fc.constantFrom(
        "1e999",
        "-1e999",
        "123456789012345678901234567890",
        deep("[", "]", 20_000),
        `${'{"a":'.repeat(8_000)}1${"}".repeat(8_000)}`,
        '{"__proto__":{"id":1}}',
        '"\\ud800"',
        '"\\u0000"',
      ),
      field: fc.constantFrom(...eventFields, "unknown"),
      type: fc.constantFrom("pageview", "conversion", "custom"),
    })
    .map(({ literal, field, type }) => {
      const good = `"id":"${systemIds.uuid7(new Date())}","at":1,"url":"https://a.example/","name":"n","type":"${type}"`;
      return `{"v":1,"site":"${siteKey}","events":[{${good},"${field}":${literal}}]}`;
    });
}

const utf8 = (text: string): Uint8Array => new TextEncoder().encode(text);

function bodyBytes(known: Known): fc.Arbitrary<Uint8Array> {
  const good = oddBody(known);
  return fc.oneof(
    { weight: 6, arbitrary: good.map(utf8) },
    { weight: 3, arbitrary: beyondJavaScript(known).map(utf8) },
    { weight: 1, arbitrary: fc.uint8Array({ maxLength: 300 }) },
    { weight: 1, arbitrary: fc.json().map(utf8) },
    { weight: 1, arbitrary: good.map((text) => new Uint8Array(Buffer.from(text, "utf16le"))) },
    // Cut in the middle, or with bytes that no UTF-8 has.
    { weight: 1, arbitrary: good.map((text) => utf8(text).slice(0, text.length / 2)) },
    {
      weight: 1,
      arbitrary: fc.tuple(good, fc.nat()).map(([text, at]) => {
        const bytes = utf8(text);
        bytes[at % bytes.length] = 0xff;
        return bytes;
      }),
    },
    { weight: 1, arbitrary: good.map((text) => utf8(`${text}${" ".repeat(64_000)}`)) },
  );
}

/** Names of headers that collect reads, with values that HTTP lets through. */
const oddHeaders = fc.array(
  fc.tuple(
    fc.constantFrom(
      "Origin",
      "Referer",
      "User-Agent",
      "Content-Type",
      "Content-Encoding",
      "Cookie",
      "CF-Connecting-IP",
      "CF-IPCountry",
      "CF-Ray",
      "Sec-GPC",
      "Sec-Purpose",
      "DNT",
      "If-None-Match",
      "Sec-CH-UA",
    ),
    fc.oneof(
      fc.string({ maxLength: 60 }).map((text) => text.replaceAll(/[^\x20-\x7e]/g, "").trim()),
      fc.constantFrom(
        "",
        "null",
        "1",
        "gzip",
        "https://shop.example",
        "http://[",
        "xn--",
        "\u00ff\u00fe",
        "wm_v=%00; wm_v=",
      ),
      fc.constantFrom("a".repeat(6_000), "Mozilla/5.0 (".repeat(400), "(".repeat(2_000)),
    ),
  ),
  { maxLength: 3 },
);

function bodyRequest(known: Known): fc.Arbitrary<MalformedRequest> {
  return fc
    .record({ body: bodyBytes(known), headers: oddHeaders })
    .map(({ body, headers }) => ({ path: "/e", init: { method: "POST", headers, body } }));
}

/** A piece of a query or a path: as it would be written, or spoilt beyond any decoding. */
const addressPiece = fc.oneof(
  oddText.map((text) => encodeURIComponent(text.replaceAll(/[\uD800-\uDFFF]/g, "")).slice(0, 2_000)),
  fc.constantFrom(
    "%",
    "%zz",
    "%00",
    "%ff%fe",
    "%ed%a0%80",
    "a+b",
    "",
    "..",
    ".",
    "a".repeat(3_000),
    "&=&=",
    "[]",
  ),
);

const imageParameters = [
  "site",
  "type",
  "id",
  "campaign",
  "promo",
  "name",
  "url",
  "link",
  "value",
  "currency",
  "order",
];

function addressRequest({ siteKey, slug }: Known): fc.Arbitrary<MalformedRequest> {
  const query = fc
    .array(fc.tuple(fc.constantFrom(...imageParameters, "conversion"), addressPiece), { maxLength: 5 })
    .map((pairs) => pairs.map(([name, value]) => `${name}=${value}`).join("&"));
  const path = fc.oneof(
    query.map((text) => `/e.gif?site=${siteKey}&${text}`),
    query.map((text) => `/e.gif?site=${siteKey}&type=conversion&${text}`),
    query.map((text) => `/e.gif?${text}`),
    addressPiece.map((piece) => `/r/${piece}`),
    query.map((text) => `/r/${slug}?${text}`),
    addressPiece.map((piece) => `/${piece}`),
  );
  return fc
    .record({ path, headers: oddHeaders, method: fc.constantFrom("GET", "GET", "GET", "HEAD", "DELETE") })
    .map(({ path: address, headers, method }) => ({ path: address, init: { method, headers } }));
}
