import { Hono } from "hono";

import { monitoringQuery } from "#contract/monitoring.ts";
import { getMonitoring } from "#usecases/operations/get-monitoring.ts";
import type { ApiEnv } from "./frame/api-env.ts";
import { requireSuperadmin } from "./frame/require-superadmin.ts";
import { validQuery } from "./frame/valid.ts";

/** For whoever runs the installation; to everybody else there is nothing here. */
export const monitoringRoutes = new Hono<ApiEnv>().get(
  "/admin/monitoring",
  requireSuperadmin(),
  validQuery(monitoringQuery),
  async (c) => c.json(await getMonitoring(c.var.deps, c.req.valid("query").range)),
);
