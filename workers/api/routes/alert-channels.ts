import { Hono } from "hono";

import { createChannelRequest, updateChannelRequest } from "#contract/alerts.ts";
import { createAlertChannel } from "#usecases/alerts/create-alert-channel.ts";
import { deleteAlertChannel } from "#usecases/alerts/delete-alert-channel.ts";
import { listAlertChannels } from "#usecases/alerts/list-alert-channels.ts";
import { replaceChannelSecret } from "#usecases/alerts/replace-channel-secret.ts";
import { testAlertChannel } from "#usecases/alerts/test-alert-channel.ts";
import { updateAlertChannel } from "#usecases/alerts/update-alert-channel.ts";
import { requireAccess } from "./frame/access.ts";
import { refuseAlert } from "./frame/alert-refusals.ts";
import type { ApiEnv } from "./frame/api-env.ts";
import { idempotent } from "./frame/idempotency.ts";
import { validId } from "./frame/public-id.ts";
import { validJson } from "./frame/valid.ts";

/** Where an account's alerts go. */
export const alertChannelRoutes = new Hono<ApiEnv>()
  .get("/alert-channels", requireAccess("alerts:read"), async (c) => {
    const { deps, principal } = c.var;
    return c.json({ items: await listAlertChannels(deps, { asker: { kind: "account", principal } }) });
  })
  .post(
    "/alert-channels",
    requireAccess("alerts:write"),
    idempotent({ isSecret: true }),
    validJson(createChannelRequest),
    async (c) => {
      const { deps, principal } = c.var;
      const asker = { kind: "account", principal } as const;
      const created = await createAlertChannel(deps, { asker, request: c.req.valid("json") });
      return created.ok ? c.json(created.value, 201) : refuseAlert(c, created.error);
    },
  )
  .patch(
    "/alert-channels/:channelId",
    requireAccess("alerts:write"),
    validId("channelId", "ach"),
    validJson(updateChannelRequest),
    async (c) => {
      const { deps, principal } = c.var;
      const one = { asker: { kind: "account", principal }, channelId: c.req.param("channelId") } as const;
      const updated = await updateAlertChannel(deps, { ...one, request: c.req.valid("json") });
      return updated.ok ? c.json(updated.value) : refuseAlert(c, updated.error);
    },
  )
  .delete(
    "/alert-channels/:channelId",
    requireAccess("alerts:write"),
    validId("channelId", "ach"),
    async (c) => {
      const { deps, principal } = c.var;
      const one = { asker: { kind: "account", principal }, channelId: c.req.param("channelId") } as const;
      const deleted = await deleteAlertChannel(deps, one);
      return deleted.ok ? c.body(null, 204) : refuseAlert(c, deleted.error);
    },
  )
  .post(
    "/alert-channels/:channelId/secret",
    requireAccess("alerts:write"),
    validId("channelId", "ach"),
    async (c) => {
      const { deps, principal } = c.var;
      const one = { asker: { kind: "account", principal }, channelId: c.req.param("channelId") } as const;
      const replaced = await replaceChannelSecret(deps, one);
      return replaced.ok ? c.json(replaced.value) : refuseAlert(c, replaced.error);
    },
  )
  .post(
    "/alert-channels/:channelId/test",
    requireAccess("alerts:write"),
    validId("channelId", "ach"),
    async (c) => {
      const { deps, principal } = c.var;
      const one = { asker: { kind: "account", principal }, channelId: c.req.param("channelId") } as const;
      const tested = await testAlertChannel(deps, one);
      return tested.ok ? c.json(tested.value, 202) : refuseAlert(c, tested.error);
    },
  );
