import type { Context, MiddlewareHandler } from "hono";
import { createMiddleware } from "hono/factory";

import { checkAccess, type AccessRefusal, type Action } from "#usecases/accounts/access.ts";
import { authenticateKey } from "#usecases/accounts/authenticate-key.ts";
import { authenticateSession } from "#usecases/accounts/authenticate-session.ts";
import type { Principal } from "#usecases/accounts/principal.ts";
import { depsOf, type WithPrincipal, type WithUser } from "./api-env.ts";
import { problem } from "./problem.ts";
import { readSessionToken } from "./session-cookie.ts";

/**
 * Lets in a person by cookie, or a program by `Authorization: Bearer wmk_…`, who may do `action` (the table in
 * `#usecases/accounts/access.ts`); else 401 or 403. Gives `c.var.principal`, whose `accountId` and `database` are the
 * only ones a use case may be handed.
 *
 * `.post("/x", requireAccess("campaigns:write"), validJson(schema), async (c) => { c.var.principal; })`
 */
export function requireAccess(action: Action): MiddlewareHandler<WithPrincipal> {
  return createMiddleware<WithPrincipal>(async (c, next) => {
    const principal = await identify(c);
    if (principal === null) return unknownPrincipal(c);

    const verdict = checkAccess(principal, action);
    if (!verdict.ok) return refuseAccess(c, verdict.error);

    c.set("principal", principal);
    await next();
  });
}

/** Lets in a person who is signed in, whatever the role; programs get 403. Gives `c.var.user`. */
export function requireUser(): MiddlewareHandler<WithUser> {
  return createMiddleware<WithUser>(async (c, next) => {
    const principal = await identify(c);
    if (principal === null) return unknownPrincipal(c);
    if (principal.kind !== "user") return problem(c, "user_required");

    c.set("user", principal);
    await next();
  });
}

/** A bearer wins over a cookie: who sends one means it. */
export async function identify(c: Context): Promise<Principal | null> {
  const authorization = c.req.header("authorization");
  if (authorization !== undefined) return await authenticateKey(depsOf(c), bearerOf(authorization));

  const token = readSessionToken(c);
  return token === null ? null : await authenticateSession(depsOf(c), token);
}

function bearerOf(authorization: string): string {
  return /^Bearer +(\S+)$/i.exec(authorization)?.[1] ?? "";
}

function unknownPrincipal(c: Context): Response {
  const isProgram = c.req.header("authorization") !== undefined;
  c.header("www-authenticate", "Bearer");
  return problem(c, isProgram ? "invalid_api_key" : "not_signed_in");
}

/** What permission refuses, as answers. */
export function refuseAccess(c: Context, refusal: AccessRefusal): Response {
  switch (refusal.kind) {
    case "role_forbidden":
      return problem(c, "role_forbidden", {
        detail: `The role ${refusal.role} may not do ${refusal.action}`,
      });
    case "scope_missing":
      return problem(c, "scope_missing", { detail: `The API key needs ${refusal.needed.join(" or ")}` });
    case "user_required":
      return problem(c, "user_required");
    case "api_key_required":
      return problem(c, "api_key_required");
  }
}
