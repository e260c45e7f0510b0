import fc from "fast-check";
import { describe, expect, it } from "vitest";

import { bareHost, readPageAddress } from "#core/sources/page-address.ts";
import { inputs } from "#tests/support/inputs.ts";

function queryOf(url: string): Record<string, string> {
  return Object.fromEntries(readPageAddress(url)?.query ?? []);
}

describe("host and path of a page's url", () => {
  it.each([
    ["https://shop.example/", "shop.example", "/"],
    ["https://shop.example", "shop.example", "/"],
    ["https://shop.example?utm_source=a", "shop.example", "/"],
    ["https://shop.example#top", "shop.example", "/"],
    ["https://shop.example/a/b?x=1#top", "shop.example", "/a/b"],
    ["http://shop.example/a", "shop.example", "/a"],
    ["HTTPS://WWW.Shop.Example/Cart", "shop.example", "/Cart"],
    ["https://www.shop.example./", "shop.example", "/"],
    ["https://shop.example:8443/a", "shop.example", "/a"],
    ["https://shop.example:/a", "shop.example", "/a"],
    ["https://user@shop.example/", "shop.example", "/"],
    ["https://user:secret@shop.example:8443/a", "shop.example", "/a"],
    ["https://user:p@ss@shop.example/a", "shop.example", "/a"],
    ["https://google.com@shop.example/", "shop.example", "/"],
    ["https://google.com:443@shop.example/", "shop.example", "/"],
    ["https://shop.example/@google.com", "shop.example", "/@google.com"],
    ["https://shop.example\\@google.com/", "shop.example", "\\@google.com/"],
    ["https://shop.example/#/route?utm_source=a", "shop.example", "/"],
    ["http://localhost:3000/a", "localhost", "/a"],
    ["http://127.0.0.1:8787/a", "127.0.0.1", "/a"],
    ["http://[2001:db8::1]/a", "[2001:db8::1]", "/a"],
    ["http://[2001:DB8::1]:8080/a", "[2001:db8::1]", "/a"],
    ["http://[::ffff:10.0.0.1]/", "[::ffff:10.0.0.1]", "/"],
    ["https://xn--bcher-kva.example/", "xn--bcher-kva.example", "/"],
    ["https://shop.example/caf%C3%A9?a#b?c", "shop.example", "/caf%C3%A9"],
  ])("%s has the host %s and the path %s", (url, host, path) => {
    expect(readPageAddress(url)).toMatchObject({ host, path });
  });

  it.each([
    "",
    "shop.example",
    "//shop.example/",
    "ftp://shop.example/",
    "file:///index.html",
    "javascript:alert(1)",
    "about:blank",
    "android-app://com.google.android.gm/",
    "https://",
    "https:///shop.example/",
    "https://?utm_source=a",
    "https://#a",
    "https://:8080/",
    "https://shop.example:port/",
    "http://[2001:db8::1/",
    " https://shop.example/",
    "https://shop example/",
  ])("%j is no page", (url) => {
    expect(readPageAddress(url)).toBeNull();
  });

  it("agrees with the web's own reading of any address", () => {
    fc.assert(
      fc.property(
        fc.webUrl({
          withQueryParameters: true,
          withFragments: true,
          authoritySettings: { withPort: true, withUserInfo: true },
        }),
        (url) => {
          const there = new URL(url);
          const here = readPageAddress(there.href);
          const query = new Map<string, string>();
          for (const [name, value] of there.searchParams) {
            if (!query.has(name.toLowerCase())) query.set(name.toLowerCase(), value);
          }

          expect(here).toEqual({ host: bareHost(there.hostname), path: there.pathname, query });
        },
      ),
      { numRuns: inputs(100) },
    );
  });
});

describe("query parameters", () => {
  it.each([
    ["?a=1&b=2", { a: "1", b: "2" }],
    ["?a=1&a=2", { a: "1" }],
    ["?A=1&a=2", { a: "1" }],
    ["?UTM_Source=News", { utm_source: "News" }],
    ["?a", { a: "" }],
    ["?a=&b", { a: "", b: "" }],
    ["?&&a=1&", { a: "1" }],
    ["?a=1=2", { a: "1=2" }],
    ["?=1", { "": "1" }],
    ["?a=spring+sale", { a: "spring sale" }],
    ["?a=spring%2Bsale", { a: "spring+sale" }],
    ["?a=caf%C3%A9", { a: "café" }],
    ["?a=%F0%9F%98%80", { a: "\u{1F600}" }],
    ["?utm%5Fsource=a", { utm_source: "a" }],
    // Latin-1 escapes of old mailers, and half an escape: kept as they came rather than lost.
    ["?a=caf%E9", { a: "caf%E9" }],
    ["?a=100%&b=2", { a: "100%", b: "2" }],
    ["?a=100%+sure", { a: "100% sure" }],
    ["?a=%zz", { a: "%zz" }],
    [
      "?__proto__=1&constructor=2",
      Object.fromEntries([
        ["__proto__", "1"],
        ["constructor", "2"],
      ]),
    ],
    ["?a=1?b=2", { a: "1?b=2" }],
    ["", {}],
    ["?", {}],
    ["#?a=1", {}],
  ])("of %j", (query, expected) => {
    expect(queryOf(`https://shop.example/${query}`)).toEqual(expected);
  });
});

describe("a bare host", () => {
  it.each([
    ["Shop.Example", "shop.example"],
    ["www.shop.example", "shop.example"],
    ["shop.example.", "shop.example"],
    ["shop.example:8443", "shop.example"],
    ["www.shop.example:8443", "shop.example"],
    ["localhost:3000", "localhost"],
    ["www2.shop.example", "www2.shop.example"],
    // `www.com` is a name of its own: cut to `com`, every host under .com would be the site's.
    ["www.com", "www.com"],
    ["www.example.", "www.example"],
    ["[2001:db8::1]", "[2001:db8::1]"],
  ])("of %s is %s", (host, bare) => {
    expect(bareHost(host)).toBe(bare);
  });

  it("stays what it is", () => {
    fc.assert(
      fc.property(fc.domain(), (host) => {
        const bare = bareHost(host);
        fc.pre(!bare.startsWith("www."));
        expect(bareHost(bare)).toBe(bare);
      }),
    );
  });
});
