import type { ReportKpi, ReportModel } from "#core/report/report-model.ts";
import { absenceWords, kpiChange, kpiInterval, kpiValue } from "#rendering/words/kpi-words.ts";
import type { Tone } from "#rendering/words/kpi-words.ts";
import type { ReportVoice } from "#rendering/words/report-voice.ts";

import { escapeHtml, oneLine } from "./escape-html.ts";

const TONE: { readonly [tone in Tone]: { style: string; className: string } } = {
  good: { style: "#17703c", className: "good" },
  bad: { style: "#b3261e", className: "bad" },
  neutral: { style: "#606c7e", className: "ink-3" },
};
const TILES_PER_ROW = 2;

/** The figures as tiles, two in a row: as a table, which every mail program can lay out. */
export function kpiTiles({ kpis }: ReportModel, voice: ReportVoice): string[] {
  const rows: string[] = [];
  for (let first = 0; first < kpis.length; first += TILES_PER_ROW) {
    const cells = kpis.slice(first, first + TILES_PER_ROW).map((kpi) => tile(kpi, voice));
    if (cells.length < TILES_PER_ROW) cells.push(`<td width="50%"></td>`);
    rows.push(`<tr>${cells.join("")}</tr>`);
  }
  if (rows.length === 0) return [];
  return [
    `<tr><td class="pad-tiles" style="padding:14px 32px 0;"><table role="presentation" width="100%" cellpadding="0" cellspacing="8" style="border-collapse:separate;border-spacing:8px;">${rows.join("")}</table></td></tr>`,
  ];
}

/** "Revenue: €12,578.05 (↑ up 15%; €11,900.00 – €13,250.00)". */
export function kpiLines({ kpis }: ReportModel, voice: ReportVoice): string[] {
  return kpis.map((kpi) => {
    const { words, interval } = tileNotes(kpi, voice);
    const notes = [words, interval].filter((note) => note !== null);
    const label = oneLine(voice.words.kpis[kpi.key]);
    return `${label}: ${kpiValue(kpi, voice)}${notes.length === 0 ? "" : ` (${notes.join("; ")})`}`;
  });
}

function tile(kpi: ReportKpi, voice: ReportVoice): string {
  const { words, tone, interval } = tileNotes(kpi, voice);
  const ink = kpi.tooFew ? "ink-3" : "ink";
  return `<td width="50%" valign="top" class="tile" style="background:#f7f8fa;border:1px solid #e3e7ed;border-radius:8px;padding:12px 14px;">
<div class="ink-3" style="font-size:13px;line-height:18px;color:#606c7e;">${escapeHtml(voice.words.kpis[kpi.key])}</div>
<div class="value ${ink}" style="word-break:break-word;font-size:20px;line-height:28px;font-weight:600;color:${kpi.tooFew ? "#606c7e" : "#131a24"};">${escapeHtml(kpiValue(kpi, voice))}</div>
<div class="${TONE[tone].className}" style="font-size:12px;line-height:16px;color:${TONE[tone].style};">${words === null ? "&nbsp;" : escapeHtml(words)}</div>
${interval === null ? "" : `<div class="ink-3" style="font-size:12px;line-height:16px;color:#606c7e;">${escapeHtml(interval)}</div>`}
</td>`;
}

type TileNotes = { words: string | null; tone: Tone; interval: string | null };

function tileNotes(kpi: ReportKpi, voice: ReportVoice): TileNotes {
  const absence = absenceWords(kpi, voice.words);
  if (absence !== null) return { words: absence, tone: "neutral", interval: null };
  const interval = kpiInterval(kpi, voice);
  const change = kpiChange(kpi, voice);
  if (change === null) return { words: null, tone: "neutral", interval };
  return { words: `${change.arrow} ${change.words}`.trim(), tone: change.tone, interval };
}
