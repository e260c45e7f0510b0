import { escapeHtml, oneLine } from "./escape-html.ts";
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

/** Asks someone outside an account, once, whether they want its reports; nothing is sent before they agree. */
export function renderAskAddressMail(facts: {
  accountName: string;
  /** Who wants to send them what; null when that is not known any more. */
  askedBy: string | null;
  askedFor: string | null;
  questionUrl: string;
  daysValid: number;
}): RenderedMail {
  const account = oneLine(facts.accountName);
  const sender = facts.askedBy === null ? account : `${oneLine(facts.askedBy)} of ${account}`;
  const what = facts.askedFor === null ? "reports" : `the report “${oneLine(facts.askedFor)}”`;
  return renderAccountMail({
    subject: `${sender} wants to send you ${what}`,
    intro: `${sender} wants to send you ${what} by Waymark. It is sent once you agree, and a link in each mail ends it.`,
    button: "Yes, send it",
    url: facts.questionUrl,
    ending: `The link works for ${facts.daysValid} days. If you do not want it, leave this mail, or open the link and say no: then nobody of ${account} can ask again.`,
    reason: `You get this mail because ${sender} gave your address to Waymark, which makes their reports.`,
  });
}

function renderAccountMail({ subject, intro, button, url, ending, reason }: AccountMail): RenderedMail {
  const html = mailHtml({
    preview: intro,
    heading: subject,
    rows: [
      paragraphRow(escapeHtml(intro)),
      buttonRow(button, url),
      smallRow(`Or open this address: ${linkHtml(url)}`),
      smallRow(escapeHtml(ending)),
    ],
    reason,
  });
  const text = `${subject}\n\n${intro}\n\n${url}\n\n${ending}\n\n-- \n${reason}\n`;
  return { subject, html, text };
}

function hours(count: number): string {
  return count === 1 ? "one hour" : `${count} hours`;
}
