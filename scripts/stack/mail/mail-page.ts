import type { Attachment, Message } from "./mail-store.ts";

const STYLE = `
:root { color-scheme: light dark; --ink: #1a2230; --soft: #5c6675; --line: #dde2e9; --ground: #f6f7f9; --card: #fff; --accent: #0f766e }
@media (prefers-color-scheme: dark) { :root { --ink: #e8ecf2; --soft: #9aa5b4; --line: #2b3442; --ground: #12171f; --card: #1a212c; --accent: #4fd1c5 } }
* { box-sizing: border-box }
body { margin: 0; font: 14px/1.5 Inter, system-ui, sans-serif; color: var(--ink); background: var(--ground) }
main { max-width: 960px; margin: 0 auto; padding: 32px 16px }
h1 { font-size: 20px; margin: 0 0 4px } p { margin: 0 0 24px; color: var(--soft) }
a { color: var(--accent) }
.card { background: var(--card); border: 1px solid var(--line); border-radius: 10px; overflow: hidden }
.row { display: grid; grid-template-columns: 1fr auto; gap: 2px 16px; padding: 12px 16px; text-decoration: none; color: inherit; border-top: 1px solid var(--line) }
.row:first-child { border-top: 0 } .row:hover, .row:focus-visible { background: var(--ground) }
.row b { font-weight: 600 } .row span, dt, time { color: var(--soft) } time { font-variant-numeric: tabular-nums }
dl { display: grid; grid-template-columns: auto 1fr; gap: 4px 16px; margin: 0; padding: 16px }
dd { margin: 0; overflow-wrap: anywhere }
iframe { display: block; width: 100%; height: 60vh; border: 0; border-top: 1px solid var(--line); background: #fff }
pre { margin: 0; padding: 16px; border-top: 1px solid var(--line); white-space: pre-wrap; overflow-wrap: anywhere; font: 13px/1.5 ui-monospace, monospace }
summary { padding: 12px 16px; cursor: pointer; border-top: 1px solid var(--line) }
.empty { padding: 48px 16px; text-align: center; color: var(--soft) }
`;

/** The list of caught mails; it looks for new ones by itself. */
export function listPage(messages: readonly Message[]): string {
  const rows = messages
    .map(
      (message) => `<a class="row" href="/messages/${message.id}">
        <b>${escape(message.subject)}</b>${time(message)}
        <span>to ${escape(message.to.join(", "))}</span><span>${attachmentCount(message)}</span></a>`,
    )
    .join("");
  const empty = `<div class="empty">No mail yet. What Waymark sends while it runs here arrives on this page, and nowhere else.</div>`;

  return page(
    "Caught mail",
    `<h1>Caught mail</h1><p>${messages.length} kept here; none has left this machine.</p>
     <div class="card">${rows === "" ? empty : rows}</div>`,
    `<meta http-equiv="refresh" content="5">`,
  );
}

export function messagePage(message: Message): string {
  const attachments = message.attachments.map((attachment, index) =>
    attachmentLink(message, attachment, index),
  );
  const facts: [string, string][] = [
    ["From", escape(message.from)],
    ["To", escape(message.to.join(", "))],
    ["Cc", escape(message.cc.join(", "))],
    ["Bcc", escape(message.bcc.join(", "))],
    ["Reply to", escape(message.replyTo.join(", "))],
    ["Received", time(message)],
    ["Attachments", attachments.join("<br>")],
  ];
  const list = facts
    .filter(([, value]) => value !== "")
    .map(([name, value]) => `<dt>${name}</dt><dd>${value}</dd>`);

  return page(
    message.subject,
    `<p><a href="/">← All mail</a></p><h1>${escape(message.subject)}</h1>
     <div class="card"><dl>${list.join("")}</dl>${bodyViews(message)}</div>`,
  );
}

/** The mail's own HTML. Its links open outside the frame, because the frame itself may do nothing. */
export function framedHtml(message: Message): string {
  return `<base target="_blank">${message.html ?? ""}`;
}

function bodyViews(message: Message): string {
  const frame = `<iframe title="The mail as its reader sees it" sandbox="allow-popups allow-popups-to-escape-sandbox" src="/messages/${message.id}/html"></iframe>`;
  const text = message.text === null ? "" : `<pre>${escape(message.text)}</pre>`;
  if (message.html === null) return text;
  return frame + (text === "" ? "" : `<details><summary>Plain text</summary>${text}</details>`);
}

function attachmentLink(message: Message, attachment: Attachment, index: number): string {
  const kilobytes = (attachment.size / 1024).toFixed(1);
  return `<a href="/messages/${message.id}/attachments/${index}">${escape(attachment.filename)}</a> (${kilobytes} kB)`;
}

function attachmentCount({ attachments }: Message): string {
  if (attachments.length === 0) return "";
  return attachments.length === 1 ? "1 attachment" : `${attachments.length} attachments`;
}

function time({ receivedAt }: Message): string {
  return `<time datetime="${receivedAt}">${receivedAt.replace("T", " ").slice(0, 19)} UTC</time>`;
}

function page(title: string, body: string, head = ""): string {
  return `<!doctype html><html lang="en"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width">
<title>${escape(title)}</title>${head}<style>${STYLE}</style></head><body><main>${body}</main></body></html>`;
}

function escape(text: string): string {
  return text
    .replaceAll("&", "&amp;")
    .replaceAll("<", "&lt;")
    .replaceAll(">", "&gt;")
    .replaceAll('"', "&quot;");
}
