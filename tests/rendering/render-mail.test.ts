import { describe, expect, it } from "vitest";

import type { ReportModel } from "#core/report/report-model.ts";
import { textOnAccent } from "#rendering/format/text-on-accent.ts";
import { renderConfirmEmailMail, renderResetPasswordMail } from "#rendering/mail/render-account-mail.ts";

import { renderMailOf } from "./render-mail-of.ts";
import { sampleReport, sumFigures } from "./sample-report.ts";

const EVIL = `<script>alert("x")</script> & 'quotes'`;
const ESCAPED = "&lt;script&gt;alert(&quot;x&quot;)&lt;/script&gt; &amp; &#39;quotes&#39;";

/** Figures of every account of the sample, as they stand in the mail. */
const FIGURES = ["€12,578.05", "€3,023.06", "4.16×", "276", "7,705", "up 15%", "down 4.2%", "Average order"];

function withCampaigns(names: readonly string[]): ReportModel {
  const model = sampleReport();
  const [first] = model.campaigns?.rows ?? [];
  if (first === undefined) throw new Error("The sample has campaigns");
  const rows = names.map((name) => ({ ...first, name }));
  return { ...model, campaigns: { rows, totals: sumFigures(rows) } };
}

describe("the mail of a report", () => {
  it("says title and days in the subject, and the summary and every KPI in both bodies", () => {
    const { subject, html, text } = renderMailOf(sampleReport());
    expect(subject).toBe("Spring launch in November: 1–30 November 2026");
    for (const body of [html, text]) {
      for (const figure of FIGURES) expect(body).toContain(figure);
      expect(body).toContain("The full report is attached (PDF).");
    }
    expect(text).toContain("Revenue: €12,578.05 (↑ up 15%)");
    expect(text).toContain("Open in Waymark: https://app.waymark.example/reports/rep_1?a=1&b=2");
    expect(html).toContain('href="https://app.waymark.example/reports/rep_1?a=1&amp;b=2"');
  });

  it("is the same to the byte for the same facts", () => {
    expect(renderMailOf(sampleReport())).toEqual(renderMailOf(sampleReport()));
  });

  it("speaks the report's language, and tells mail programs which it is", () => {
    const { subject, html, text } = renderMailOf(sampleReport({ language: "de", locale: "de-DE" }));
    expect(subject).toBe("Spring launch in November: 1.–30. November 2026");
    expect(html).toContain('<html lang="de" dir="ltr"');
    for (const body of [html, text]) {
      expect(body).toContain("12.578,05");
      expect(body).toContain("Der vollständige Bericht ist angehängt (PDF).");
      expect(body).not.toMatch(/attached|Unsubscribe|Open in/);
    }
  });

  it("takes the sender's subject, and the usual one for an empty one", () => {
    expect(renderMailOf(sampleReport(), { subject: "Your numbers,\r\nBcc: all" }).subject).toBe(
      "Your numbers, Bcc: all",
    );
    expect(renderMailOf(sampleReport(), { subject: "  " }).subject).toContain("Spring launch in November");
  });

  it("gives a figure's interval with it, in both bodies", () => {
    const model = sampleReport();
    const kpis = model.kpis.map((kpi, index) =>
      index === 0 ? { ...kpi, interval: { low: 1_100_000, high: 1_400_000 } } : kpi,
    );
    const { html, text } = renderMailOf({ ...model, kpis });
    expect(html).toContain("€11,000 – €14,000");
    expect(text).toContain("Revenue: €12,578.05 (↑ up 15%; €11,000 – €14,000)");
  });

  it("shows the first five campaigns with what they cost and brought, and counts the rest", () => {
    const { html, text } = renderMailOf(
      withCampaigns(["A", "B", "C", "D", "E", "F", "G"].map((name) => `Camp ${name}`)),
    );
    for (const body of [html, text]) {
      expect(body).toContain("Camp E");
      expect(body).not.toContain("Camp F");
      expect(body).toContain("and 2 more rows");
    }
    expect(text).toMatch(/- Camp A: Spend €[\d,.]+, Revenue €[\d,.]+, ROAS [\d.]+×/);
  });

  it("shows sites where there are no campaigns, and no table of one row", () => {
    const site = { ...sumFigures(sampleReport().days), name: "one.example", previousRevenueMinor: null };
    const rows = [
      { ...site, leftOutCurrency: null },
      { ...site, name: "two.example", leftOutCurrency: "CHF" },
    ];
    const sites = { rows, totals: sumFigures(rows) };
    const { text } = renderMailOf(sampleReport({ campaigns: null, sites }));
    expect(text).toContain("- one.example: Visitors 7,706");
    expect(text).toContain("Revenue money in CHF, no rate");
    expect(renderMailOf(withCampaigns(["Only"])).text).not.toContain("- Only");
  });

  it("links files that are too large for a mail, says until when, and claims nothing that is not attached", () => {
    const linked = {
      formats: ["pdf", "xlsx"] as const,
      url: "https://app.example/s/x?a=1&b=2",
      endsOn: "2027-01-02",
    };
    const { html, text } = renderMailOf(sampleReport(), { attached: [], linked });
    expect(text).toContain(
      "The full report (PDF, XLSX) is too large for a mail: download it here. The link works until 2 Jan 2027.",
    );
    expect(text).toContain("Download the report: https://app.example/s/x?a=1&b=2");
    expect(html).toContain('href="https://app.example/s/x?a=1&amp;b=2"');
    for (const body of [html, text]) expect(body).not.toContain("attached");
  });

  it("offers no link to readers without a seat", () => {
    const { html, text } = renderMailOf(sampleReport(), { reportUrl: null, attached: [] });
    for (const body of [html, text]) {
      expect(body).not.toContain("Open in Waymark");
      expect(body).not.toContain("attached");
    }
  });

  it("says in both bodies why it came, and where to end it or choose", () => {
    const { html, text } = renderMailOf(sampleReport(), { schedule: "Monday numbers" });
    expect(text).toContain('Ada Lovelace put you on the schedule "Monday numbers" in Waymark.');
    expect(text).toContain("Unsubscribe: https://app.waymark.example/unsubscribe?token=u&x=1");
    expect(text).toContain("Choose what you get: https://app.waymark.example/mail-preferences?token=u");
    expect(html).toContain('href="https://app.waymark.example/unsubscribe?token=u&amp;x=1"');
    expect(html).toContain('href="https://app.waymark.example/mail-preferences?token=u"');
    expect(renderMailOf(sampleReport()).text).toContain("Ada Lovelace sent you this report of shop.example");
  });

  it("says of a test that it is one, and of nothing else", () => {
    for (const body of Object.values(renderMailOf(sampleReport(), { isTest: true })).slice(1)) {
      expect(body).toContain("This is a test");
    }
    expect(renderMailOf(sampleReport()).html).not.toContain("This is a test");
  });

  it("wears the account's name, accent and footer, with letters that can be read on any accent", () => {
    const branding = { logoKey: null, accent: "#ffe14d", footer: "Aegean Coffee · Piraeus" };
    const { html, text } = renderMailOf(sampleReport({ branding }));
    expect(html).toContain("background:#ffe14d;border-radius:7px;color:#131a24;");
    expect(html).not.toContain("#0d7474");
    for (const body of [html, text]) expect(body).toContain("Aegean Coffee · Piraeus");
    expect(textOnAccent("#0d7474")).toBe("#ffffff");
    expect(textOnAccent("#ffffff")).toBe("#131a24");
    expect(textOnAccent("#000000")).toBe("#ffffff");
  });

  it("escapes every text that a user wrote", () => {
    const model = sampleReport({
      ...withCampaigns([EVIL, EVIL]),
      title: EVIL,
      siteName: EVIL,
      accountName: EVIL,
      campaignNames: [EVIL],
      preparedFor: EVIL,
      branding: { logoKey: null, accent: null, footer: EVIL },
    });
    const { html } = renderMailOf(model, { sender: EVIL, note: EVIL, schedule: EVIL });
    expect(html).not.toContain("<script");
    expect(html).not.toContain('alert("x")');
    expect(html.split(ESCAPED).length).toBeGreaterThan(9);
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

  it("lets names and notes that run from right to left leave the rest as it is", () => {
    const { html } = renderMailOf(withCampaigns(["حملة الربيع", "קמפיין"]), { note: "שלום" });
    expect(html).toContain('<span dir="auto">حملة الربيع</span>');
    expect(html).toContain('<div dir="auto" class="quote');
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

  it("loads nothing from anywhere and follows nobody", () => {
    const { html } = renderMailOf(sampleReport());
    expect(html).not.toMatch(/<img|<link|<script|@import|url\(/);
    expect(
      html.match(/https?:\/\/[^"<\s]+/g)?.filter((url) => !url.startsWith("https://app.waymark.example")),
    ).toEqual(["http://www.w3.org/1999/xhtml"]);
  });

  it("is one table that fits a phone and knows the dark", () => {
    const { html } = renderMailOf(withCampaigns(["One", "Two"]), { isTest: true, note: "Hi" });
    expect(html).toContain('<meta name="color-scheme" content="light dark">');
    expect(html).toContain("@media (max-width: 620px)");
    expect(html).toContain("@media (prefers-color-scheme: dark)");
    for (const tag of ["table", "tr", "td", "th", "div", "span", "a"]) {
      const opened = html.match(new RegExp(`<${tag}[ >]`, "g"))?.length;
      expect(`${tag} ${html.match(new RegExp(`</${tag}>`, "g"))?.length}`).toBe(`${tag} ${opened}`);
    }
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
