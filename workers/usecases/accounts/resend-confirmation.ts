import { ok, type Result } from "#core/result.ts";
import { insertMailToken } from "#db/queries/accounts/mail-token-rows.ts";
import { controlDatabase, type AccountDeps } from "#usecases/deps.ts";
import { brakeAttempts, type TooManyAttempts } from "./brake.ts";
import { CONFIRM_LIFETIME_MS, mailConfirmation } from "./mail-confirmation.ts";
import type { UserPrincipal } from "./principal.ts";

/** Mails another confirmation link; nothing happens when the address is confirmed already. */
export async function resendConfirmation(
  deps: AccountDeps,
  { user, ip }: { user: UserPrincipal; ip: string },
): Promise<Result<null, TooManyAttempts>> {
  if (user.isEmailConfirmed) return ok(null);
  const brake = await brakeAttempts(deps, { ip, email: user.email });
  if (!brake.ok) return brake;

  const token = deps.tokens.make();
  const createdAt = deps.clock.now();
  await insertMailToken(controlDatabase(deps), {
    tokenHash: deps.tokens.hash(token),
    userId: user.userId,
    purpose: "confirm",
    createdAt,
    expiresAt: new Date(createdAt.getTime() + CONFIRM_LIFETIME_MS),
  });
  deps.defer(mailConfirmation(deps, { email: user.email, token }));
  return ok(null);
}
