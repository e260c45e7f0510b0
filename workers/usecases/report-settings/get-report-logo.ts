import { logoKey } from "#core/report/logo-key.ts";
import { fail, ok, type Result } from "#core/result.ts";
import type { StoredFile } from "#platform/report-store.ts";
import type { Principal } from "#usecases/accounts/principal.ts";
import type { Deps } from "#usecases/deps.ts";

/** A logo of the account. */
export async function getReportLogo(
  { reportStore }: Pick<Deps, "reportStore">,
  { principal, logoId }: { principal: Principal; logoId: string },
): Promise<Result<StoredFile, { kind: "logo_not_found" }>> {
  const file = await reportStore.get(logoKey(principal.accountId, logoId));
  return file === null ? fail({ kind: "logo_not_found" }) : ok(file);
}
