import { describe, expect, it } from "vitest";
import { REPORT_LANGUAGES, type ReportLanguage } from "#core/report/report-model.ts";
import type { RenderedMail } from "#rendering/mail/mail-layout.ts";
import { renderAskAddressMail } from "#rendering/mail/render-ask-address-mail.ts";

const URL = "https://app.waymark.example/confirm-address?token=abc&next=1";

function ask(
  language: ReportLanguage,
  given: Partial<Parameters<typeof renderAskAddressMail>[0]> = {},
): RenderedMail {
  return renderAskAddressMail({
    accountName: "Nordkost",
    language,
    askedBy: "Mara",
    askedFor: "Q3",
    questionUrl: URL,
    daysValid: 30,
    ...given,
  });
}

describe("the question whether somebody wants an account's reports", () => {
  it.each(REPORT_LANGUAGES)(
    "says who, what, for how long and how to say no, in %s and nothing else",
    (language) => {
      const { subject, html, text } = ask(language);
      expect(html).toContain(`<html lang="${language}"`);
      for (const body of [subject, text])
        for (const fact of ["Mara", "Nordkost", "Q3"]) expect(body).toContain(fact);
      expect(text).toContain("30");
      expect(text).toContain(`\n${URL}\n`);
      expect(html).toContain('href="https://app.waymark.example/confirm-address?token=abc&amp;next=1"');
      const isEnglish = /\b(you|report|address|link works)\b/i.test(text.replaceAll(URL, ""));
      expect(isEnglish).toBe(language === "en");
    },
  );

  it.each(REPORT_LANGUAGES)(
    "says so in %s where nobody knows any more who asked and for what",
    (language) => {
      const { subject, text } = ask(language, { askedBy: null, askedFor: null });
      expect(subject).toContain("Nordkost");
      expect(`${subject}${text}`).not.toMatch(/null|undefined|Mara|“”|„“|«»/);
    },
  );

  it("takes names as text, in one line", () => {
    const { subject, html } = ask("de", { askedBy: "a\r\nBcc: b@c.example", accountName: "<b>&Co" });
    expect(subject).not.toMatch(/[\r\n]/);
    expect(html).toContain("&lt;b&gt;&amp;Co");
    expect(html).not.toContain("<b>");
  });
});
