import { describe, expect, it } from "vitest";

import { isHostUnder, originHost } from "#core/privacy/host-under.ts";
import {
  decideVisitorCookie,
  setCookieHeader,
  visitorInCookies,
  type CookieDecision,
  type CookieFacts,
} from "#core/privacy/visitor-cookie.ts";

const OLD = "0197f3c2-8e1a-7abc-8abc-0123456789ab";
const NEW = "01a20e41-7786-7864-ac8d-f0c8df791c5b";

const FACTS: CookieFacts = {
  domain: "shop.example",
  requestHost: "wm.shop.example",
  pageOrigin: "https://www.shop.example",
  identity: "first-party",
  isRefused: false,
  cookieVisitor: null,
  bodyVisitor: NEW,
};

describe("decideVisitorCookie", () => {
  it.each<[string, Partial<CookieFacts>, CookieDecision]>([
    ["sets the cookie to the browser's id", {}, { visitor: NEW, change: { kind: "set", visitor: NEW } }],
    [
      "goes on with the cookie's id when the browser has lost its own",
      { cookieVisitor: OLD },
      { visitor: OLD, change: { kind: "set", visitor: OLD } },
    ],
    [
      "knows the visitor by the cookie alone",
      { cookieVisitor: OLD, bodyVisitor: null },
      { visitor: OLD, change: { kind: "set", visitor: OLD } },
    ],
    ["makes no id up", { bodyVisitor: null }, { visitor: null, change: { kind: "leave" } }],
    [
      "works without a page's origin",
      { pageOrigin: null },
      { visitor: NEW, change: { kind: "set", visitor: NEW } },
    ],
    [
      "leaves it alone on a foreign endpoint",
      { requestHost: "collect.waymark.example", cookieVisitor: OLD },
      { visitor: NEW, change: { kind: "leave" } },
    ],
    [
      "leaves it alone for a foreign page",
      { pageOrigin: "https://evil.example", cookieVisitor: OLD },
      { visitor: NEW, change: { kind: "leave" } },
    ],
    [
      "leaves it alone for a page without an origin of its own",
      { pageOrigin: "null" },
      { visitor: NEW, change: { kind: "leave" } },
    ],
    [
      "leaves it alone while the edge does not know the domain",
      { domain: undefined },
      { visitor: NEW, change: { kind: "leave" } },
    ],
    [
      "leaves it alone for a domain that only ends alike",
      { requestHost: "myshop.example" },
      { visitor: NEW, change: { kind: "leave" } },
    ],
    [
      "neither reads nor deletes it while consent is not given yet",
      { identity: "cookieless", cookieVisitor: OLD },
      { visitor: null, change: { kind: "leave" } },
    ],
    [
      "deletes it when the visitor refuses",
      { identity: "cookieless", isRefused: true, cookieVisitor: OLD },
      { visitor: null, change: { kind: "delete" } },
    ],
    [
      "deletes it when the refusal means that nothing is recorded",
      { identity: "drop", isRefused: true, cookieVisitor: OLD },
      { visitor: null, change: { kind: "delete" } },
    ],
    [
      "sets none for a refusal without one",
      { identity: "cookieless", isRefused: true },
      { visitor: null, change: { kind: "leave" } },
    ],
  ])("%s", (_, given, decision) => {
    expect(decideVisitorCookie({ ...FACTS, ...given })).toEqual(decision);
  });
});

describe("the header", () => {
  it("sets a cookie that scripts and foreign pages do not get, for 395 days", () => {
    expect(setCookieHeader({ kind: "set", visitor: NEW })).toBe(
      `wm_v=${NEW}; Path=/; Max-Age=34128000; Secure; HttpOnly; SameSite=Lax`,
    );
  });

  it("deletes the cookie it has set", () => {
    expect(setCookieHeader({ kind: "delete" })).toMatch(/^wm_v=; Path=\/; Max-Age=0;/);
  });

  it.each([
    [`wm_v=${OLD}`, OLD],
    [`a=1; wm_v=${OLD}; b=2`, OLD],
    [`a=1;wm_v=${OLD}`, OLD],
    [`xwm_v=${OLD}`, null],
    [`wm_v=${OLD}0`, null],
    ["wm_v=", null],
    ["wm_v=me", null],
    [undefined, null],
  ])("is read back from %s", (header, visitor) => {
    expect(visitorInCookies(header)).toBe(visitor);
  });
});

describe("isHostUnder", () => {
  it.each([
    ["shop.example", "shop.example", true],
    ["shop.example", "www.shop.example", true],
    ["WM.Shop.Example", "shop.example", true],
    ["wm.shop.example", "shop.example:8080", true],
    ["shop.example.", "shop.example", true],
    ["shop.example", "wm.shop.example", false],
    ["myshop.example", "shop.example", false],
    ["shop.example", "", false],
    ["", "", false],
  ])("%s under %s: %s", (host, parent, is) => {
    expect(isHostUnder(host, parent)).toBe(is);
  });

  it.each([
    ["https://shop.example", "shop.example"],
    ["http://localhost:8080", "localhost:8080"],
    ["null", null],
    ["https://shop.example/path", null],
    ["https://user@shop.example", null],
    ["", null],
  ])("reads the host of the origin %s", (origin, host) => {
    expect(originHost(origin)).toBe(host);
  });
});
