import { createMiddleware } from "hono/factory";
import { routePath } from "hono/route";

import type { CollectHono } from "./collect-hono.ts";

/** Measures every request after it was answered, under the pattern of the route that answered it, or as `other`. */
export const measureRequests = createMiddleware<CollectHono>(async (c, next) => {
  const { clock, meter } = c.get("deps");
  const startedMs = clock.now().getTime();
  await next();
  const pattern = routePath(c);
  meter.request({
    route: pattern.includes("*") ? "other" : pattern,
    method: c.req.method,
    status: c.res.status,
    code: c.get("problemCode") ?? null,
    ms: clock.now().getTime() - startedMs,
  });
});
