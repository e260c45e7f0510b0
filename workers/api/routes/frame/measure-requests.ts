import { createMiddleware } from "hono/factory";
import { routePath } from "hono/route";
import type { Context } from "hono";

import type { ApiEnv } from "./api-env.ts";

/**
 * Measures every request after it was answered, under the pattern of the route that answered it: `other` stands for what
 * no route did.
 */
export const measureRequests = createMiddleware<ApiEnv>(async (c, next) => {
  const { clock, meter } = c.var.deps;
  const startedMs = clock.now().getTime();
  await next();
  meter.request({
    route: patternOf(c),
    method: c.req.method,
    status: c.res.status,
    code: c.var.problemCode ?? null,
    ms: clock.now().getTime() - startedMs,
  });
});

function patternOf(c: Context): string {
  const pattern = routePath(c);
  return pattern.includes("*") ? "other" : pattern;
}
