import { recordAudit } from "#db/queries/accounts/record-audit.ts";
import type { UserPrincipal } from "#usecases/accounts/principal.ts";
import { controlDatabase, type Deps } from "#usecases/deps.ts";

export type AdminAct = {
  user: Pick<UserPrincipal, "accountId" | "userId">;
  /** `admin.dead_letters.list`, … */
  action: string;
  subject: string;
  detail: Record<string, unknown> | null;
};

/** Notes what a superadmin is about to do or see, in the audit log of their own account, before it happens. */
export async function noteAdminAct(
  deps: Pick<Deps, "databases" | "clock">,
  { user, action, subject, detail }: AdminAct,
): Promise<void> {
  await recordAudit(controlDatabase(deps), {
    accountId: user.accountId,
    userId: user.userId,
    apiKeyId: null,
    at: deps.clock.now(),
    action,
    subject,
    detail,
  });
}
