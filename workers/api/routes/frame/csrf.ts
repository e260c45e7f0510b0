import type { Context } from "hono";
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
  const isByToken = c.req.header("authorization") !== undefined || BY_TOKEN.test(c.req.path);
  if (isSafe || isByToken) return await next();

  return isOwnOrigin(c) ? await next() : problem(c, "foreign_origin");
});

function isOwnOrigin(c: Context<ApiEnv>): boolean {
  const fetchSite = c.req.header("sec-fetch-site");
  if (fetchSite !== undefined) return fetchSite === "same-origin" || fetchSite === "none";
  const origin = c.req.header("origin");
  if (origin === undefined) return readSessionToken(c) === null;
  return origin === c.var.deps.settings.appOrigin || origin === new URL(c.req.url).origin;
}
