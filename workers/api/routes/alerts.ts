import { Hono } from "hono";

import { alertsQuery, saveAlertRuleRequest } from "#contract/alerts.ts";
import { acknowledgeAlert } from "#usecases/alerts/acknowledge-alert.ts";
import { getAlert } from "#usecases/alerts/get-alert.ts";
import { countAlerts, listAlerts } from "#usecases/alerts/list-alerts.ts";
import { listAlertRules } from "#usecases/alerts/list-alert-rules.ts";
import { resetAlertRule } from "#usecases/alerts/reset-alert-rule.ts";
import { saveAlertRule } from "#usecases/alerts/save-alert-rule.ts";
import { requireAccess } from "./frame/access.ts";
import { refuseAlert } from "./frame/alert-refusals.ts";
import type { ApiEnv } from "./frame/api-env.ts";
import { decodeIdCursor, listAnswer } from "./frame/cursor.ts";
import { problem } from "./frame/problem.ts";
import { validId } from "./frame/public-id.ts";
import { requireSite } from "./frame/require-site.ts";
import { validJson, validQuery } from "./frame/valid.ts";

/** Alerts of an account, and the rules of its sites. */
export const alertRoutes = new Hono<ApiEnv>()
  .get("/alerts", requireAccess("alerts:read"), validQuery(alertsQuery), async (c) => {
    const { after, ...query } = c.req.valid("query");
    const cursor = decodeIdCursor(after);
    if (!cursor.ok) return problem(c, "invalid_cursor");
    const { deps, principal } = c.var;
    const asker = { kind: "account", principal } as const;
    const { status, site, limit } = query;
    const page = await listAlerts(deps, { asker, status, site, limit, afterId: cursor.value });
    return page.ok ? c.json(listAnswer(page.value, (alert) => alert)) : refuseAlert(c, page.error);
  })
  .get("/alerts/summary", requireAccess("alerts:read"), async (c) => {
    const { deps, principal } = c.var;
    return c.json(await countAlerts(deps, { asker: { kind: "account", principal } }));
  })
  .get("/alerts/:alertId", requireAccess("alerts:read"), validId("alertId", "alt"), async (c) => {
    const { deps, principal } = c.var;
    const asker = { kind: "account", principal } as const;
    const found = await getAlert(deps, { asker, alertId: c.req.param("alertId") });
    return found.ok ? c.json(found.value) : refuseAlert(c, found.error);
  })
  .post(
    "/alerts/:alertId/acknowledge",
    requireAccess("alerts:acknowledge"),
    validId("alertId", "alt"),
    async (c) => {
      const { deps, principal } = c.var;
      if (principal.kind !== "user") return problem(c, "user_required");
      const asker = { kind: "account", principal } as const;
      const alertId = c.req.param("alertId");
      const seen = await acknowledgeAlert(deps, { asker, userId: principal.userId, alertId });
      return seen.ok ? c.json(seen.value) : refuseAlert(c, seen.error);
    },
  )
  .get("/sites/:siteId/alert-rules", requireAccess("alerts:read"), requireSite(), async (c) => {
    const { deps, principal, site } = c.var;
    return c.json({ items: await listAlertRules(deps, { asker: { kind: "account", principal }, site }) });
  })
  .put(
    "/sites/:siteId/alert-rules/:alertKind",
    requireAccess("alerts:write"),
    requireSite(),
    validJson(saveAlertRuleRequest),
    async (c) => {
      const { deps, principal, site } = c.var;
      const saved = await saveAlertRule(deps, {
        asker: { kind: "account", principal },
        site,
        kind: c.req.param("alertKind"),
        request: c.req.valid("json"),
      });
      return saved.ok ? c.json(saved.value) : refuseAlert(c, saved.error);
    },
  )
  .delete(
    "/sites/:siteId/alert-rules/:alertKind",
    requireAccess("alerts:write"),
    requireSite(),
    async (c) => {
      const { deps, principal, site } = c.var;
      const asker = { kind: "account", principal } as const;
      const reset = await resetAlertRule(deps, { asker, site, kind: c.req.param("alertKind") });
      return reset.ok ? c.json(reset.value) : refuseAlert(c, reset.error);
    },
  );
