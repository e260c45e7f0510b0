import type { ReportFormat } from "#core/report/report-format.ts";
import type { ReportModel } from "#core/report/report-model.ts";
import { headlinePhrases, headlineText } from "#rendering/words/headline.ts";
import { scopeNames } from "#rendering/words/names.ts";
import { reportVoice } from "#rendering/words/report-voice.ts";
import type { ReportVoice } from "#rendering/words/report-voice.ts";

import { escapeHtml, oneLine } from "./escape-html.ts";
import { kpiLines, kpiTiles } from "./kpi-rows.ts";
import {
  buttonRow,
  isolated,
  linkHtml,
  mailHtml,
  OWN_ACCENT,
  paragraphRow,
  smallRow,
} from "./mail-layout.ts";
import type { MailLink, RenderedMail } from "./mail-layout.ts";
import { topTableLines, topTableRows } from "./top-table.ts";

/** Everything the mail is made of: the same facts are the same mail, to the byte, as a retry under one key must be. */
export type ReportMailFacts = {
  model: ReportModel;
  /** Who had it sent, as the reader knows them: a name or an address. */
  sender: string;
  /** Words of the sender above the figures. */
  note: string | null;
  /** The sender's own; null: title and days. */
  subject: string | null;
  /** The schedule it is of; null: it was sent by hand. */
  schedule: string | null;
  /** Where members can open it; null for readers without a seat. */
  reportUrl: string | null;
  attached: readonly ReportFormat[];
  /** Files that are too large for a mail, and where they are; `endsOn`: the last day of that link, null for good. */
  linked: { formats: readonly ReportFormat[]; url: string; endsOn: string | null } | null;
  /** The page that ends these mails by a click of its own, and the page of choices; both without signing in. */
  unsubscribeUrl: string;
  preferencesUrl: string;
  /** A schedule's test, which went to whoever asked for it alone. */
  isTest: boolean;
};

/** The report in the mailbox: its summary and its figures in the body, so that few need to open a file. */
export function renderReportMail(facts: ReportMailFacts): RenderedMail {
  const { model } = facts;
  const voice = reportVoice(model);
  const { words, formats } = voice;
  const accent = model.branding.accent ?? OWN_ACCENT;
  const wanted = facts.subject?.trim() ?? "";
  const subject = oneLine(
    wanted === "" ? words.mail.subject(model.title, formats.range(model.range)) : wanted,
  );
  const html = mailHtml({
    language: model.language,
    brand: { name: oneLine(model.accountName), accent, footer: model.branding.footer },
    preview: headlineText(model, voice),
    heading: oneLine(model.title),
    rows: [
      paragraphRow(subtitleParts(model, voice).map(isolated).join(" · "), 6),
      ...(facts.isTest ? [testRow(words.mail.testMail)] : []),
      ...noteRows(facts.note),
      paragraphRow(headlineHtml(model, voice)),
      ...kpiTiles(model, voice),
      ...comparedWith(model, voice).map((line) => smallRow(escapeHtml(line))),
      ...topTableRows(model, voice),
      ...fileRows(facts, voice, accent),
      ...openRows(facts, words.mail.openInWaymark, accent),
    ],
    reason: reasonOf(facts, voice),
    links: footerLinks(facts, voice),
  });
  return { subject, html, text: reportText(facts, voice) };
}

function subtitleParts(model: ReportModel, { words, formats }: ReportVoice): string[] {
  const { preparedFor } = model;
  return [
    formats.range(model.range),
    ...scopeNames(model, words).map(oneLine),
    ...(preparedFor === null ? [] : [words.page.preparedFor(oneLine(preparedFor))]),
  ];
}

function testRow(words: string): string {
  return `<tr><td class="pad" style="padding:16px 40px 0;"><div class="test" style="background:#fff6dd;border:1px solid #ecd28a;border-radius:6px;padding:8px 12px;font-size:13px;line-height:20px;color:#6b4e00;">${escapeHtml(words)}</div></td></tr>`;
}

