import type { MiddlewareHandler } from "hono";
import { createMiddleware } from "hono/factory";

import type { ApiEnv } from "./api-env.ts";
import { problem } from "./problem.ts";

/** `site_`, `cmp_`, `rep_`, `lnk_`, `key_` and what `Ids.publicId` makes. */
export function isPublicId(text: string, prefix: string): boolean {
  return text.startsWith(`${prefix}_`) && /^[1-9A-HJ-NP-Za-km-z]{22}$/.test(text.slice(prefix.length + 1));
}

/**
 * Answers 404 when the path's parameter cannot be an id of this kind, so that no odd text reaches Postgres:
 * `.get("/campaigns/:campaignId", requireAccess("campaigns:read"), validId("campaignId", "cmp"), …)`
 */
export function validId(parameter: string, prefix: string): MiddlewareHandler<ApiEnv> {
  return createMiddleware<ApiEnv>(async (c, next) => {
    if (!isPublicId(c.req.param(parameter) ?? "", prefix)) return problem(c, "not_found");
    await next();
  });
}
