import type { Principal, UserPrincipal } from "#usecases/accounts/principal.ts";
import { noteChange, type Change } from "#usecases/campaigns/note-change.ts";
import { noteAdminAct } from "#usecases/dead-letters/note-admin-act.ts";
import type { Deps } from "#usecases/deps.ts";

/** Whose alerts, rules and channels are asked for: an account's own, or those of whoever runs the installation. */
export type AlertAsker =
  | { kind: "account"; principal: Principal }
  | { kind: "operators"; user: UserPrincipal };

/** The account's int; null: the operators'. */
export function ownerOf(asker: AlertAsker): number | null {
  return asker.kind === "account" ? asker.principal.accountId : null;
}

/** Notes a change in the audit log: an account's after it is made, an operator's as every act of theirs. */
export async function noteAlertChange(
  deps: Pick<Deps, "databases" | "clock" | "log">,
  asker: AlertAsker,
  change: Change,
): Promise<void> {
  if (asker.kind === "account") return await noteChange(deps, asker.principal, change);
  const { action, subject, detail = null } = change;
  await noteAdminAct(deps, { user: asker.user, action: `admin.${action}`, subject, detail });
}