function noteRows(note: string | null): string[] {
  if (note === null || note.trim() === "") return [];
  const html = escapeHtml(note.trim()).replace(/\r\n|\r|\n/g, "<br>");
  return [
    `<tr><td class="pad" style="padding:20px 40px 0;"><div dir="auto" class="quote ink-2" style="border-left:3px solid #c3cbd7;padding:2px 0 2px 14px;font-size:16px;line-height:25px;color:#455163;word-break:break-word;">${html}</div></td></tr>`,
  ];
}

function headlineHtml(model: ReportModel, voice: ReportVoice): string {
  return headlinePhrases(model, voice)
    .map(({ text, isStrong }) =>
      isStrong
        ? `<strong dir="auto" class="ink" style="color:#131a24;">${escapeHtml(text)}</strong>`
        : escapeHtml(text),
    )
    .join("");
}

function comparedWith({ comparison }: ReportModel, { words, formats }: ReportVoice): string[] {
  return comparison === null ? [] : [words.change.comparedWith(formats.range(comparison))];
}

function fileRows(facts: ReportMailFacts, voice: ReportVoice, accent: string): string[] {
  const lines = fileLines(facts, voice).map((line) => paragraphRow(escapeHtml(line), 20));
  const { linked } = facts;
  return linked === null ? lines : [...lines, buttonRow(voice.words.mail.download, linked.url, accent)];
}

function fileLines({ attached, linked }: ReportMailFacts, { words, formats }: ReportVoice): string[] {
  const named = (files: readonly ReportFormat[]): string =>
    files.map((file) => file.toUpperCase()).join(", ");
  const lines = attached.length === 0 ? [] : [words.mail.attached(named(attached))];
  if (linked === null) return lines;
  const ends = linked.endsOn === null ? [] : [words.mail.linkEnds(formats.day(linked.endsOn))];
  return [...lines, [words.mail.linked(named(linked.formats)), ...ends].join(" ")];
}

/** One button is enough: beside that of a download it is a link. */
function openRows({ reportUrl, linked }: ReportMailFacts, label: string, accent: string): string[] {
  if (reportUrl === null) return [];
  return linked === null
    ? [buttonRow(label, reportUrl, accent)]
    : [paragraphRow(linkHtml(reportUrl, label), 14)];
}

function reasonOf({ model, sender, schedule }: ReportMailFacts, { words }: ReportVoice): string {
  const by = oneLine(sender);
  if (schedule !== null) return words.mail.scheduledBy(by, oneLine(schedule));
  return words.mail.sentBy(by, oneLine(model.siteName ?? model.accountName));
}

function footerLinks(
  { unsubscribeUrl, preferencesUrl }: ReportMailFacts,
  { words }: ReportVoice,
): MailLink[] {
  return [
    { label: words.mail.unsubscribe, url: unsubscribeUrl },
    { label: words.mail.preferences, url: preferencesUrl },
  ];
}

/** The same in plain text: whoever reads mail without HTML misses nothing. */
function reportText(facts: ReportMailFacts, voice: ReportVoice): string {
  const { model, note, linked, reportUrl } = facts;
  const { words } = voice;
  const footer = footerLinks(facts, voice).map(({ label, url }) => `${label}: ${url}`);
  const brandFooter = model.branding.footer === null ? [] : [oneLine(model.branding.footer)];
  const blocks = [
    facts.isTest ? words.mail.testMail : "",
    `${oneLine(model.title)}\n${subtitleParts(model, voice).join(" · ")}`,
    note?.trim() ?? "",
    oneLine(headlineText(model, voice)),
    kpiLines(model, voice).join("\n"),
    comparedWith(model, voice).join("\n"),
    topTableLines(model, voice).join("\n"),
    fileLines(facts, voice).join("\n"),
    linked === null ? "" : `${words.mail.download}: ${linked.url}`,
    reportUrl === null ? "" : `${words.mail.openInWaymark}: ${reportUrl}`,
    ["-- ", reasonOf(facts, voice), ...footer, ...brandFooter].join("\n"),
  ];
  return `${blocks.filter((block) => block !== "").join("\n\n")}\n`;
}
