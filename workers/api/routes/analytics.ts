import { Hono, type Context } from "hono";

import { accountAnalyticsQuery, analyticsQuery, type AnalyticsQuery } from "#contract/analytics.ts";
import { attributionQuery, conversionTypesQuery } from "#contract/attribution.ts";
import { breakdownQuery } from "#contract/breakdown.ts";
import { ok, type Result } from "#core/result.ts";
import type { Dimension } from "#core/rollup/dimensions.ts";
import { cleanText } from "#core/text/clean-text.ts";
import type { AnalyticsFailure } from "#usecases/analytics/analytics-input.ts";
import {
  getAccountAnalytics,
  type AccountAnalyticsFailure,
} from "#usecases/analytics/get-account-analytics.ts";
import { getBreakdown, type BreakdownKey } from "#usecases/analytics/get-breakdown.ts";
import { getCampaignAnalytics } from "#usecases/analytics/get-campaign-analytics.ts";
import { getSiteAnalytics } from "#usecases/analytics/get-site-analytics.ts";
import { attributionQuestion } from "#usecases/attribution/attribution-question.ts";
import { getAttribution } from "#usecases/attribution/get-attribution.ts";
import { onlyModel } from "#usecases/attribution/only-model.ts";
import { getConversionTypes } from "#usecases/attribution/get-conversion-types.ts";
import { findCampaign } from "#usecases/campaigns/find-campaign.ts";
import { DEFAULT_PAGE_SIZE } from "#usecases/page.ts";
import { requireAccess } from "./frame/access.ts";
import type { ApiEnv } from "./frame/api-env.ts";
import { decodeCursor, encodeCursor } from "./frame/cursor.ts";
import { fromCache } from "./frame/from-cache.ts";
import { problem } from "./frame/problem.ts";
import { requireSite } from "./frame/require-site.ts";
import { validQuery } from "./frame/valid.ts";

const DEFAULT_LOOKBACK_DAYS = 30;

/** The figures of an account, a site and a campaign, and credit by every model. */
export const analyticsRoutes = new Hono<ApiEnv>()
  .get("/analytics", requireAccess("analytics:read"), validQuery(accountAnalyticsQuery), async (c) => {
    const { deps, principal } = c.var;
    const { currency, ...query } = c.req.valid("query");
    const asked = { ...withDefaults(query), currency, account: principal };
    const figures = await getAccountAnalytics(deps, asked);
    return figures.ok ? c.json(figures.value) : refuse(c, figures.error);
  })
  .get(
    "/sites/:siteId/analytics",
    requireAccess("analytics:read"),
    requireSite(),
    validQuery(analyticsQuery),
    async (c) => {
      const { site } = c.var;
      const asked = withDefaults(c.req.valid("query"));
      const figures = await fromCache(
        c,
        { screen: "analytics", site, asked, ...asked },
        async () => await getSiteAnalytics(c.var.deps, { ...asked, site }),
      );
      return figures.ok ? c.json(figures.value) : refuse(c, figures.error);
    },
  )
  .get(
    "/sites/:siteId/attribution",
    requireAccess("analytics:read"),
    requireSite(),
    validQuery(attributionQuery),
    async (c) => {
      const { site } = c.var;
      const { model, ...query } = c.req.valid("query");
      const asked = attributionQuestion(query);
      const { from, to } = asked;
      const credit = await fromCache(
        c,
        { screen: "attribution", site, from, to, asked },
        async () => await getAttribution(c.var.deps, { ...asked, site }),
      );
      if (!credit.ok) return refuse(c, credit.error);
      // What is kept has every model: whichever is asked for is in it.
      const { value } = credit;
      return c.json(model !== undefined && value.status === "ready" ? onlyModel(value, model) : value);
    },
  )
  .get(
    "/sites/:siteId/conversion-types",
    requireAccess("analytics:read"),
    requireSite(),
    validQuery(conversionTypesQuery),
    async (c) => {
      const { from, to } = c.req.valid("query");
      const types = await getConversionTypes(c.var.deps, { site: c.var.site, from, to });
      return types.ok ? c.json(types.value) : refuse(c, types.error);
    },
  )
  .get(
    "/sites/:siteId/breakdown",
    requireAccess("analytics:read"),
    requireSite(),
    validQuery(breakdownQuery),
    async (c) => {
      const { after, ...query } = c.req.valid("query");
      const key = breakdownKey(after);
      if (!key.ok) return problem(c, "invalid_cursor");
      const { site } = c.var;
      const asked = {
        from: query.from,
        to: query.to,
        dimension: query.dimension as Dimension,
        campaign: query.campaign ?? null,
        channel: query.channel ?? null,
        sort: query.sort ?? "visitors",
        limit: query.limit ?? DEFAULT_PAGE_SIZE,
        after: key.value,
      };
      const { from, to } = asked;
      const answer = await fromCache(
        c,
        { screen: "breakdown", site, from, to, asked },
        async () => await getBreakdown(c.var.deps, { ...asked, site }),
      );
      if (!answer.ok) return refuse(c, answer.error);
      const { next, ...rest } = answer.value;
      return c.json({ ...rest, next: next && encodeCursor(next) });
    },
  )
  .get(
    "/campaigns/:campaignId/analytics",
    requireAccess("analytics:read"),
    validQuery(analyticsQuery),
    async (c) => {
      const found = await findCampaign(c.var.deps, c.var.principal, c.req.param("campaignId"));
      if (!found) return problem(c, "not_found", { detail: "There is no such campaign" });
      const { site } = found;
      const asked = { ...withDefaults(c.req.valid("query")), campaignId: found.campaign.id };
      const figures = await fromCache(
        c,
        { screen: "campaign-analytics", site, asked, ...asked },
        async () => await getCampaignAnalytics(c.var.deps, { ...asked, site }),
      );
      return figures.ok ? c.json(figures.value) : refuse(c, figures.error);
    },
  );

/** Of the last row of the page before: whether it is the rest, what it was ordered by, its value. */
function breakdownKey(after: string | undefined): Result<BreakdownKey | null, { kind: "invalid_cursor" }> {
  const key = decodeCursor(after, ["number", "number", "string"]);
  if (!key.ok) return key;
  if (key.value === null) return ok(null);
  const [isOther, amount, entry] = key.value;
  return ok({ isOther: isOther === 1, amount: Number(amount), entry: cleanText(String(entry)) });
}

function withDefaults({ from, to, compare, model, lookback, direct }: AnalyticsQuery) {
  return {
    from,
    to,
    compare: compare ?? "none",
    model: model ?? "last",
    lookbackDays: lookback ?? DEFAULT_LOOKBACK_DAYS,
    direct: direct ?? "keep",
  } as const;
}

function refuse(c: Context, failure: AnalyticsFailure | AccountAnalyticsFailure): Response {
  switch (failure.kind) {
    case "unknown_currency": {
      const message = `${failure.currency} is no currency of ISO 4217`;
      return problem(c, "invalid_currency", {
        detail: message,
        errors: [{ path: "currency", code: "invalid_currency", message }],
      });
    }
    case "not_found":
      return problem(c, "not_found", { detail: "There is no such site or campaign" });
    case "invalid_range":
      return problem(c, "invalid_range", {
        detail: "from and to are days, from is not after to, and they span 800 days at most",
      });
  }
}
