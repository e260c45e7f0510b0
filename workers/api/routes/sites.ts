import { Hono, type Context } from "hono";

import { pageQuery } from "#contract/primitives.ts";
import { createSiteRequest, updateSiteRequest } from "#contract/sites.ts";
import type { SettingsRefusal } from "#usecases/sites/check-settings.ts";
import { createSite } from "#usecases/sites/create-site.ts";
import { getSite } from "#usecases/sites/get-site.ts";
import { listSites } from "#usecases/sites/list-sites.ts";
import { updateSite } from "#usecases/sites/update-site.ts";
import { requireAccess } from "./frame/access.ts";
import type { ApiEnv } from "./frame/api-env.ts";
import { decodeIdCursor, listAnswer } from "./frame/cursor.ts";
import { idempotent } from "./frame/idempotency.ts";
import { problem } from "./frame/problem.ts";
import { requireSite } from "./frame/require-site.ts";
import { validJson, validQuery } from "./frame/valid.ts";

/** Sites: what a pixel reports for. */
export const siteRoutes = new Hono<ApiEnv>()
  .get("/sites", requireAccess("sites:read"), validQuery(pageQuery), async (c) => {
    const { after, limit } = c.req.valid("query");
    const cursor = decodeIdCursor(after);
    if (!cursor.ok) return problem(c, "invalid_cursor");
    const { deps, principal } = c.var;
    const page = await listSites(deps, { principal, afterId: cursor.value, limit });
    return c.json(listAnswer(page, (site) => site));
  })
  .post("/sites", requireAccess("sites:write"), idempotent(), validJson(createSiteRequest), async (c) => {
    const { deps, principal } = c.var;
    const created = await createSite(deps, { principal, request: c.req.valid("json") });
    return created.ok ? c.json(created.value, 201) : refuse(c, created.error);
  })
  .get("/sites/:siteId", requireAccess("sites:read"), requireSite(), async (c) =>
    c.json(await getSite(c.var.deps, c.var.site)),
  )
  .patch(
    "/sites/:siteId",
    requireAccess("sites:write"),
    requireSite(),
    validJson(updateSiteRequest),
    async (c) => {
      const { deps, principal, site } = c.var;
      const updated = await updateSite(deps, { principal, site, request: c.req.valid("json") });
      return updated.ok ? c.json(updated.value) : refuse(c, updated.error);
    },
  );

function refuse(c: Context, refusal: SettingsRefusal): Response {
  switch (refusal.kind) {
    case "invalid_time_zone": {
      const message = `${refusal.timeZone} is no time zone of the IANA database, such as Europe/Berlin`;
      return problem(c, "invalid_time_zone", {
        detail: message,
        errors: [{ path: "timeZone", code: "invalid_time_zone", message }],
      });
    }
    case "invalid_currency": {
      const message = `${refusal.currency} is no currency of ISO 4217, such as EUR`;
      return problem(c, "invalid_currency", {
        detail: message,
        errors: [{ path: "currency", code: "invalid_currency", message }],
      });
    }
  }
}
