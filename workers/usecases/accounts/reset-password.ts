import type { ResetPasswordRequest } from "#contract/accounts.ts";
import { fail, ok, type Result } from "#core/result.ts";
import { isResetTokenValid } from "#db/queries/accounts/mail-token-rows.ts";
import { resetPassword as reset } from "#db/queries/accounts/reset-password.ts";
import { controlDatabase, type AccountDeps } from "#usecases/deps.ts";
import { brakeAttempts, type TooManyAttempts } from "./brake.ts";
import { apiKeyCacheKey, forgetSessions } from "./session-times.ts";

export type ResetPasswordInput = { request: ResetPasswordRequest; ip: string };

/** Sets the password by the token of a mailed link, which works once. Every sign-in of the person ends. */
export async function resetPassword(
  deps: AccountDeps,
  { request, ip }: ResetPasswordInput,
): Promise<Result<null, TooManyAttempts | { kind: "invalid_token" }>> {
  const brake = await brakeAttempts(deps, { ip });
  if (!brake.ok) return brake;

  const db = controlDatabase(deps);
  const tokenHash = deps.tokens.hash(request.token);
  const now = deps.clock.now();
  // A made-up token must not cost a password hash.
  if (!(await isResetTokenValid(db, { tokenHash, now }))) return fail({ kind: "invalid_token" });

  const passwordHash = await deps.passwords.hash(request.password);
  const effect = await reset(db, { tokenHash, passwordHash, now });
  if (effect === null) return fail({ kind: "invalid_token" });
  await forgetSessions(deps.cache, effect.endedSessions);
  await deps.cache.remove(effect.revokedKeys.map((publicId) => apiKeyCacheKey(publicId)));
  return ok(null);
}
