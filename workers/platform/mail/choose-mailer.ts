import { cloudflareMailer, type SendEmailBinding } from "./cloudflare-mailer.ts";
import type { Mailer } from "./mailer.ts";
import { postmarkMailer } from "./postmark-mailer.ts";
import { resendMailer } from "./resend-mailer.ts";

/** What a Worker's configuration says about mail. */
export type MailEnv = {
  /** `resend` when absent or empty, `postmark` or `cloudflare`. */
  MAIL_PROVIDER?: string;
  MAIL_FROM: string;
  /** Of Resend or Postmark. */
  MAIL_API_KEY?: string;
  /** Local stack only: the mail catcher. */
  MAIL_API_URL?: string;
  /** Mails a second that were agreed with the provider; its own figure when absent or empty. */
  MAIL_PER_SECOND?: string;
  /** Of `cloudflare`. */
  EMAIL?: SendEmailBinding;
};

/** The mail provider that the configuration names. Throws when it names none that could send. */
export function chooseMailer(env: MailEnv): Mailer {
  const perSecond = perSecondOf(env.MAIL_PER_SECOND);
  const http = {
    apiKey: env.MAIL_API_KEY ?? "",
    from: env.MAIL_FROM,
    apiUrl: env.MAIL_API_URL,
    perSecond,
  };
  switch (env.MAIL_PROVIDER || "resend") {
    case "resend":
      return resendMailer(http);
    case "postmark":
      return postmarkMailer(http);
    case "cloudflare":
      if (!env.EMAIL) throw new Error("MAIL_PROVIDER cloudflare needs a send_email binding called EMAIL");
      return cloudflareMailer({ binding: env.EMAIL, from: env.MAIL_FROM, perSecond });
    default:
      throw new Error(`MAIL_PROVIDER is none of resend, postmark, cloudflare: "${env.MAIL_PROVIDER}"`);
  }
}

function perSecondOf(text: string | undefined): number | undefined {
  if (!text) return undefined;
  const perSecond = Number(text);
  if (!(perSecond > 0)) throw new Error(`MAIL_PER_SECOND is not a number above 0: "${text}"`);
  return perSecond;
}
