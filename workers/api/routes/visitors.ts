import { Hono } from "hono";

import { eraseVisitor } from "#usecases/visitors/erase-visitor.ts";
import { exportVisitor } from "#usecases/visitors/export-visitor.ts";
import { requireAccess } from "./frame/access.ts";
import type { ApiEnv } from "./frame/api-env.ts";
import { problem } from "./frame/problem.ts";
import { requireSite } from "./frame/require-site.ts";
import { validVisitorId } from "./frame/visitor-id.ts";

/** What one visitor may ask for: a copy of what is held of them, or that it goes. */
export const visitorRoutes = new Hono<ApiEnv>()
  .get(
    "/sites/:siteId/visitors/:visitorId/export",
    requireAccess("visitors:manage"),
    requireSite(),
    validVisitorId(),
    async (c) => {
      const visitorId = c.req.param("visitorId").toLowerCase();
      const exported = await exportVisitor(c.var.deps, { site: c.var.site, visitorId });
      if (!exported.ok) return problem(c, "not_found", { detail: "There is no such visitor" });
      return c.json(exported.value, 200, {
        "content-disposition": `attachment; filename="visitor-${visitorId}.json"`,
        "cache-control": "private, no-store",
      });
    },
  )
  .delete(
    "/sites/:siteId/visitors/:visitorId",
    requireAccess("visitors:manage"),
    requireSite(),
    validVisitorId(),
    async (c) => {
      const { deps, principal, site } = c.var;
      const visitorId = c.req.param("visitorId").toLowerCase();
      const erased = await eraseVisitor(deps, { principal, site, visitorId });
      if (!erased.ok) return problem(c, "not_found", { detail: "There is no such visitor" });
      return erased.value.isFinished ? c.body(null, 204) : c.json({ state: "erasing" }, 202);
    },
  );
