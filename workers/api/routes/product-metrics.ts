import { Hono } from "hono";

import { productMetricsQuery } from "#contract/product-metrics.ts";
import { getProductMetrics } from "#usecases/product/get-product-metrics.ts";
import type { ApiEnv } from "./frame/api-env.ts";
import { requireSuperadmin } from "./frame/require-superadmin.ts";
import { validQuery } from "./frame/valid.ts";

const DEFAULT_WEEKS = 12;

/** Whether users get to what the product is for, for whoever runs the installation. */
export const productMetricsRoutes = new Hono<ApiEnv>().get(
  "/admin/product-metrics",
  requireSuperadmin(),
  validQuery(productMetricsQuery),
  async (c) => {
    const { weeks = DEFAULT_WEEKS } = c.req.valid("query");
    return c.json(await getProductMetrics(c.var.deps, { user: c.var.user, weeks }));
  },
);
