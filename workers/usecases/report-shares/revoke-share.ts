import { fail, ok, type Result } from "#core/result.ts";
import { revokeShare as revoke } from "#db/queries/report-shares/write-share.ts";
import type { Principal } from "#usecases/accounts/principal.ts";
import { noteChange } from "#usecases/campaigns/note-change.ts";
import type { Deps } from "#usecases/deps.ts";

/** Ends a link at once: whoever has it open reads nothing more. */
export async function revokeShare(
  deps: Pick<Deps, "databases" | "clock" | "log">,
  { principal, shareId }: { principal: Principal; shareId: string },
): Promise<Result<null, { kind: "share_not_found" }>> {
  const { accountId, database } = principal;
  const at = deps.clock.now();
  const isThere = await revoke(deps.databases.named(database), { accountId, publicId: shareId, at });
  if (!isThere) return fail({ kind: "share_not_found" });
  await noteChange(deps, principal, { action: "report_share.revoke", subject: shareId });
  return ok(null);
}
