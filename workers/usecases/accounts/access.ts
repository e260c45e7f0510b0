import type { Role, Scope } from "#contract/accounts.ts";
import { fail, ok, type Result } from "#core/result.ts";
import type { Principal } from "./principal.ts";

/** What can be done, as far as permission goes. */
export type Action =
  | "account:write"
  | "members:read"
  | "keys:manage"
  | "audit:read"
  | "sites:read"
  | "sites:write"
  | "visitors:manage"
  | "campaigns:read"
  | "campaigns:write"
  | "events:read"
  | "events:write"
  | "analytics:read"
  | "reports:read"
  | "reports:write"
  | "alerts:read"
  | "alerts:acknowledge"
  | "alerts:write";

type Rule = { roles: readonly Role[]; scopes: readonly Scope[] };

const MANAGERS = ["owner", "admin"] as const;
const WRITERS = ["owner", "admin", "marketer"] as const;
// A client sees only campaigns shared with them, and there is no way to share one yet: so nothing.
const READERS = ["owner", "admin", "marketer", "viewer"] as const;

/** One table: which role may do it, and which scopes of a key, any of which will do. */
export const ACCESS: Readonly<Record<Action, Rule>> = {
  "account:write": { roles: MANAGERS, scopes: [] },
  "members:read": { roles: READERS, scopes: [] },
  "keys:manage": { roles: MANAGERS, scopes: [] },
  "audit:read": { roles: MANAGERS, scopes: [] },
  "sites:read": {
    roles: READERS,
    scopes: ["events:read", "events:write", "analytics:read", "campaigns:write", "reports:write"],
  },
  "sites:write": { roles: MANAGERS, scopes: [] },
  "visitors:manage": { roles: MANAGERS, scopes: [] },
  "campaigns:read": { roles: READERS, scopes: ["analytics:read", "campaigns:write"] },
  "campaigns:write": { roles: WRITERS, scopes: ["campaigns:write"] },
  "events:read": { roles: READERS, scopes: ["events:read"] },
  // Imports may name visitor, channel and campaign themselves: programs only.
  "events:write": { roles: [], scopes: ["events:write"] },
  "analytics:read": { roles: READERS, scopes: ["analytics:read"] },
  "reports:read": { roles: READERS, scopes: ["analytics:read", "reports:write"] },
  "reports:write": { roles: WRITERS, scopes: ["reports:write"] },
  "alerts:read": { roles: READERS, scopes: ["analytics:read"] },
  // It says who has seen it: people only.
  "alerts:acknowledge": { roles: WRITERS, scopes: [] },
  "alerts:write": { roles: MANAGERS, scopes: [] },
};

export type AccessRefusal =
  | { kind: "role_forbidden"; role: Role; action: Action }
  | { kind: "scope_missing"; needed: readonly Scope[] }
  | { kind: "user_required" }
  | { kind: "api_key_required" };

/** Whether this person or program may do it. */
export function checkAccess(principal: Principal, action: Action): Result<null, AccessRefusal> {
  const rule = ACCESS[action];
  return principal.kind === "user"
    ? checkRole(principal.role, rule, action)
    : checkScopes(principal.scopes, rule);
}

function checkRole(role: Role, rule: Rule, action: Action): Result<null, AccessRefusal> {
  if (rule.roles.includes(role)) return ok(null);
  return fail(
    rule.roles.length === 0 ? { kind: "api_key_required" } : { kind: "role_forbidden", role, action },
  );
}

function checkScopes(scopes: readonly Scope[], rule: Rule): Result<null, AccessRefusal> {
  if (rule.scopes.some((scope) => scopes.includes(scope))) return ok(null);
  return fail(
    rule.scopes.length === 0 ? { kind: "user_required" } : { kind: "scope_missing", needed: rule.scopes },
  );
}
