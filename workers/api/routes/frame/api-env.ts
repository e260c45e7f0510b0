import type { Context } from "hono";

import type { ApiDeps } from "#usecases/deps.ts";
import type { Principal, UserPrincipal } from "#usecases/accounts/principal.ts";
import type { SiteRef } from "#usecases/sites/site-ref.ts";

type Base = {
  deps: ApiDeps;
  requestId: string;
  /** Of the problem that is answered, for the meter. */
  problemCode?: string;
};

/** What every route has: `new Hono<ApiEnv>()` gives `c.var.deps` and `c.var.requestId`. */
export type ApiEnv = { Variables: Base };

/** Behind `requireAccess(action)`: `c.var.principal`. Without the middleware the name does not compile. */
export type WithPrincipal = { Variables: Base & { principal: Principal } };

/** Behind `requireUser()`: `c.var.user`, a person who is signed in. */
export type WithUser = { Variables: Base & { user: UserPrincipal } };

/** Behind `requireSite(action)`: `c.var.principal` and `c.var.site`. */
export type WithSite = { Variables: Base & { principal: Principal; site: SiteRef } };

/** `deps` for what serves every kind of route. */
export function depsOf(c: Context): ApiDeps {
  const deps: ApiDeps = c.get("deps");
  return deps;
}
