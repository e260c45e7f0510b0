import { buttonRow, linkHtml, mailHtml, paragraphRow, smallRow } from "./mail-layout.ts";
import type { RenderedMail } from "./mail-layout.ts";

/** What both mails about an account say: one thing to do, until when, and what if it was not you. */
type AccountMail = {
  subject: string;
  intro: string;
  button: string;
  url: string;
  ending: string;
  reason: string;
};

/** Asks a new user to confirm the address. */
export function renderConfirmEmailMail(facts: { confirmUrl: string; hoursValid: number }): RenderedMail {
  return renderAccountMail({
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
  return renderAccountMail({
    subject: "Choose a new password",
    intro: "Someone, most likely you, asked to reset the password of your Waymark account.",
    button: "Choose a new password",
    url: facts.resetUrl,
    ending: `The link works once, for ${hours(facts.hoursValid)}. If it was not you, leave it: your password stays as it is.`,
    reason: "You get this mail because a password reset was asked for this address.",
  });
}

function renderAccountMail({ subject, intro, button, url, ending, reason }: AccountMail): RenderedMail {
  const html = mailHtml({
    preview: intro,
    heading: subject,
    rows: [
      paragraphRow(intro),
      buttonRow(button, url),
      smallRow(`Or open this address: ${linkHtml(url)}`),
      smallRow(ending),
    ],
    reason,
  });
  const text = `${subject}\n\n${intro}\n\n${url}\n\n${ending}\n\n-- \n${reason}\n`;
  return { subject, html, text };
}

function hours(count: number): string {
  return count === 1 ? "one hour" : `${count} hours`;
}
