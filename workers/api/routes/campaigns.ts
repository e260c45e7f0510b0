import { Hono, type Context } from "hono";

import { campaignsQuery, createCampaignRequest, updateCampaignRequest } from "#contract/campaigns.ts";
import { archiveCampaign } from "#usecases/campaigns/archive-campaign.ts";
import { createCampaign } from "#usecases/campaigns/create-campaign.ts";
import { getCampaign } from "#usecases/campaigns/get-campaign.ts";
import { listCampaigns } from "#usecases/campaigns/list-campaigns.ts";
import { updateCampaign, type UpdateRefusal } from "#usecases/campaigns/update-campaign.ts";
import { requireAccess } from "./frame/access.ts";
import type { ApiEnv } from "./frame/api-env.ts";
import { decodeIdCursor, listAnswer } from "./frame/cursor.ts";
import { idempotent } from "./frame/idempotency.ts";
import { fieldProblem, problem } from "./frame/problem.ts";
import { validId } from "./frame/public-id.ts";
import { requireSite } from "./frame/require-site.ts";
import { validJson, validQuery } from "./frame/valid.ts";

/** Campaigns of a site. */
export const campaignRoutes = new Hono<ApiEnv>()
  .get(
    "/sites/:siteId/campaigns",
    requireAccess("campaigns:read"),
    requireSite(),
    validQuery(campaignsQuery),
    async (c) => {
      const { status, q, after, limit } = c.req.valid("query");
      const cursor = decodeIdCursor(after);
      if (!cursor.ok) return problem(c, "invalid_cursor");
      const { deps, site } = c.var;
      const page = await listCampaigns(deps, { site, status, search: q, afterId: cursor.value, limit });
      return c.json(listAnswer(page, (campaign) => campaign));
    },
  )
  .post(
    "/sites/:siteId/campaigns",
    requireAccess("campaigns:write"),
    requireSite(),
    idempotent(),
    validJson(createCampaignRequest),
    async (c) => {
      const { deps, principal, site } = c.var;
      const created = await createCampaign(deps, { principal, site, request: c.req.valid("json") });
      return created.ok ? c.json(created.value, 201) : refuse(c, created.error);
    },
  )
  .get("/campaigns/:campaignId", requireAccess("campaigns:read"), validId("campaignId", "cmp"), async (c) => {
    const { deps, principal } = c.var;
    const found = await getCampaign(deps, { principal, campaignId: c.req.param("campaignId") });
    return found.ok ? c.json(found.value) : refuse(c, found.error);
  })
  .patch(
    "/campaigns/:campaignId",
    requireAccess("campaigns:write"),
    validId("campaignId", "cmp"),
    validJson(updateCampaignRequest),
    async (c) => {
      const { deps, principal } = c.var;
      const campaignId = c.req.param("campaignId");
      const updated = await updateCampaign(deps, { principal, campaignId, request: c.req.valid("json") });
      return updated.ok ? c.json(updated.value) : refuse(c, updated.error);
    },
  )
  .delete(
    "/campaigns/:campaignId",
    requireAccess("campaigns:write"),
    validId("campaignId", "cmp"),
    async (c) => {
      const { deps, principal } = c.var;
      const archived = await archiveCampaign(deps, { principal, campaignId: c.req.param("campaignId") });
      return archived.ok ? c.body(null, 204) : refuse(c, archived.error);
    },
  );

const MATCHER_FAULTS = {
  empty: "is empty",
  not_a_pair: "is no pair; write it as source / medium",
  unknown_click_id: "is no click id we know, such as gclid or fbclid",
  not_a_host: "is no host, such as blog.example",
} as const;

function refuse(c: Context, refusal: UpdateRefusal): Response {
  switch (refusal.kind) {
    case "campaign_not_found":
      return problem(c, "not_found", { detail: "There is no such campaign" });
    case "invalid_matcher":
      return fieldProblem(c, refusal.path, `${refusal.matcher.value} ${MATCHER_FAULTS[refusal.reason]}`);
    case "invalid_flight":
      return fieldProblem(c, "endsOn", `${refusal.endsOn} is before the start, ${refusal.startsOn}`);
    case "name_taken": {
      const message = `Another campaign of this site is called ${refusal.name}`;
      return faultOf(c, { code: "name_taken", path: "name", message });
    }
    case "matcher_taken":
      return faultOf(c, { code: "matcher_taken", path: refusal.path, message: takenBy(refusal) });
    case "invalid_currency": {
      const message = `${refusal.currency} is no currency of ISO 4217, such as EUR`;
      return faultOf(c, { code: "invalid_currency", path: "currency", message });
    }
    case "status_conflict": {
      const { from, to, possible } = refusal;
      const message = `From ${from} a campaign can become ${possible.join(" or ")}, not ${to}`;
      return faultOf(c, { code: "status_conflict", path: "status", message });
    }
  }
}

function takenBy({ matcher, takenBy: other }: Extract<UpdateRefusal, { kind: "matcher_taken" }>): string {
  const whose = other.isArchived ? "the archived campaign" : "the campaign";
  return `${matcher.kind} ${matcher.value} already belongs to ${whose} ${other.name} (${other.id})`;
}

type Fault = {
  code: "name_taken" | "matcher_taken" | "invalid_currency" | "status_conflict";
  path: string;
  message: string;
};

function faultOf(c: Context, fault: Fault): Response {
  return problem(c, fault.code, { detail: fault.message, errors: [fault] });
}
