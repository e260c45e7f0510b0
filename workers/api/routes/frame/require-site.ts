import type { MiddlewareHandler } from "hono";
import { createMiddleware } from "hono/factory";

import { findSite } from "#usecases/sites/find-site.ts";
import type { WithSite } from "./api-env.ts";
import { problem } from "./problem.ts";
import { isPublicId } from "./public-id.ts";

/**
 * Behind `requireAccess`: turns `:siteId` (`site_…`) of the path into `c.var.site`, or answers 404 for what is not
 * there and for what is another account's.
 *
 * `.get("/sites/:siteId/campaigns", requireAccess("campaigns:read"), requireSite(), async (c) => { c.var.site; })`
 */
export function requireSite(parameter = "siteId"): MiddlewareHandler<WithSite> {
  return createMiddleware<WithSite>(async (c, next) => {
    const publicId = c.req.param(parameter) ?? "";
    const site = isPublicId(publicId, "site") ? await findSite(c.var.deps, c.var.principal, publicId) : null;
    if (site === null) return problem(c, "not_found", { detail: "There is no such site" });

    c.set("site", site);
    await next();
  });
}
