import type { ReportModel } from "#core/report/report-model.ts";
import type { ReportCampaignRow, ReportSiteRow } from "#core/report/report-tables.ts";
import { rowRatios } from "#core/report/row-ratios.ts";
import { NO_VALUE } from "#rendering/format/report-formats.ts";
import type { ReportVoice } from "#rendering/words/report-voice.ts";

import { escapeHtml, oneLine } from "./escape-html.ts";
import { isolated } from "./mail-layout.ts";

const MAX_ROWS = 5;

/** The first rows of the report's main table; the rest is for those who open it. */
type TopTable = { title: string; header: readonly string[]; rows: readonly string[][]; more: string | null };

/** The campaigns, or the sites of a report without any; null where there is no more than one. */
function topTable(model: ReportModel, voice: ReportVoice): TopTable | null {
  const campaigns = model.campaigns?.rows.filter(({ kind }) => kind === "group") ?? [];
  if (campaigns.length > 1) return campaignTable(campaigns, voice);
  const sites = model.sites?.rows ?? [];
  return sites.length > 1 ? siteTable(sites, voice) : null;
}

function campaignTable(rows: readonly ReportCampaignRow[], voice: ReportVoice): TopTable {
  const { words, formats } = voice;
  const { columns } = words;
  return {
    title: words.sections.campaigns.title,
    header: [columns.campaign, columns.spend, columns.revenue, columns.roas],
    rows: rows.slice(0, MAX_ROWS).map((row) => {
      const { roas } = rowRatios(row);
      return [
        oneLine(row.name),
        row.spendMinor === null ? NO_VALUE : formats.money(row.spendMinor),
        formats.money(row.revenueMinor),
        roas === null ? NO_VALUE : formats.ratio(roas),
      ];
    }),
    more: moreRows(rows.length, voice),
  };
}

function siteTable(rows: readonly ReportSiteRow[], voice: ReportVoice): TopTable {
  const { words, formats } = voice;
  const { columns } = words;
  return {
    title: words.sections.sites.title,
    header: [columns.site, columns.visitors, columns.conversions, columns.revenue],
    rows: rows
      .slice(0, MAX_ROWS)
      .map((row) => [
        oneLine(row.name),
        formats.count(row.visitors),
        formats.credit(row.conversions),
        row.leftOutCurrency === null
          ? formats.money(row.revenueMinor)
          : words.tables.leftOut(row.leftOutCurrency),
      ]),
    more: moreRows(rows.length, voice),
  };
}

function moreRows(count: number, { words, formats }: ReportVoice): string | null {
  const more = count - MAX_ROWS;
  return more > 0 ? words.tables.andMore(more, formats.count(more)) : null;
}

export function topTableRows(model: ReportModel, voice: ReportVoice): string[] {
  const table = topTable(model, voice);
  if (table === null) return [];
  const { title, header, rows, more } = table;
  const lines = rows.map((cells) => `<tr>${cells.map((cell, index) => bodyCell(cell, index)).join("")}</tr>`);
  const rest =
    more === null
      ? ""
      : `<tr><td class="ink-3" colspan="${header.length}" style="padding:8px 0 0;font-size:13px;line-height:18px;color:#606c7e;">${escapeHtml(more)}</td></tr>`;
  return [
    `<tr><td class="pad ink" style="padding:26px 40px 0;font-size:16px;line-height:24px;font-weight:600;color:#131a24;">${escapeHtml(title)}</td></tr>`,
    `<tr><td class="pad" style="padding:6px 40px 0;"><table width="100%" cellpadding="0" cellspacing="0" style="border-collapse:collapse;"><tr>${header.map((name, index) => headCell(name, index)).join("")}</tr>${lines.join("")}${rest}</table></td></tr>`,
  ];
}

export function topTableLines(model: ReportModel, voice: ReportVoice): string[] {
  const table = topTable(model, voice);
  if (table === null) return [];
  const [, ...names] = table.header;
  const lines = table.rows.map(
    ([name = "", ...figures]) =>
      `- ${name}: ${figures.map((figure, index) => `${names[index] ?? ""} ${figure}`).join(", ")}`,
  );
  return [table.title, ...lines, ...(table.more === null ? [] : [table.more])];
}

/** The second column is what a phone has no room for. */
function classOf(index: number): string {
  return index === 1 ? " wide" : "";
}

function headCell(name: string, index: number): string {
  const place = index === 0 ? "left" : "right";
  const gap = index === 0 ? "6px 0" : "6px 0 6px 10px";
  return `<th class="ink-3 rule${classOf(index)}" align="${place}" scope="col" style="padding:${gap};border-bottom:1px solid #e3e7ed;font-size:12px;line-height:16px;font-weight:400;color:#606c7e;text-align:${place};">${escapeHtml(name)}</th>`;
}

function bodyCell(text: string, index: number): string {
  if (index === 0) {
    return `<td class="ink rule" style="padding:8px 0;border-bottom:1px solid #e3e7ed;font-size:14px;line-height:20px;color:#131a24;word-break:break-word;">${isolated(text)}</td>`;
  }
  return `<td class="ink rule${classOf(index)}" align="right" valign="top" style="padding:8px 0 8px 10px;border-bottom:1px solid #e3e7ed;font-size:14px;line-height:20px;color:#131a24;text-align:right;white-space:nowrap;">${escapeHtml(text)}</td>`;
}
