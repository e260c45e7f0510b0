import { Hono, type Context } from "hono";

import { createLinkRequest, linkFiguresQuery, linksQuery } from "#contract/links.ts";
import { archiveLink, type LinkNotFound } from "#usecases/links/archive-link.ts";
import { createLink, type CreateLinkRefusal } from "#usecases/links/create-link.ts";
import { getLinkFigures, type LinkFiguresFailure } from "#usecases/links/get-link-figures.ts";
import { listLinks } from "#usecases/links/list-links.ts";
import { requireAccess } from "./frame/access.ts";
import type { ApiEnv } from "./frame/api-env.ts";
import { decodeIdCursor, encodeCursor, listAnswer } from "./frame/cursor.ts";
import { idempotent } from "./frame/idempotency.ts";
import { fieldProblem, problem } from "./frame/problem.ts";
import { validId } from "./frame/public-id.ts";
import { requireSite } from "./frame/require-site.ts";
import { validJson, validQuery } from "./frame/valid.ts";

/** Short links of a site. */
export const linkRoutes = new Hono<ApiEnv>()
  .get(
    "/sites/:siteId/links",
    requireAccess("campaigns:read"),
    requireSite(),
    validQuery(linksQuery),
    async (c) => {
      const { campaign, after, limit } = c.req.valid("query");
      const cursor = decodeIdCursor(after);
      if (!cursor.ok) return problem(c, "invalid_cursor");
      const { deps, site } = c.var;
      const page = await listLinks(deps, { site, campaignId: campaign, afterId: cursor.value, limit });
      return page.ok ? c.json(listAnswer(page.value, (link) => link)) : refuse(c, page.error);
    },
  )
  .get(
    "/sites/:siteId/links/figures",
    requireAccess("analytics:read"),
    requireSite(),
    validQuery(linkFiguresQuery),
    async (c) => {
      const { campaign, after, ...query } = c.req.valid("query");
      const cursor = decodeIdCursor(after);
      if (!cursor.ok) return problem(c, "invalid_cursor");
      const { deps, site } = c.var;
      const asked = { site, campaignId: campaign, afterId: cursor.value, limit: query.limit };
      const page = await getLinkFigures(deps, { ...asked, from: query.from, to: query.to });
      if (!page.ok) return refuse(c, page.error);
      const { next, ...rest } = page.value;
      return c.json({ ...rest, next: next && encodeCursor(next) });
    },
  )
  .post(
    "/sites/:siteId/links",
    requireAccess("campaigns:write"),
    requireSite(),
    idempotent(),
    validJson(createLinkRequest),
    async (c) => {
      const { deps, principal, site } = c.var;
      const created = await createLink(deps, { principal, site, request: c.req.valid("json") });
      return created.ok ? c.json(created.value, 201) : refuse(c, created.error);
    },
  )
  .delete("/links/:linkId", requireAccess("campaigns:write"), validId("linkId", "lnk"), async (c) => {
    const { deps, principal } = c.var;
    const archived = await archiveLink(deps, { principal, linkId: c.req.param("linkId") });
    return archived.ok ? c.body(null, 204) : refuse(c, archived.error);
  });

const DESTINATION_FAULTS = {
  not_an_address: "This is no web address",
  not_http: "Only http and https addresses can be linked to",
  has_password: "An address with a user name in it cannot be linked to",
  too_long: "With its parameters the address has more than 2,048 characters",
} as const;

function refuse(c: Context, refusal: CreateLinkRefusal | LinkFiguresFailure | LinkNotFound): Response {
  switch (refusal.kind) {
    case "link_not_found":
      return problem(c, "not_found", { detail: "There is no such link" });
    case "unknown_campaign":
      return problem(c, "not_found", { detail: "This site has no such campaign" });
    case "invalid_range":
      return problem(c, "invalid_range", {
        detail: "from is not after to, and the two span 800 days at most",
      });
    case "slug_taken": {
      const message = `The short link ${refusal.slug} is taken`;
      return problem(c, "slug_taken", {
        detail: message,
        errors: [{ path: "slug", code: "slug_taken", message }],
      });
    }
    case "invalid_destination":
      return fieldProblem(c, "destination", DESTINATION_FAULTS[refusal.reason]);
  }
}
