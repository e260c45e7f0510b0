import { renderConfirmEmailMail } from "#rendering/mail/render-account-mail.ts";
import type { AccountDeps } from "#usecases/deps.ts";
import { sendAccountMail } from "./send-account-mail.ts";

const HOUR_MS = 3_600_000;
const HOURS_VALID = 48;
export const CONFIRM_LIFETIME_MS = HOURS_VALID * HOUR_MS;

/** Mails the link that confirms an address. */
export async function mailConfirmation(
  deps: AccountDeps,
  { email, token }: { email: string; token: string },
): Promise<void> {
  const confirmUrl = `${deps.settings.appOrigin}/confirm?token=${token}`;
  const mail = renderConfirmEmailMail({ confirmUrl, hoursValid: HOURS_VALID });
  await sendAccountMail(deps, { mail: { to: email, ...mail }, purpose: "confirm", token });
}
