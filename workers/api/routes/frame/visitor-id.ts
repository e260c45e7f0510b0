import type { MiddlewareHandler } from "hono";
import { createMiddleware } from "hono/factory";

import type { ApiEnv } from "./api-env.ts";
import { problem } from "./problem.ts";

const UUID = /^[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i;

/** Answers 400 when `:visitorId` is no visitor's id: it was pasted, and half of one should not look like a wrong one. */
export function validVisitorId(): MiddlewareHandler<ApiEnv> {
  return createMiddleware<ApiEnv>(async (c, next) => {
    if (UUID.test(c.req.param("visitorId") ?? "")) return await next();
    const message = "A visitor's id has 32 digits and letters from a to f, in five groups";
    return problem(c, "invalid_request", {
      detail: message,
      errors: [{ path: "visitorId", code: "invalid", message }],
    });
  });
}
