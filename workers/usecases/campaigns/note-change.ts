import { recordAudit } from "#db/queries/accounts/record-audit.ts";
import type { Principal } from "#usecases/accounts/principal.ts";
import { controlDatabase, type Deps } from "#usecases/deps.ts";
import { afterCommit } from "./after-commit.ts";

export type Change = {
  /** `campaign.create`, `link.archive`, … */
  action: string;
  /** Public id of what was changed. */
  subject: string;
  detail?: Record<string, unknown>;
};

/** Writes a committed change into the account's audit log: who, when, what; never a visitor's data. */
export async function noteChange(
  deps: Pick<Deps, "databases" | "clock" | "log">,
  principal: Principal,
  change: Change,
): Promise<void> {
  await afterCommit(deps, "record_audit", () =>
    recordAudit(controlDatabase(deps), {
      accountId: principal.accountId,
      userId: principal.kind === "user" ? principal.userId : null,
      apiKeyId: principal.kind === "key" ? principal.apiKeyId : null,
      at: deps.clock.now(),
      action: change.action,
      subject: change.subject,
      detail: change.detail ?? null,
    }),
  );
}
