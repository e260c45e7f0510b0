import { ok, type Result } from "#core/result.ts";
import { insertMailToken } from "#db/queries/accounts/mail-token-rows.ts";
import { selectUserByEmail } from "#db/queries/accounts/select-user.ts";
import { renderResetPasswordMail } from "#rendering/mail/render-account-mail.ts";
import { controlDatabase, type AccountDeps } from "#usecases/deps.ts";
import { brakeAttempts, type TooManyAttempts } from "./brake.ts";
import { sendAccountMail } from "./send-account-mail.ts";

const RESET_LIFETIME_MS = 3_600_000;

/**
 * Mails a link to choose a new password, if the address is known. The look-up goes on after the answer, so that
 * neither the answer nor its time tells whether it is.
 */
export async function requestPasswordReset(
  deps: AccountDeps,
  { email, ip }: { email: string; ip: string },
): Promise<Result<null, TooManyAttempts>> {
  const brake = await brakeAttempts(deps, { ip, email });
  if (!brake.ok) return brake;
  deps.defer(mailReset(deps, email));
  return ok(null);
}

async function mailReset(deps: AccountDeps, email: string): Promise<void> {
  const db = controlDatabase(deps);
  const user = await selectUserByEmail(db, email);
  if (user === null) return;

  const token = deps.tokens.make();
  const createdAt = deps.clock.now();
  await insertMailToken(db, {
    tokenHash: deps.tokens.hash(token),
    userId: user.userId,
    purpose: "reset",
    createdAt,
    expiresAt: new Date(createdAt.getTime() + RESET_LIFETIME_MS),
  });
  const resetUrl = `${deps.settings.appOrigin}/reset-password?token=${token}`;
  const mail = renderResetPasswordMail({ resetUrl, hoursValid: 1 });
  await sendAccountMail(deps, { mail: { to: email, ...mail }, purpose: "reset", token });
}
