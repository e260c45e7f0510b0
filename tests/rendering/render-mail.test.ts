import { describe, expect, it } from "vitest";

import { renderConfirmEmailMail, renderResetPasswordMail } from "#rendering/mail/render-account-mail.ts";

import { renderMailOf } from "./render-mail-of.ts";
import { sampleReport } from "./sample-report.ts";

const EVIL = `<script>alert("x")</script> & 'quotes'`;
const ESCAPED = "&lt;script&gt;alert(&quot;x&quot;)&lt;/script&gt; &amp; &#39;quotes&#39;";

describe("the mail of a report", () => {
  it("says title and days in the subject, and the summary and every KPI in both bodies", () => {
    const { subject, html, text } = renderMailOf(sampleReport());
    expect(subject).toBe("Spring launch in November: 1–30 November 2026");
    for (const body of [html, text]) {
      for (const figure of [
        "€12,578.05",
        "€3,023.06",
        "4.16×",
        "276",
        "7,705",
        "up 15%",
        "down 4.2%",
        "Average order",
      ]) {
        expect(body).toContain(figure);
      }
      expect(body).toContain("The full report is attached as a PDF.");
    }
    expect(text).toContain("Revenue: €12,578.05 (↑ up 15%)");
    expect(text).toContain("Open in Waymark: https://app.waymark.example/reports/rep_1?a=1&b=2");
    expect(html).toContain('href="https://app.waymark.example/reports/rep_1?a=1&amp;b=2"');
  });

  it("escapes every text that a user wrote", () => {
    const model = sampleReport({ title: EVIL, siteName: EVIL, campaignName: EVIL, preparedFor: EVIL });
    const kpis = model.kpis.map((kpi) => ({ ...kpi, label: EVIL }));
    const { html } = renderMailOf({ ...model, kpis }, { sender: EVIL, note: EVIL });
    expect(html).not.toContain("<script");
    expect(html).not.toContain('alert("x")');
    expect(html.split(ESCAPED).length).toBeGreaterThan(5);
  });

  it("lets no name break out of the subject line", () => {
    const { subject, text } = renderMailOf(
      sampleReport({ title: "Hello\r\nBcc: everyone@example.com\u2028x" }),
    );
    expect(subject).toContain("Hello Bcc: everyone@example.com x");
    expect(subject).not.toMatch(/[\r\n\u2028]/);
    expect(text.split("\n").some((line) => line.startsWith("Bcc:"))).toBe(false);
  });

  it("keeps the line breaks of the sender's note and leaves an empty note out", () => {
    expect(renderMailOf(sampleReport(), { note: "Hi,\nlook at <this>." }).html).toContain(
      "Hi,<br>look at &lt;this&gt;.",
    );
    expect(renderMailOf(sampleReport(), { note: "  " }).html).not.toContain("quote ink-2");
  });

  it("gives the reason instead of a figure that has no base", () => {
    const model = sampleReport();
    const kpis = model.kpis.map((kpi) => ({
      ...kpi,
      value: null,
      previous: null,
      reason: "no_spend" as const,
    }));
    const { text } = renderMailOf({ ...model, kpis });
    expect(text).toContain("ROAS: – (Nothing spent in these days: add spend to see it)");
  });

  it("offers no link to readers without a seat, and claims no attachment that is not there", () => {
    const { html, text } = renderMailOf(sampleReport(), { reportUrl: null, attached: [] });
    for (const body of [html, text]) {
      expect(body).not.toContain("Open in Waymark");
      expect(body).not.toContain("attached");
    }
  });

  it("loads nothing from anywhere and follows nobody", () => {
    const { html } = renderMailOf(sampleReport());
    expect(html).not.toMatch(/<img|<link|<script|@import|url\(/);
    expect(
      html.match(/https?:\/\/[^"<\s]+/g)?.filter((url) => !url.startsWith("https://app.waymark.example")),
    ).toEqual(["http://www.w3.org/1999/xhtml"]);
  });

  it("is one table that fits a phone and knows the dark", () => {
    const { html } = renderMailOf(sampleReport());
    expect(html).toContain('<meta name="color-scheme" content="light dark">');
    expect(html).toContain("@media (max-width: 620px)");
    expect(html).toContain("@media (prefers-color-scheme: dark)");
    expect(html.match(/<table/g)?.length).toBe(html.match(/<\/table>/g)?.length);
    expect(html.match(/<td/g)?.length).toBe(html.match(/<\/td>/g)?.length);
  });
});

describe("the mails of an account", () => {
  const url = "https://app.waymark.example/confirm?token=a&next=b";

  it("carries the confirmation link in both bodies, with how long it works", () => {
    const { subject, html, text } = renderConfirmEmailMail({ confirmUrl: url, hoursValid: 48 });
    expect(subject).toBe("Confirm your e-mail address");
    expect(html).toContain('href="https://app.waymark.example/confirm?token=a&amp;next=b"');
    expect(text).toContain(`\n${url}\n`);
    expect(text).toContain("48 hours");
  });

  it("carries the reset link in both bodies, with how long it works and what to do if it was not you", () => {
    const { subject, html, text } = renderResetPasswordMail({ resetUrl: url, hoursValid: 1 });
    expect(subject).toBe("Choose a new password");
    expect(html).toContain("one hour");
    expect(text).toContain(`\n${url}\n`);
    expect(text).toContain("your password stays as it is");
  });

  it("cannot be made to carry markup by its link", () => {
    const { html } = renderConfirmEmailMail({ confirmUrl: `https://x.example/"><script>`, hoursValid: 1 });
    expect(html).not.toContain("<script>");
  });
});
