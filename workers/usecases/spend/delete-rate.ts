import { fail, ok, type Result } from "#core/result.ts";
import { deleteRate as removeRate } from "#db/queries/spend/rate-rows.ts";
import type { Principal } from "#usecases/accounts/principal.ts";
import { noteChange } from "#usecases/campaigns/note-change.ts";
import type { Deps } from "#usecases/deps.ts";

export type DeleteRateInput = { principal: Principal; currency: string; day: string };

/** Takes an account's own rate away, so that the shared one holds again. */
export async function deleteRate(
  deps: Pick<Deps, "databases" | "clock" | "log">,
  { principal, currency, day }: DeleteRateInput,
): Promise<Result<null, { kind: "rate_not_found" }>> {
  const { accountId, database } = principal;
  const existed = await removeRate(deps.databases.named(database), { accountId, currency, day });
  if (!existed) return fail({ kind: "rate_not_found" });
  await noteChange(deps, principal, {
    action: "rates.delete",
    subject: principal.accountPublicId,
    detail: { currency, day },
  });
  return ok(null);
}
