import { Hono } from "hono";

import {
  alertsQuery,
  createChannelRequest,
  saveAlertRuleRequest,
  updateChannelRequest,
} from "#contract/alerts.ts";
import { acknowledgeAlert } from "#usecases/alerts/acknowledge-alert.ts";
import { createAlertChannel } from "#usecases/alerts/create-alert-channel.ts";
import { deleteAlertChannel } from "#usecases/alerts/delete-alert-channel.ts";
import { getAlert } from "#usecases/alerts/get-alert.ts";
import { listAlertChannels } from "#usecases/alerts/list-alert-channels.ts";
import { countAlerts, listAlerts } from "#usecases/alerts/list-alerts.ts";
import { listAlertRules } from "#usecases/alerts/list-alert-rules.ts";
import { replaceChannelSecret } from "#usecases/alerts/replace-channel-secret.ts";
import { resetAlertRule } from "#usecases/alerts/reset-alert-rule.ts";
import { saveAlertRule } from "#usecases/alerts/save-alert-rule.ts";
import { testAlertChannel } from "#usecases/alerts/test-alert-channel.ts";
import { updateAlertChannel } from "#usecases/alerts/update-alert-channel.ts";
import type { UserPrincipal } from "#usecases/accounts/principal.ts";
import { refuseAlert } from "./frame/alert-refusals.ts";
import type { ApiEnv } from "./frame/api-env.ts";
import { decodeIdCursor, listAnswer } from "./frame/cursor.ts";
import { idempotentForOperators } from "./frame/idempotency.ts";
import { problem } from "./frame/problem.ts";
import { validId } from "./frame/public-id.ts";
import { requireSuperadmin } from "./frame/require-superadmin.ts";
import { validJson, validQuery } from "./frame/valid.ts";

/** The same for whoever runs the installation: their alerts, rules and channels are apart from every account's. */
export const adminAlertRoutes = new Hono<ApiEnv>()
  .get("/admin/alerts", requireSuperadmin(), validQuery(alertsQuery), async (c) => {
    const { after, status, limit } = c.req.valid("query");
    const cursor = decodeIdCursor(after);
    if (!cursor.ok) return problem(c, "invalid_cursor");
    const asker = operators(c.var.user);
    const question = { asker, status, site: undefined, limit, afterId: cursor.value };
    const page = await listAlerts(c.var.deps, question);
    return page.ok ? c.json(listAnswer(page.value, (alert) => alert)) : refuseAlert(c, page.error);
  })
  .get("/admin/alerts/summary", requireSuperadmin(), async (c) =>
    c.json(await countAlerts(c.var.deps, { asker: operators(c.var.user) })),
  )
  .get("/admin/alerts/:alertId", requireSuperadmin(), validId("alertId", "alt"), async (c) => {
    const { deps, user } = c.var;
    const found = await getAlert(deps, { asker: operators(user), alertId: c.req.param("alertId") });
    return found.ok ? c.json(found.value) : refuseAlert(c, found.error);
  })
  .post("/admin/alerts/:alertId/acknowledge", requireSuperadmin(), validId("alertId", "alt"), async (c) => {
    const { deps, user } = c.var;
    const alertId = c.req.param("alertId");
    const seen = await acknowledgeAlert(deps, { asker: operators(user), userId: user.userId, alertId });
    return seen.ok ? c.json(seen.value) : refuseAlert(c, seen.error);
  })
  .get("/admin/alert-rules", requireSuperadmin(), async (c) =>
    c.json({ items: await listAlertRules(c.var.deps, { asker: operators(c.var.user), site: null }) }),
  )
  .put("/admin/alert-rules/:alertKind", requireSuperadmin(), validJson(saveAlertRuleRequest), async (c) => {
    const { deps, user } = c.var;
    const rule = { asker: operators(user), site: null, kind: c.req.param("alertKind") };
    const saved = await saveAlertRule(deps, { ...rule, request: c.req.valid("json") });
    return saved.ok ? c.json(saved.value) : refuseAlert(c, saved.error);
  })
  .delete("/admin/alert-rules/:alertKind", requireSuperadmin(), async (c) => {
    const { deps, user } = c.var;
    const rule = { asker: operators(user), site: null, kind: c.req.param("alertKind") };
    const reset = await resetAlertRule(deps, rule);
    return reset.ok ? c.json(reset.value) : refuseAlert(c, reset.error);
  })
  .get("/admin/alert-channels", requireSuperadmin(), async (c) =>
    c.json({ items: await listAlertChannels(c.var.deps, { asker: operators(c.var.user) }) }),
  )
  .post(
    "/admin/alert-channels",
    requireSuperadmin(),
    idempotentForOperators({ isSecret: true }),
    validJson(createChannelRequest),
    async (c) => {
      const { deps, user } = c.var;
      const created = await createAlertChannel(deps, {
        asker: operators(user),
        request: c.req.valid("json"),
      });
      return created.ok ? c.json(created.value, 201) : refuseAlert(c, created.error);
    },
  )
  .patch(
    "/admin/alert-channels/:channelId",
    requireSuperadmin(),
    validId("channelId", "ach"),
    validJson(updateChannelRequest),
    async (c) => {
      const { deps, user } = c.var;
      const one = { asker: operators(user), channelId: c.req.param("channelId") };
      const updated = await updateAlertChannel(deps, { ...one, request: c.req.valid("json") });
      return updated.ok ? c.json(updated.value) : refuseAlert(c, updated.error);
    },
  )
  .delete("/admin/alert-channels/:channelId", requireSuperadmin(), validId("channelId", "ach"), async (c) => {
    const { deps, user } = c.var;
    const deleted = await deleteAlertChannel(deps, {
      asker: operators(user),
      channelId: c.req.param("channelId"),
    });
    return deleted.ok ? c.body(null, 204) : refuseAlert(c, deleted.error);
  })
  .post(
    "/admin/alert-channels/:channelId/secret",
    requireSuperadmin(),
    validId("channelId", "ach"),
    async (c) => {
      const { deps, user } = c.var;
      const one = { asker: operators(user), channelId: c.req.param("channelId") };
      const replaced = await replaceChannelSecret(deps, one);
      return replaced.ok ? c.json(replaced.value) : refuseAlert(c, replaced.error);
    },
  )
  .post(
    "/admin/alert-channels/:channelId/test",
    requireSuperadmin(),
    validId("channelId", "ach"),
    async (c) => {
      const { deps, user } = c.var;
      const one = { asker: operators(user), channelId: c.req.param("channelId") };
      const tested = await testAlertChannel(deps, one);
      return tested.ok ? c.json(tested.value, 202) : refuseAlert(c, tested.error);
    },
  );

function operators(user: UserPrincipal) {
  return { kind: "operators", user } as const;
}
