import { NOTICE_WORDS, type AlertMessage } from "#core/alerts/alert-message.ts";
import { escapeHtml, oneLine } from "./escape-html.ts";
import { buttonRow, linkHtml, mailHtml, paragraphRow, smallRow, type RenderedMail } from "./mail-layout.ts";

/** The mail of an alert: what, the facts, since when, one button to the view, and what to do. In English. */
export function renderAlertMail(
  message: AlertMessage,
  { channelsUrl }: { channelsUrl: string },
): RenderedMail {
  const { notice, title, text, url, runbookUrl } = message;
  const subject = oneLine(`${NOTICE_WORDS[notice]}: ${title}`);
  const when = sinceWords(message);
  const reason =
    "You get this mail because your address is a channel of alerts in Waymark. It is sent once for each time something is wrong, and once when it is over.";
  const html = mailHtml({
    preview: text,
    heading: subject,
    rows: [
      paragraphRow(escapeHtml(text)),
      ...(when === null ? [] : [smallRow(escapeHtml(when))]),
      buttonRow("Look at it", url),
      ...(runbookUrl === null ? [] : [smallRow(`What to do: ${linkHtml(runbookUrl)}`)]),
    ],
    reason,
    links: [{ label: "Rules, channels and quiet hours", url: channelsUrl }],
  });
  const lines = [
    subject,
    text,
    ...(when === null ? [] : [when]),
    url,
    ...(runbookUrl === null ? [] : [`What to do: ${runbookUrl}`]),
    `-- \n${reason}\n${channelsUrl}`,
  ];
  return { subject, html, text: `${lines.join("\n\n")}\n` };
}

/** Since when it is, or how long it was. */
export function sinceWords({
  firedAt,
  resolvedAt,
}: Pick<AlertMessage, "firedAt" | "resolvedAt">): string | null {
  if (firedAt === null) return null;
  const since = `Since ${clock(firedAt)} UTC`;
  return resolvedAt === null ? `${since}.` : `${since}, over at ${clock(resolvedAt)} UTC.`;
}

function clock(instant: string): string {
  return instant.slice(0, 16).replace("T", " ");
}
