import type { MailMessage } from "#platform/mail/mailer.ts";
import type { AccountDeps } from "#usecases/deps.ts";

export type AccountMail = { mail: MailMessage; purpose: "confirm" | "reset"; token: string };

/**
 * Sends a mail about an account, once for each token. A failure is told to the operators; the person can ask for
 * another mail, and the answer does not wait for this one.
 */
export async function sendAccountMail(
  deps: AccountDeps,
  { mail, purpose, token }: AccountMail,
): Promise<void> {
  const sent = await deps.mailer.send(mail, `${purpose}:${deps.tokens.hash(token)}`);
  if (!sent.ok) deps.log("error", "account_mail_failed", { purpose, failure: sent.error.kind });
}
