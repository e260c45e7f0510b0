import { describe, expect, it } from "vitest";
import type { AlertMessage } from "#core/alerts/alert-message.ts";
import { isClean } from "#core/text/clean-text.ts";
import { renderSlackMessage } from "#rendering/alerts/render-slack-message.ts";
import { renderAlertMail } from "#rendering/mail/render-alert-mail.ts";

const CHANNELS = { channelsUrl: "https://app.waymark.example/alerts?tab=channels" };
const EVIL = `<!channel> <script>alert("x")</script> & Söhne`;

function message(given: Partial<AlertMessage> = {}): AlertMessage {
  return {
    notice: "fired",
    alertId: "alt_1",
    kind: "conversion-drop",
    title: "Fewer conversions than usual: Nordwind",
    text: "18 conversions from 10:00 to 13:00; these hours usually have 60.",
    at: "2026-03-11T13:05:00.000Z",
    firedAt: "2026-03-11T13:05:00.000Z",
    resolvedAt: null,
    site: { id: "site_1", name: "Nordwind" },
    url: "https://app.waymark.example/?site=site_1&from=2026-03-11",
    runbookUrl: "https://app.waymark.example/docs/runbooks/conversion-drop",
    facts: null,
    ...given,
  };
}

describe("the mail of an alert", () => {
  it("says what, the facts, since when, where to look and what to do, in both bodies", () => {
    const { subject, html, text } = renderAlertMail(message(), CHANNELS);
    expect(subject).toBe("Alert: Fewer conversions than usual: Nordwind");
    for (const body of [html, text]) {
      expect(body).toContain("18 conversions from 10:00 to 13:00; these hours usually have 60.");
      expect(body).toContain("Since 2026-03-11 13:05 UTC.");
      expect(body).toContain("https://app.waymark.example/docs/runbooks/conversion-drop");
      expect(body).toContain(CHANNELS.channelsUrl);
    }
    expect(text).toContain("\n\nhttps://app.waymark.example/?site=site_1&from=2026-03-11\n\n");
    expect(html).toContain('href="https://app.waymark.example/?site=site_1&amp;from=2026-03-11"');
  });

  it.each([
    ["resolved", "Over", "2026-03-11 13:05 UTC, over at 2026-03-11 14:00 UTC."],
    ["reminder", "Still going on", "Since 2026-03-11 13:05 UTC."],
  ] as const)("that is %s says so", (notice, words, since) => {
    const resolvedAt = notice === "resolved" ? "2026-03-11T14:00:00.000Z" : null;
    const { subject, text } = renderAlertMail(message({ notice, resolvedAt }), CHANNELS);
    expect(subject).toBe(`${words}: Fewer conversions than usual: Nordwind`);
    expect(text).toContain(since);
  });

  it("of a test tells of nothing that was wrong, and of nothing to do", () => {
    const { subject, html, text } = renderAlertMail(
      message({ notice: "test", title: "Ops", firedAt: null, runbookUrl: null }),
      CHANNELS,
    );
    expect(subject).toBe("Test: Ops");
    for (const body of [html, text]) expect(body).not.toMatch(/Since|What to do|runbooks/);
  });

  it("takes a name as text, in one line, and never as markup", () => {
    const { subject, html } = renderAlertMail(
      message({ title: `a\r\nBcc: x@example.org ${EVIL}`, text: EVIL }),
      CHANNELS,
    );
    expect(subject).not.toMatch(/[\r\n]/);
    expect(html).not.toContain("<script>");
    expect(html).toContain("&lt;script&gt;");
  });
});

type Block = { type: string; text?: { type: string; text: string }; elements?: { text: string }[] };
type SlackMessage = { text: string; blocks: Block[] };

function slack(given: Partial<AlertMessage> = {}): SlackMessage {
  return JSON.parse(renderSlackMessage(message(given))) as SlackMessage;
}

describe("the message to Slack", () => {
  it("is a text for notifications, a headline, the facts, and links to the view and the runbook", () => {
    expect(slack()).toEqual({
      text: "🔴 Alert: Fewer conversions than usual: Nordwind. 18 conversions from 10:00 to 13:00; these hours usually have 60.",
      blocks: [
        {
          type: "header",
          text: { type: "plain_text", text: "🔴 Alert: Fewer conversions than usual: Nordwind", emoji: true },
        },
        {
          type: "section",
          text: { type: "mrkdwn", text: "18 conversions from 10:00 to 13:00; these hours usually have 60." },
        },
        {
          type: "context",
          elements: [
            {
              type: "mrkdwn",
              text:
                "<https://app.waymark.example/?site=site_1&amp;from=2026-03-11|Look at it> · " +
                "<https://app.waymark.example/docs/runbooks/conversion-drop|What to do> · Since 2026-03-11 13:05 UTC.",
            },
          ],
        },
      ],
    });
  });

  it("pings nobody and links nowhere by a name", () => {
    const { text, blocks } = slack({ title: EVIL, text: EVIL });
    for (const said of [text, blocks[1]?.text?.text ?? ""]) {
      expect(said).toContain("&lt;!channel&gt; &lt;script&gt;");
      expect(said).not.toMatch(/<(?!https:)/);
    }
    // A headline is plain text, in which Slack reads no markup.
    expect(blocks[0]?.text?.type).toBe("plain_text");
  });

  it("keeps to Slack's lengths, and cuts no character in two", () => {
    const { blocks } = slack({ title: "🚀".repeat(200), text: "<".repeat(2_999) });
    const [header, section] = blocks;
    expect(header?.text?.text.length).toBeLessThanOrEqual(150);
    expect(isClean(header?.text?.text ?? "")).toBe(true);
    expect(section?.text?.text.length).toBeLessThanOrEqual(3_000);
    expect(section?.text?.text).toMatch(/^(?:&lt;)+…$/);
  });
});
