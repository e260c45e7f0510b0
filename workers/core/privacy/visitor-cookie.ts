import { isHostUnder, originHost } from "./host-under.ts";
import type { IdentityDecision } from "./identity-decision.ts";

/** What becomes of the visitor's cookie with an answer: set (anew) to this id, deleted, or left as it is. */
export type CookieChange = { kind: "set"; visitor: string } | { kind: "delete" } | { kind: "leave" };

export type CookieFacts = {
  /** The site's main host. */
  domain: string | undefined;
  /** The host that the request was sent to. */
  requestHost: string;
  /** The page's origin, or null when the request names none. */
  pageOrigin: string | null;
  identity: IdentityDecision;
  /** GPC, DNT where honoured, or a denial: consent that is merely not given yet is none. */
  isRefused: boolean;
  cookieVisitor: string | null;
  bodyVisitor: string | null;
};

export type CookieDecision = {
  /** The first-party id of the visitor; null when there is none, or none may be used. */
  visitor: string | null;
  change: CookieChange;
};

const NAME = "wm_v";
/** 395 days: browsers keep no cookie longer than 400. */
const MAX_AGE_SECONDS = 34_128_000;
const ATTRIBUTES = "Secure; HttpOnly; SameSite=Lax";
const PAIR = /(?:^|;)\s*wm_v=([0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12})\s*(?=;|$)/;

/**
 * Which first-party id holds, and what becomes of the cookie. A cookie is read and set only on the site's own host: what
 * scripts store is deleted by Safari after seven days, what the site's own server sets is not. The cookie's id wins over
 * the body's: where they differ, the browser has lost its storage and made a new id for an old visitor. Without consent
 * the cookie is not read; it is deleted only for a refusal, since a page asks anew when its storage is gone.
 */
export function decideVisitorCookie(facts: CookieFacts): CookieDecision {
  const isFirstParty = facts.identity === "first-party";
  if (!isOwn(facts)) return { visitor: isFirstParty ? facts.bodyVisitor : null, change: { kind: "leave" } };
  if (isFirstParty) {
    const visitor = facts.cookieVisitor ?? facts.bodyVisitor;
    return { visitor, change: visitor === null ? { kind: "leave" } : { kind: "set", visitor } };
  }
  const mayGo = facts.cookieVisitor !== null && facts.isRefused;
  return { visitor: null, change: { kind: mayGo ? "delete" : "leave" } };
}

/** The visitor's id in a `Cookie` header, or null. */
export function visitorInCookies(header: string | undefined): string | null {
  return PAIR.exec(header ?? "")?.[1] ?? null;
}

/** The `Set-Cookie` header for a change; null for none. */
export function setCookieHeader(change: CookieChange): string | null {
  switch (change.kind) {
    case "set":
      return `${NAME}=${change.visitor}; Path=/; Max-Age=${MAX_AGE_SECONDS}; ${ATTRIBUTES}`;
    case "delete":
      return `${NAME}=; Path=/; Max-Age=0; ${ATTRIBUTES}`;
    case "leave":
      return null;
  }
}

function isOwn({ domain, requestHost, pageOrigin }: CookieFacts): boolean {
  if (domain === undefined || !isHostUnder(requestHost, domain)) return false;
  return pageOrigin === null || isHostUnder(originHost(pageOrigin) ?? "", domain);
}
