import { escapeHtml } from "./escape-html.ts";
import { buttonRow, linkHtml, mailHtml, paragraphRow, smallRow } from "./mail-layout.ts";
import type { RenderedMail } from "./mail-layout.ts";

/** What a mail says that asks for one thing: what to do, until when, and what if it was not you. */
export type ActionMail = {
  subject: string;
  intro: string;
  button: string;
  url: string;
  ending: string;
  reason: string;
  /** English unless said. */
  orOpen?: string;
  /** BCP 47; English unless said. */
  language?: string;
};

/** Asks a new user to confirm the address. */
export function renderConfirmEmailMail(facts: { confirmUrl: string; hoursValid: number }): RenderedMail {
  return renderActionMail({
    subject: "Confirm your e-mail address",
    intro:
      "You made a Waymark account with this address. Confirm it, so that Waymark may send your reports to other people.",
    button: "Confirm address",
    url: facts.confirmUrl,
    ending: `The link works once, for ${hours(facts.hoursValid)}. If you did not make an account, leave it: nothing else will happen.`,
    reason: "You get this mail because someone signed up for Waymark with this address.",
  });
}

/** Lets a user choose a new password. */
export function renderResetPasswordMail(facts: { resetUrl: string; hoursValid: number }): RenderedMail {
  return renderActionMail({
    subject: "Choose a new password",
    intro: "Someone, most likely you, asked to reset the password of your Waymark account.",
    button: "Choose a new password",
    url: facts.resetUrl,
    ending: `The link works once, for ${hours(facts.hoursValid)}. If it was not you, leave it: your password stays as it is.`,
    reason: "You get this mail because a password reset was asked for this address.",
  });
}

/** The one thing as a button, and as an address for programs that show none. */
export function renderActionMail(mail: ActionMail): RenderedMail {
  const { subject, intro, button, url, ending, reason, orOpen = "Or open this address:", language } = mail;
  const html = mailHtml({
    preview: intro,
    heading: subject,
    rows: [
      paragraphRow(escapeHtml(intro)),
      buttonRow(button, url),
      smallRow(`${escapeHtml(orOpen)} ${linkHtml(url)}`),
      smallRow(escapeHtml(ending)),
    ],
    reason,
    ...(language === undefined ? {} : { language }),
  });
  const text = `${subject}\n\n${intro}\n\n${url}\n\n${ending}\n\n-- \n${reason}\n`;
  return { subject, html, text };
}

function hours(count: number): string {
  return count === 1 ? "one hour" : `${count} hours`;
}
