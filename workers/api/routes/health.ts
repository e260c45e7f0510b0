import { Hono } from "hono";

import { checkReadiness } from "#usecases/accounts/check-readiness.ts";
import type { ApiEnv } from "./frame/api-env.ts";

/** For whoever watches over the Worker: alive without asking anyone, ready only when Postgres answers. */
export const healthRoutes = new Hono<ApiEnv>()
  .get("/healthz", (c) => c.json({ status: "ok" }))
  .get("/readyz", async (c) => {
    const readiness = await checkReadiness(c.var.deps);
    return c.json(readiness, readiness.status === "unavailable" ? 503 : 200);
  });
