import { Hono, type Context } from "hono";

import { dealRequest } from "#contract/deals.ts";
import type { CampaignNotFound } from "#usecases/campaigns/campaign-refusal.ts";
import { deleteDeal } from "#usecases/spend/delete-deal.ts";
import { listDeals } from "#usecases/spend/list-deals.ts";
import { writeDeal, type DealNotFound, type InvalidDeal } from "#usecases/spend/write-deal.ts";
import { requireAccess } from "./frame/access.ts";
import type { ApiEnv } from "./frame/api-env.ts";
import { idempotent } from "./frame/idempotency.ts";
import { problem } from "./frame/problem.ts";
import { validId } from "./frame/public-id.ts";
import { requireSite } from "./frame/require-site.ts";
import { validJson } from "./frame/valid.ts";

/** How campaigns are paid for. */
export const dealRoutes = new Hono<ApiEnv>()
  .get("/sites/:siteId/deals", requireAccess("campaigns:read"), requireSite(), async (c) => {
    return c.json({ items: await listDeals(c.var.deps, c.var.site), next: null });
  })
  .post(
    "/campaigns/:campaignId/deals",
    requireAccess("campaigns:write"),
    idempotent(),
    validId("campaignId", "cmp"),
    validJson(dealRequest),
    async (c) => {
      const { deps, principal } = c.var;
      const input = { principal, campaignId: c.req.param("campaignId"), dealId: null };
      const made = await writeDeal(deps, { ...input, request: c.req.valid("json") });
      return made.ok ? c.json(made.value, 201) : refuse(c, made.error);
    },
  )
  .put(
    "/campaigns/:campaignId/deals/:dealId",
    requireAccess("campaigns:write"),
    validId("campaignId", "cmp"),
    validId("dealId", "deal"),
    validJson(dealRequest),
    async (c) => {
      const { deps, principal } = c.var;
      const { campaignId, dealId } = c.req.param();
      const written = await writeDeal(deps, { principal, campaignId, dealId, request: c.req.valid("json") });
      return written.ok ? c.json(written.value) : refuse(c, written.error);
    },
  )
  .delete(
    "/campaigns/:campaignId/deals/:dealId",
    requireAccess("campaigns:write"),
    validId("campaignId", "cmp"),
    validId("dealId", "deal"),
    async (c) => {
      const { deps, principal } = c.var;
      const { campaignId, dealId } = c.req.param();
      const deleted = await deleteDeal(deps, { principal, campaignId, dealId });
      return deleted.ok ? c.body(null, 204) : refuse(c, deleted.error);
    },
  );

function refuse(c: Context, refusal: CampaignNotFound | DealNotFound | InvalidDeal): Response {
  switch (refusal.kind) {
    case "campaign_not_found":
      return problem(c, "not_found", { detail: "There is no such campaign" });
    case "deal_not_found":
      return problem(c, "not_found", { detail: "The campaign has no such deal" });
    case "invalid_deal":
      return problem(c, "invalid_request", {
        detail: "These terms are no deal",
        errors: refusal.faults.map((fault) => ({
          path: fault.field,
          code: fault.fault,
          message:
            fault.fault === "day_out_of_range"
              ? `Must be a day from ${fault.first} to ${fault.last}`
              : WORDS[fault.fault],
        })),
      });
  }
}

const WORDS = {
  ends_before_start: "The last day must not come before the first",
  fixed_needs_end: "A fixed sum is spread over its days: say which is the last",
  needs_amount: "Say what it costs",
  needs_share: "Say which share of revenue",
  unknown_currency: "Not a currency of ISO 4217, such as EUR",
} as const;
