import type { ReportLanguage } from "#core/report/report-model.ts";
import { reportWords } from "#rendering/words/report-voice.ts";
import { oneLine } from "./escape-html.ts";
import type { RenderedMail } from "./mail-layout.ts";
import { renderActionMail } from "./render-account-mail.ts";

/**
 * Asks someone outside an account, once, whether they want its reports, in the language of these; nothing is sent before
 * they agree.
 */
export function renderAskAddressMail(facts: {
  accountName: string;
  language: ReportLanguage;
  /** Who wants to send them what; null when that is not known any more. */
  askedBy: string | null;
  askedFor: string | null;
  questionUrl: string;
  daysValid: number;
}): RenderedMail {
  const { question } = reportWords(facts.language).mail;
  const account = oneLine(facts.accountName);
  const sender = facts.askedBy === null ? account : question.sender(oneLine(facts.askedBy), account);
  const what = facts.askedFor === null ? question.reports : question.report(oneLine(facts.askedFor));
  const subject = question.subject(sender, what);
  return renderActionMail({
    subject,
    intro: question.intro(sender, what),
    button: question.yes,
    url: facts.questionUrl,
    ending: question.ending(facts.daysValid, account),
    reason: question.reason(sender),
    orOpen: question.orOpen,
    language: facts.language,
  });
}
