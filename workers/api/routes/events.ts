import { Hono } from "hono";

import { eventsQuery } from "#contract/events.ts";
import { isUuid } from "#core/events/uuid-v7.ts";
import { fail, ok, type Result } from "#core/result.ts";
import { listCampaignEvents } from "#usecases/events/list-campaign-events.ts";
import { listSiteEvents } from "#usecases/events/list-site-events.ts";
import { requireAccess } from "./frame/access.ts";
import type { ApiEnv } from "./frame/api-env.ts";
import { decodeCursor, listAnswer } from "./frame/cursor.ts";
import { problem } from "./frame/problem.ts";
import { validId } from "./frame/public-id.ts";
import { requireSite } from "./frame/require-site.ts";
import { validQuery } from "./frame/valid.ts";

/** The event log, newest first. */
export const eventRoutes = new Hono<ApiEnv>()
  .get(
    "/sites/:siteId/events",
    requireAccess("events:read"),
    requireSite(),
    validQuery(eventsQuery),
    async (c) => {
      const { after, ...query } = c.req.valid("query");
      const cursor = eventCursor(after);
      if (!cursor.ok) return problem(c, "invalid_cursor");
      const { deps, site } = c.var;
      const page = await listSiteEvents(deps, { site, query, afterEventId: cursor.value });
      return page.ok
        ? c.json(listAnswer(page.value, (event) => event))
        : problem(c, "not_found", { detail: "This site has no such campaign" });
    },
  )
  .get(
    "/campaigns/:campaignId/events",
    requireAccess("events:read"),
    validId("campaignId", "cmp"),
    validQuery(eventsQuery),
    async (c) => {
      const { after, ...query } = c.req.valid("query");
      const cursor = eventCursor(after);
      if (!cursor.ok) return problem(c, "invalid_cursor");
      const { deps, principal } = c.var;
      const campaignId = c.req.param("campaignId");
      const page = await listCampaignEvents(deps, {
        principal,
        campaignId,
        query,
        afterEventId: cursor.value,
      });
      return page.ok
        ? c.json(listAnswer(page.value, (event) => event))
        : problem(c, "not_found", { detail: "There is no such campaign" });
    },
  );

/** Id of the last event of the page before. */
function eventCursor(after: string | undefined): Result<string | null, { kind: "invalid_cursor" }> {
  const key = decodeCursor(after, ["string"]);
  if (!key.ok) return key;
  const id = key.value === null ? null : String(key.value[0]);
  return id === null || isUuid(id) ? ok(id) : fail({ kind: "invalid_cursor" });
}
