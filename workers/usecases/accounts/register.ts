import type { RegisterRequest } from "#contract/accounts.ts";
import { fail, ok, type Result } from "#core/result.ts";
import { pgConstraint } from "#db/pg-error.ts";
import { insertAccount } from "#db/queries/accounts/insert-account.ts";
import { controlDatabase, type AccountDeps } from "#usecases/deps.ts";
import { brakeAttempts, type TooManyAttempts } from "./brake.ts";
import { CONFIRM_LIFETIME_MS, mailConfirmation } from "./mail-confirmation.ts";
import { signedIn, type SignedIn } from "./signed-in.ts";
import { newSession } from "./start-session.ts";

export type RegisterInput = { request: RegisterRequest; ip: string };

/**
 * Opens an account with its owner and signs the owner in; a mail asks to confirm the address. An address that is taken
 * stays whose it is: neither its password nor its sign-ins change.
 */
export async function register(
  deps: AccountDeps,
  { request, ip }: RegisterInput,
): Promise<Result<SignedIn, TooManyAttempts | { kind: "email_taken" }>> {
  const { email, name, password } = request;
  const brake = await brakeAttempts(deps, { ip, email });
  if (!brake.ok) return brake;

  const at = deps.clock.now();
  const session = newSession(deps);
  const confirmToken = deps.tokens.make();
  try {
    await insertAccount(controlDatabase(deps), {
      accountPublicId: deps.ids.publicId("acc", at),
      accountName: request.accountName ?? name,
      database: deps.newAccountsDatabase,
      userPublicId: deps.ids.publicId("usr", at),
      email,
      name,
      passwordHash: await deps.passwords.hash(password),
      sessionHash: session.tokenHash,
      sessionExpiresAt: session.expiresAt,
      confirmHash: deps.tokens.hash(confirmToken),
      confirmExpiresAt: new Date(at.getTime() + CONFIRM_LIFETIME_MS),
      at,
    });
  } catch (error) {
    if (pgConstraint(error) === "users_email_key") return fail({ kind: "email_taken" });
    throw error;
  }
  deps.defer(mailConfirmation(deps, { email, token: confirmToken }));
  return ok(await signedIn(deps, session.token));
}
