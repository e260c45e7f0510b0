import { describe, expect, test } from "vitest";
import { frontPage, pageTarget } from "#core/install-check/page-target.ts";

const SITE = {
  domain: "shop.example",
  origins: ["https://*.brand.example"],
  ownDomains: ["checkout.example"],
};
const target = (url: string, site = SITE, allowsLocal = false) => pageTarget({ url, site, allowsLocal });

describe("a page that may be looked at", () => {
  test.each([
    ["https://shop.example/", "https://shop.example/"],
    ["https://www.shop.example/a?b=c#d", "https://www.shop.example/a?b=c"],
    ["http://SHOP.example?x=1", "http://shop.example/?x=1"],
    ["https://shop.example", "https://shop.example/"],
    ["https://de.shop.example:443/", "https://de.shop.example:443/"],
    ["https://eu.brand.example/", "https://eu.brand.example/"],
    ["https://checkout.example/pay", "https://checkout.example/pay"],
  ])("%s", (url, fetched) => {
    expect(target(url)).toEqual({ ok: true, value: fetched });
  });
});

describe("what is never fetched", () => {
  test.each([
    ["ftp://shop.example/", "invalid_url"],
    ["javascript:alert(1)", "invalid_url"],
    ["https://user:pass@shop.example/", "invalid_url"],
    [String.raw`https://shop.example\@evil.example/`, "invalid_url"],
    ["https://shop.example /", "invalid_url"],
    [`https://shop.example/${"a".repeat(3_000)}`, "invalid_url"],
    ["https://other.example/", "foreign_host"],
    ["https://shop.example.evil.example/", "foreign_host"],
    ["https://evilshop.example/", "foreign_host"],
    ["https://127.0.0.1/", "private_host"],
    ["https://localhost/", "private_host"],
    ["https://127.1/", "private_host"],
    ["https://0x7f000001/", "private_host"],
    ["https://2130706433/", "private_host"],
    ["https://[::1]/", "private_host"],
    ["https://169.254.169.254/latest/meta-data", "private_host"],
    ["https://metadata.google.internal/", "private_host"],
    ["https://router.lan/", "private_host"],
    ["https://printer.local/", "private_host"],
    ["https://intranet/", "private_host"],
    ["https://shop.example:22/", "private_host"],
    ["https://shop.example:8443/", "private_host"],
  ])("%s: %s", (url, kind) => {
    const found = target(url);
    expect(found.ok ? found.value : found.error.kind).toBe(kind);
  });

  test.each(["localhost", "10.0.0.1", "169.254.169.254", "metadata.google.internal"])(
    "a site's own domain is no way in: %s",
    (domain) => {
      const found = target(frontPage({ domain }), { domain, origins: [], ownDomains: [] });
      expect(found.ok ? found.value : found.error.kind).toBe("private_host");
    },
  );
});

test("the local stack may look at this machine, at the port that the site names", () => {
  const site = { domain: "localhost:8790", origins: [], ownDomains: [] };
  expect(target("http://localhost:8790/", site, true)).toMatchObject({ ok: true });
  expect(target("http://localhost:8791/", site, true)).toMatchObject({
    ok: false,
    error: { kind: "foreign_host" },
  });
  expect(target("http://localhost:8791/", { ...site, ownDomains: ["localhost"] }, true)).toMatchObject({
    ok: true,
  });
  expect(target("http://10.0.0.1/", site, true)).toMatchObject({
    ok: false,
    error: { kind: "private_host" },
  });
});
