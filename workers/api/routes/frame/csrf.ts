import { createMiddleware } from "hono/factory";

import type { ApiEnv } from "./api-env.ts";
import { problem } from "./problem.ts";
import { readSessionToken } from "./session-cookie.ts";

/** What carries its permission in its address or its signature and reads no cookie, and comes from anywhere by design. */
const BY_TOKEN = /^\/api\/v1\/(unsubscribe|mail-webhooks)\//;

/**
 * A browser says where a request that changes something comes from; another site's is refused, signing in included.
 * A cookie without either header comes from no browser we know, so it is refused too. A bearer is not sent by a
 * browser on its own: nothing to check.
 */
export const refuseForeignOrigins = createMiddleware<ApiEnv>(async (c, next) => {
  const isSafe = ["GET", "HEAD", "OPTIONS"].includes(c.req.method);
  if (isSafe || c.req.header("authorization") !== undefined) return await next();
  if (BY_TOKEN.test(c.req.path)) return await next();

  const fetchSite = c.req.header("sec-fetch-site");
  if (fetchSite !== undefined) {
    return fetchSite === "same-origin" || fetchSite === "none" ? await next() : problem(c, "foreign_origin");
  }
  const origin = c.req.header("origin");
  const isOwn = origin === c.var.deps.settings.appOrigin || origin === new URL(c.req.url).origin;
  const isBare = origin === undefined && readSessionToken(c) === null;
  return isOwn || isBare ? await next() : problem(c, "foreign_origin");
});
