import { Hono } from "hono";

import { setCookieHeader, visitorInCookies } from "#core/privacy/visitor-cookie.ts";

import type { CollectHono } from "./collect-hono.ts";

/**
 * `POST /o`: the visitor has opted out, and no script can take away a cookie that only servers see. Nothing is recorded.
 * A page of another site cannot do this to a visitor: browsers take no such cookie from an answer across sites.
 */
export const optOutRoutes = new Hono<CollectHono>().post("/o", (c) => {
  const cookie = setCookieHeader({ kind: "delete" });
  if (cookie !== null && visitorInCookies(c.req.header("Cookie")) !== null) c.header("Set-Cookie", cookie);
  return c.body(null, 204);
});
