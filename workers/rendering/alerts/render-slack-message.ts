import { NOTICE_WORDS, type AlertMessage } from "#core/alerts/alert-message.ts";
import { sinceWords } from "#rendering/mail/render-alert-mail.ts";

/** What Slack takes of plain text in a header, and of markup in a section. */
const MOST_HEADER = 150;
const MOST_SECTION = 3_000;

const SIGNS = { fired: "🔴", reminder: "🟠", resolved: "🟢", test: "🔵" } as const;

/**
 * The body for an incoming webhook of Slack, and of what speaks its language (Mattermost, Discord's `/slack`): a text for
 * notifications, and blocks. https://api.slack.com/messaging/webhooks
 */
export function renderSlackMessage(message: AlertMessage): string {
  const { notice, title, text, url, runbookUrl } = message;
  const headline = `${SIGNS[notice]} ${NOTICE_WORDS[notice]}: ${title}`;
  const links = [
    `<${escaped(url)}|Look at it>`,
    ...(runbookUrl === null ? [] : [`<${escaped(runbookUrl)}|What to do>`]),
    ...(sinceWords(message) ?? "").split("\n").filter((line) => line !== ""),
  ];
  return JSON.stringify({
    text: escaped(`${headline}. ${text}`),
    blocks: [
      { type: "header", text: { type: "plain_text", text: cut(headline, MOST_HEADER), emoji: true } },
      { type: "section", text: { type: "mrkdwn", text: cut(text, MOST_SECTION, escaped) } },
      { type: "context", elements: [{ type: "mrkdwn", text: links.join(" · ") }] },
    ],
  });
}

/** Slack's own three (https://api.slack.com/reference/surfaces/formatting#escaping): nobody is pinged by a site's name. */
function escaped(text: string): string {
  return text.replaceAll("&", "&amp;").replaceAll("<", "&lt;").replaceAll(">", "&gt;");
}

/** As many whole characters as fit in UTF-16 units once they are written so, and an ellipsis where not all do. */
function cut(text: string, most: number, write: (text: string) => string = (same) => same): string {
  const written = write(text);
  if (written.length <= most) return written;
  let kept = "";
  for (const character of text) {
    const next = kept + write(character);
    if (next.length >= most) break;
    kept = next;
  }
  return `${kept}…`;
}
