import { NOTICE_WORDS, type AlertMessage } from "#core/alerts/alert-message.ts";
import { sinceWords } from "#rendering/mail/render-alert-mail.ts";

const SIGNS = { fired: "🔴", reminder: "🟠", resolved: "🟢", test: "🔵" } as const;

/**
 * The body for an incoming webhook of Slack, and of what speaks its language (Mattermost, Discord's `/slack`): a text for
 * notifications, and blocks. https://api.slack.com/messaging/webhooks
 */
export function renderSlackMessage(message: AlertMessage): string {
  const { notice, title, text, url, runbookUrl } = message;
  const headline = `${SIGNS[notice]} ${NOTICE_WORDS[notice]}: ${title}`;
  const links = [
    `<${url}|Look at it>`,
    ...(runbookUrl === null ? [] : [`<${runbookUrl}|What to do>`]),
    ...(sinceWords(message) ?? "").split("\n").filter((line) => line !== ""),
  ];
  return JSON.stringify({
    text: escaped(`${headline}. ${text}`),
    blocks: [
      // A header takes plain text of 150 characters.
      { type: "header", text: { type: "plain_text", text: headline.slice(0, 150), emoji: true } },
      { type: "section", text: { type: "mrkdwn", text: escaped(text).slice(0, 3_000) } },
      { type: "context", elements: [{ type: "mrkdwn", text: links.join(" · ") }] },
    ],
  });
}

/** Slack's own three (https://api.slack.com/reference/surfaces/formatting#escaping): nobody is pinged by a site's name. */
function escaped(text: string): string {
  return text.replaceAll("&", "&amp;").replaceAll("<", "&lt;").replaceAll(">", "&gt;");
}
