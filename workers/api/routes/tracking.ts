import { Hono, type Context } from "hono";

import { installCheckRequest } from "#contract/tracking.ts";
import type { TargetRefusal } from "#core/install-check/page-target.ts";
import type { TooManyAttempts } from "#usecases/accounts/brake.ts";
import { checkInstall } from "#usecases/tracking-health/check-install.ts";
import { getTrackingDetails } from "#usecases/tracking-health/get-tracking-details.ts";
import { getTrackingHealth } from "#usecases/tracking-health/get-tracking-health.ts";
import { requireAccess } from "./frame/access.ts";
import type { ApiEnv } from "./frame/api-env.ts";
import { fieldProblem, problem } from "./frame/problem.ts";
import { requireSite } from "./frame/require-site.ts";
import { validJson } from "./frame/valid.ts";

/** Whether a site's events arrive, and why not. */
export const trackingRoutes = new Hono<ApiEnv>()
  .get("/sites/:siteId/tracking-health", requireAccess("events:read"), requireSite(), async (c) =>
    c.json(await getTrackingHealth(c.var.deps, c.var.site)),
  )
  .get("/sites/:siteId/tracking-details", requireAccess("events:read"), requireSite(), async (c) =>
    c.json(await getTrackingDetails(c.var.deps, c.var.site)),
  )
  .post(
    "/sites/:siteId/install-check",
    requireAccess("events:read"),
    requireSite(),
    validJson(installCheckRequest),
    async (c) => {
      const { url } = c.req.valid("json");
      const checked = await checkInstall(c.var.deps, { site: c.var.site, url });
      return checked.ok ? c.json(checked.value) : refuse(c, checked.error);
    },
  );

function refuse(c: Context, refusal: TargetRefusal | TooManyAttempts): Response {
  switch (refusal.kind) {
    case "invalid_url":
      return fieldProblem(c, "url", "must be the http or https address of a page");
    case "foreign_host":
      return fieldProblem(
        c,
        "url",
        `${refusal.host} is not a host of this site; add it to its domains or origins first`,
      );
    case "private_host":
      return fieldProblem(c, "url", `${refusal.host} is no name that the internet can reach`);
    case "too_many_attempts":
      return problem(c, "too_many_attempts", { retryAfterSeconds: refusal.retryAfterSeconds });
  }
}
