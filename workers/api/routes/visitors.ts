import { Hono } from "hono";

import { visitorSearch } from "#contract/visitors.ts";
import { webCryptoHash } from "#platform/keyed-hash.ts";
import { eraseVisitor } from "#usecases/visitors/erase-visitor.ts";
import { exportVisitor } from "#usecases/visitors/export-visitor.ts";
import { findCustomer } from "#usecases/visitors/find-customer.ts";
import { requireAccess } from "./frame/access.ts";
import type { ApiEnv } from "./frame/api-env.ts";
import { decodeCursor, listAnswer } from "./frame/cursor.ts";
import { problem } from "./frame/problem.ts";
import { requireSite } from "./frame/require-site.ts";
import { validJson } from "./frame/valid.ts";
import { isVisitorId, validVisitorId } from "./frame/visitor-id.ts";

/** What one visitor may ask for: a copy of what is held of them, or that it goes. */
export const visitorRoutes = new Hono<ApiEnv>()
  .post(
    "/sites/:siteId/visitors/search",
    requireAccess("visitors:manage"),
    requireSite(),
    validJson(visitorSearch),
    async (c) => {
      const { customer, after } = c.req.valid("json");
      const cursor = decodeCursor(after, ["string"]);
      const afterVisitorId = cursor.ok && cursor.value !== null ? String(cursor.value[0]) : null;
      if (!cursor.ok || (afterVisitorId !== null && !isVisitorId(afterVisitorId)))
        return problem(c, "invalid_cursor");
      const deps = { ...c.var.deps, hash: webCryptoHash };
      const page = await findCustomer(deps, { site: c.var.site, customer, afterVisitorId });
      return c.json(listAnswer(page, (visitor) => visitor));
    },
  )
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
