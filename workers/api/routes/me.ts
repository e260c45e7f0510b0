import { Hono } from "hono";

import { updateMeRequest } from "#contract/accounts.ts";
import { showMe } from "#usecases/accounts/show-me.ts";
import { updateMe } from "#usecases/accounts/update-me.ts";
import { requireUser } from "./frame/access.ts";
import { refuseAccount } from "./frame/account-refusals.ts";
import type { ApiEnv } from "./frame/api-env.ts";
import { clientIp } from "./frame/client-ip.ts";
import { validJson } from "./frame/valid.ts";

/** The signed-in person. */
export const meRoutes = new Hono<ApiEnv>()
  .get("/me", requireUser(), (c) => c.json(showMe(c.var.user)))
  .patch("/me", requireUser(), validJson(updateMeRequest), async (c) => {
    const { deps, user } = c.var;
    const updated = await updateMe(deps, { user, request: c.req.valid("json"), ip: clientIp(c) });
    return updated.ok ? c.json(updated.value) : refuseAccount(c, updated.error);
  });
