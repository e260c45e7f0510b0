import { textOnAccent } from "#rendering/format/text-on-accent.ts";

import { escapeHtml } from "./escape-html.ts";

/** A mail as it is handed to the mailer: the same words in HTML and in plain text. */
export type RenderedMail = { subject: string; html: string; text: string };

export type MailPage = {
  /** Shown by mail programs beside the subject. */
  preview: string;
  heading: string;
  /** HTML, already escaped: rows of the content table. */
  rows: readonly string[];
  /** Why this mail came, in a sentence of plain text. */
  reason: string;
  /** Under the reason: where to choose what comes. */
  links?: readonly MailLink[];
  /** Whose mail it is, at the top; Waymark's own unless said. */
  brand?: MailBrand;
  /** BCP 47; English unless said. */
  language?: string;
};

export type MailLink = { label: string; url: string };

export type MailBrand = {
  name: string;
  /** `#rrggbb`, of the sign and the buttons. */
  accent: string;
  /** A line of plain text at the very end; null: none. */
  footer: string | null;
};

export const OWN_ACCENT = "#0d7474";
const OWN_BRAND: MailBrand = { name: "Waymark", accent: OWN_ACCENT, footer: null };

const FONT = "Inter,-apple-system,BlinkMacSystemFont,'Segoe UI',Roboto,Helvetica,Arial,sans-serif";

/** Mail programs read little CSS: styles stand in the elements; only dark mode and phones need the sheet. */
const STYLE = `
:root { color-scheme: light dark; supported-color-schemes: light dark; }
body { margin: 0; padding: 0; }
a { color: #0b6b6b; }
@media (max-width: 620px) {
  .outer { padding: 0 0 24px !important; }
  .card { width: 100% !important; border-radius: 0 !important; border-width: 0 0 1px !important; }
  .pad { padding-left: 20px !important; padding-right: 20px !important; }
  .pad-tiles { padding-left: 12px !important; padding-right: 12px !important; }
}
@media (max-width: 480px) {
  .wide { display: none !important; }
  .value { font-size: 17px !important; }
  .tile { padding: 10px 10px !important; }
}
@media (prefers-color-scheme: dark) {
  .page { background: #0c1117 !important; }
  .card { background: #131a22 !important; border-color: #242e3a !important; }
  .ink { color: #e8edf3 !important; }
  .ink-2 { color: #b0bbc9 !important; }
  .ink-3 { color: #8f9bab !important; }
  .tile { background: #0f151c !important; border-color: #242e3a !important; }
  .rule { border-color: #242e3a !important; }
  .test { background: #33290f !important; color: #f2cf7a !important; border-color: #5c4a17 !important; }
  .good { color: #5ccb8a !important; }
  .bad { color: #ff8f86 !important; }
  .quote { border-color: #364252 !important; }
  a.link { color: #4cc5bc !important; }
}`;

export function mailHtml(page: MailPage): string {
  const { preview, heading, rows, reason, links = [], brand = OWN_BRAND, language = "en" } = page;
  return `<!doctype html>
<html lang="${escapeHtml(language)}" dir="ltr" xmlns="http://www.w3.org/1999/xhtml">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
<meta name="supported-color-schemes" content="light dark">
<title>${escapeHtml(heading)}</title>
<style>${STYLE}</style>
</head>
<body class="page" style="margin:0;padding:0;background:#f2f4f7;">
<div style="display:none;max-height:0;overflow:hidden;opacity:0;">${escapeHtml(preview)}</div>
<table role="presentation" class="page" width="100%" cellpadding="0" cellspacing="0" style="background:#f2f4f7;">
<tr><td class="outer" align="center" style="padding:32px 12px;">
<table role="presentation" class="card" width="600" cellpadding="0" cellspacing="0" style="width:600px;max-width:600px;background:#ffffff;border:1px solid #e3e7ed;border-radius:10px;font-family:${FONT};">
<tr><td class="pad" style="padding:28px 40px 0;">${wordmark(brand)}</td></tr>
<tr><td class="pad ink" style="padding:24px 40px 0;font-size:24px;line-height:32px;font-weight:600;color:#131a24;word-break:break-word;">${isolated(heading)}</td></tr>
${rows.join("\n")}
<tr><td style="padding:0 0 32px;font-size:0;line-height:0;">&nbsp;</td></tr>
</table>
<table role="presentation" width="600" cellpadding="0" cellspacing="0" style="width:100%;max-width:600px;font-family:${FONT};">
<tr><td class="pad ink-3" style="padding:20px 40px 0;font-size:12px;line-height:18px;color:#606c7e;word-break:break-word;">${footerHtml({ reason, links, brand })}</td></tr>
</table>
</td></tr>
</table>
</body>
</html>
`;
}

/** A text of someone's own: in whatever direction it is written, it leaves that of its surroundings alone. */
export function isolated(text: string): string {
  return `<span dir="auto">${escapeHtml(text)}</span>`;
}

function footerHtml({
  reason,
  links,
  brand,
}: {
  reason: string;
  links: readonly MailLink[];
  brand: MailBrand;
}): string {
  const written = links.map(({ label, url }) => linkHtml(url, label));
  const lines = [escapeHtml(reason), ...(written.length === 0 ? [] : [written.join(" &nbsp;·&nbsp; ")])];
  return [...lines, ...(brand.footer === null ? [] : [isolated(brand.footer)])].join("<br>");
}

/** A paragraph; `html` is already escaped. */
export function paragraphRow(html: string, topPadding = 16): string {
  return `<tr><td class="pad ink-2" style="padding:${topPadding}px 40px 0;font-size:16px;line-height:25px;color:#455163;word-break:break-word;">${html}</td></tr>`;
}

/** The one thing to do, as a button that is a table cell, so that programs without styles show it too. */
export function buttonRow(label: string, url: string, accent = OWN_ACCENT): string {
  return `<tr><td class="pad" style="padding:24px 40px 0;">
<table role="presentation" cellpadding="0" cellspacing="0"><tr><td style="background:${accent};border-radius:6px;">
<a href="${escapeHtml(url)}" style="display:inline-block;padding:12px 22px;font-size:16px;line-height:20px;font-weight:600;color:${textOnAccent(accent)};text-decoration:none;">${escapeHtml(label)}</a>
</td></tr></table>
</td></tr>`;
}

export function smallRow(html: string): string {
  return `<tr><td class="pad ink-3" style="padding:16px 40px 0;font-size:13px;line-height:20px;color:#606c7e;word-break:break-word;">${html}</td></tr>`;
}

/** A link in a text; without a label it is its own address. */
export function linkHtml(url: string, label = url): string {
  return `<a class="link" href="${escapeHtml(url)}" style="color:#0b6b6b;">${escapeHtml(label)}</a>`;
}

function wordmark({ name, accent }: MailBrand): string {
  const [initial = ""] = Array.from(name.trim());
  const letter = name === OWN_BRAND.name ? "w" : initial.toUpperCase();
  return `<table role="presentation" cellpadding="0" cellspacing="0"><tr>
<td width="26" height="26" align="center" valign="middle" style="width:26px;height:26px;background:${accent};border-radius:7px;color:${textOnAccent(accent)};font-size:15px;line-height:26px;font-weight:600;">${escapeHtml(letter)}</td>
<td class="ink" style="padding-left:9px;font-size:16px;line-height:26px;font-weight:600;color:#131a24;">${isolated(name)}</td>
</tr></table>`;
}
