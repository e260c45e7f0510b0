import type { Context } from "hono";
import { deleteCookie, getCookie, setCookie } from "hono/cookie";

import { depsOf } from "./api-env.ts";

const MAX_AGE_SECONDS = 30 * 86_400;

/**
 * `__Host-` needs https: no other host and no plain http can set or read it. A dashboard on http is a local one
 * (wiring refuses any other), whose browser would not keep such a cookie.
 */
function isSecure(c: Context): boolean {
  return depsOf(c).settings.appOrigin.startsWith("https:");
}

function cookieName(c: Context): string {
  return isSecure(c) ? "__Host-sid" : "sid";
}

export function readSessionToken(c: Context): string | null {
  const token = getCookie(c, cookieName(c));
  return token !== undefined && /^[0-9a-f]{64}$/.test(token) ? token : null;
}

export function writeSessionToken(c: Context, token: string): void {
  setCookie(c, cookieName(c), token, {
    path: "/",
    httpOnly: true,
    sameSite: "Lax",
    secure: isSecure(c),
    maxAge: MAX_AGE_SECONDS,
  });
}

export function clearSessionToken(c: Context): void {
  deleteCookie(c, cookieName(c), { path: "/", secure: isSecure(c) });
}
