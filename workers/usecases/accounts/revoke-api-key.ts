import { fail, ok, type Result } from "#core/result.ts";
import { revokeApiKey as revoke } from "#db/queries/accounts/api-key-rows.ts";
import { controlDatabase, type AccountDeps } from "#usecases/deps.ts";
import type { Principal } from "./principal.ts";
import { apiKeyCacheKey } from "./session-times.ts";

/** Ends a key for good. */
export async function revokeApiKey(
  deps: AccountDeps,
  { principal, publicId }: { principal: Principal; publicId: string },
): Promise<Result<null, { kind: "not_found" }>> {
  const { accountId } = principal;
  const isRevoked = await revoke(controlDatabase(deps), {
    accountId,
    userId: principal.kind === "user" ? principal.userId : null,
    publicId,
    now: deps.clock.now(),
  });
  if (!isRevoked) return fail({ kind: "not_found" });
  await deps.cache.remove([apiKeyCacheKey(publicId)]);
  return ok(null);
}
