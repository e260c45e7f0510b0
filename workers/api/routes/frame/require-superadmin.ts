import type { MiddlewareHandler } from "hono";
import { createMiddleware } from "hono/factory";

import { checkSuperadmin } from "#usecases/accounts/check-superadmin.ts";
import { identify } from "./access.ts";
import { depsOf, type WithUser } from "./api-env.ts";
import { problem } from "./problem.ts";

/**
 * Lets in who runs the installation and gives `c.var.user`. To everybody else, signed in or not, there is nothing here:
 * 404, as for a path that does not exist.
 */
export function requireSuperadmin(): MiddlewareHandler<WithUser> {
  return createMiddleware<WithUser>(async (c, next) => {
    const user = await checkSuperadmin(depsOf(c), await identify(c));
    if (user === null) {
      return problem(c, "not_found", { detail: `There is nothing at ${c.req.method} ${c.req.path}` });
    }
    c.set("user", user);
    await next();
  });
}
