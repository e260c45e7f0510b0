import type { Context } from "hono";

import { isHostUnder, originHost } from "#core/privacy/host-under.ts";
import { visitorInCookies } from "#core/privacy/visitor-cookie.ts";
import type { RequestFacts } from "#usecases/collect/collect-deps.ts";

/** Cloudflare's codes for "not known" and "Tor". */
const NO_COUNTRY = new Set(["XX", "T1"]);

/** What a request says about its sender, read in one place. */
export function requestFacts(c: Context, requestId: string): RequestFacts {
  return {
    requestId,
    method: c.req.method,
    host: new URL(c.req.url).hostname,
    cookieVisitor: visitorInCookies(c.req.header("Cookie")),
    ip: c.req.header("CF-Connecting-IP") ?? "",
    userAgent: c.req.header("User-Agent") ?? "",
    purpose: c.req.header("Sec-Purpose") ?? c.req.header("Purpose") ?? c.req.header("X-Moz") ?? null,
    brands: c.req.header("Sec-CH-UA") ?? null,
    country: countryOf(c),
    referrer: c.req.header("Referer") ?? null,
    hasGpc: c.req.header("Sec-GPC") === "1",
    hasDnt: c.req.header("DNT") === "1",
  };
}

/** The page's origin: by `Origin`, else by `Referer`, else unknown. */
export function pageOrigin(c: Context): string | null {
  const origin = c.req.header("Origin");
  if (origin !== undefined) return origin;
  const referrer = c.req.header("Referer");
  return referrer !== undefined && URL.canParse(referrer) ? new URL(referrer).origin : null;
}

/**
 * Whether the request is sent to the page's own host or one below it: then the browser may bring the visitor's cookie
 * along and read the answer. A foreign page never may.
 */
export function isSentToOwnHost(c: Context): boolean {
  const pageHost = originHost(c.req.header("Origin") ?? "");
  return pageHost !== null && isHostUnder(new URL(c.req.url).hostname, pageHost);
}

function countryOf(c: Context): string | null {
  const { cf } = c.req.raw as { cf?: { country?: unknown } };
  const country = typeof cf?.country === "string" ? cf.country : (c.req.header("CF-IPCountry") ?? "");
  return /^[A-Z]{2}$/.test(country) && !NO_COUNTRY.has(country) ? country : null;
}
