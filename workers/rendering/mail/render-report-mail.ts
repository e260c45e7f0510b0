import type { ReportFormat } from "#core/report/report-format.ts";
import type { ReportKpi, ReportModel } from "#core/report/report-model.ts";
import { reportFormats } from "#rendering/format/report-formats.ts";
import type { ReportFormats } from "#rendering/format/report-formats.ts";
import { headlinePhrases, phrasesAsText } from "#rendering/words/headline.ts";
import { absenceWords, kpiChange, kpiValue } from "#rendering/words/kpi-words.ts";
import type { Tone } from "#rendering/words/kpi-words.ts";

import { escapeHtml, oneLine } from "./escape-html.ts";
import { buttonRow, mailHtml, paragraphRow, smallRow } from "./mail-layout.ts";
import type { RenderedMail } from "./mail-layout.ts";

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

const TONE: { readonly [tone in Tone]: { style: string; className: string } } = {
  good: { style: "#17703c", className: "good" },
  bad: { style: "#b3261e", className: "bad" },
  neutral: { style: "#606c7e", className: "ink-3" },
};
const TILES_PER_ROW = 2;

/** The report in the mailbox: its summary and its figures in the body, so that few need to open the PDF. */
export function renderReportMail(facts: ReportMailFacts): RenderedMail {
  const { model } = facts;
  const formats = reportFormats({ currency: model.currency, timeZone: model.range.timeZone });
  const range = formats.range(model.range);
  const reason = `You get this mail because ${oneLine(facts.sender)} sent you this report of ${oneLine(model.siteName)} with Waymark.`;
  const subject = oneLine(facts.subject ?? `${model.title}: ${range}`);
  const html = mailHtml({
    preview: phrasesAsText(headlinePhrases(model, formats)),
    heading: oneLine(model.title),
    rows: [
      paragraphRow(escapeHtml(`${range} · ${model.siteName}`), 6),
      ...noteRows(facts.note),
      paragraphRow(headlineHtml(model, formats)),
      kpiRows(model, formats),
      ...comparisonRows(model, formats),
      ...(facts.attached.length > 0 ? [paragraphRow("The full report is attached as a PDF.", 20)] : []),
      ...(facts.reportUrl === null ? [] : [buttonRow("Open in Waymark", facts.reportUrl)]),
    ],
    reason,
  });
  return { subject, html, text: reportText(facts, { formats, reason }) };
}

function noteRows(note: string | null): string[] {
  if (note === null || note.trim() === "") return [];
  const html = escapeHtml(note.trim()).replace(/\r\n|\r|\n/g, "<br>");
  return [
    `<tr><td class="pad" style="padding:20px 40px 0;"><div class="quote ink-2" style="border-left:3px solid #c3cbd7;padding:2px 0 2px 14px;font-size:16px;line-height:25px;color:#455163;">${html}</div></td></tr>`,
  ];
}

function headlineHtml(model: ReportModel, formats: ReportFormats): string {
  return headlinePhrases(model, formats)
    .map(({ text, isStrong }) =>
      isStrong ? `<strong class="ink" style="color:#131a24;">${escapeHtml(text)}</strong>` : escapeHtml(text),
    )
    .join("");
}

function kpiRows({ kpis }: ReportModel, formats: ReportFormats): string {
  const rows: string[] = [];
  for (let first = 0; first < kpis.length; first += TILES_PER_ROW) {
    const cells = kpis.slice(first, first + TILES_PER_ROW).map((kpi) => tile(kpi, formats));
    if (cells.length < TILES_PER_ROW) cells.push(`<td width="50%"></td>`);
    rows.push(`<tr>${cells.join("")}</tr>`);
  }
  if (rows.length === 0) return "";
  return `<tr><td class="pad-tiles" style="padding:18px 36px 0;"><table role="presentation" width="100%" cellpadding="0" cellspacing="0">${rows.join("")}</table></td></tr>`;
}

function tile(kpi: ReportKpi, formats: ReportFormats): string {
  const { words, tone } = tileNote(kpi, formats);
  const color = TONE[tone];
  return `<td width="50%" valign="top" style="padding:4px;"><table role="presentation" width="100%" cellpadding="0" cellspacing="0"><tr><td class="tile" style="background:#f7f8fa;border:1px solid #e3e7ed;border-radius:8px;padding:12px 14px;">
<div class="ink-3" style="font-size:13px;line-height:18px;color:#606c7e;">${escapeHtml(kpi.label)}</div>
<div class="ink" style="font-size:20px;line-height:28px;font-weight:600;color:#131a24;">${escapeHtml(kpiValue(kpi, formats))}</div>
<div class="${color.className}" style="font-size:12px;line-height:16px;color:${color.style};">${words === "" ? "&nbsp;" : escapeHtml(words)}</div>
</td></tr></table></td>`;
}

function tileNote(kpi: ReportKpi, formats: ReportFormats): { words: string; tone: Tone } {
  if (kpi.value === null) return { words: absenceWords(kpi.reason), tone: "neutral" };
  const change = kpiChange(kpi, formats);
  if (change === null) return { words: "", tone: "neutral" };
  return { words: `${change.arrow} ${change.words}`.trim(), tone: change.tone };
}

function comparisonRows({ comparison }: ReportModel, formats: ReportFormats): string[] {
  return comparison === null
    ? []
    : [smallRow(`Changes compare with ${escapeHtml(formats.range(comparison))}.`)];
}

function reportText(
  facts: ReportMailFacts,
  { formats, reason }: { formats: ReportFormats; reason: string },
): string {
  const { model, note, reportUrl, attached } = facts;
  const figures = model.kpis.map((kpi) => {
    const { words } = tileNote(kpi, formats);
    return `${oneLine(kpi.label)}: ${kpiValue(kpi, formats)}${words === "" ? "" : ` (${words})`}`;
  });
  const blocks = [
    `${oneLine(model.title)}\n${formats.range(model.range)} · ${oneLine(model.siteName)}`,
    note?.trim() ?? "",
    oneLine(phrasesAsText(headlinePhrases(model, formats))),
    figures.join("\n"),
    model.comparison === null ? "" : `Changes compare with ${formats.range(model.comparison)}.`,
    attached.length > 0 ? "The full report is attached as a PDF." : "",
    reportUrl === null ? "" : `Open in Waymark: ${reportUrl}`,
    `-- \n${reason}`,
  ];
  return `${blocks.filter((block) => block !== "").join("\n\n")}\n`;
}
