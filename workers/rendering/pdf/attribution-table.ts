import type { RGB } from "pdf-lib";

import type { ReportAttribution, ReportAttributionRow, ReportCredit } from "#core/report/report-tables.ts";
import { attributionLegend, creditTexts, VERDICT_SIGNS } from "#rendering/words/credit-texts.ts";
import type { CreditTexts } from "#rendering/words/credit-texts.ts";
import { attributionRowName } from "#rendering/words/names.ts";
import type { ReportVoice } from "#rendering/words/report-voice.ts";

import { openSection } from "./sheet.ts";
import type { Sheet } from "./sheet.ts";
import { drawTable, tableStartHeight } from "./table.ts";
import type { TableColumn } from "./table-layout.ts";
import type { TableRow } from "./table-parts.ts";
import { COLOR, channelColor } from "./theme.ts";

/** Beside each other on a page; further ones come in blocks below. */
const MOST_MODELS = 3;

const VERDICT_COLORS = { agree: COLOR.good, disagree: COLOR.warn, too_few: COLOR.ink3 } as const;

/** The same conversions, shared out by each model side by side; whether they would lead to one decision. */
export function drawAttribution(sheet: Sheet): void {
  const { attribution } = sheet.model;
  if (attribution === null) return;
  const blocks = blocksOf(attribution.models.length);
  for (const [index, block] of blocks.entries()) {
    drawBlock(sheet, attribution, { ...block, part: index + 1, parts: blocks.length });
  }
}

type Block = { first: number; count: number };

/** 9 → 3 + 3 + 3, 4 → 2 + 2: as few blocks as there can be, of about one width. */
export function blocksOf(modelCount: number): Block[] {
  const parts = Math.ceil(modelCount / MOST_MODELS);
  const least = Math.floor(modelCount / Math.max(1, parts));
  const larger = modelCount - least * parts;
  let first = 0;
  return Array.from({ length: parts }, (_, index) => {
    const count = least + (index < larger ? 1 : 0);
    first += count;
    return { first: first - count, count };
  });
}

function drawBlock(
  sheet: Sheet,
  attribution: ReportAttribution,
  { first, count, part, parts }: Block & { part: number; parts: number },
): void {
  const { voice } = sheet;
  const { words, formats } = voice;
  const { by, lookbackDays, models, rows, totals } = attribution;
  const isFirst = part === 1;
  const hasVerdicts = isFirst && rows.some((row) => row.verdict !== null);
  const shown = models.slice(first, first + count);
  const cells = (credits: readonly ReportCredit[]): CreditTexts =>
    creditTexts(credits.slice(first, first + count), shown, voice);
  const drawn = rows.map((row) => attributionRow(row, { by, cells: cells(row.credits), hasVerdicts, voice }));
  const title = words.tables.attributionBy[by];
  const lookback = words.journeys.days(lookbackDays, formats.count(lookbackDays));
  openSection(sheet, {
    title: parts === 1 ? title : words.tables.partOf(title, part, parts),
    note: isFirst ? words.tables.sharedOut(models.length, lookback) : "",
    keep: tableStartHeight(sheet, drawn),
    isContinued: !isFirst,
  });
  drawTable(sheet, {
    columns: columnsOf(sheet, { by, count, hasVerdicts }),
    groups: shown.map((name) => ({ label: words.models[name].name, span: 2 })),
    rows: drawn,
    totals: { cells: [words.rows.total, ...cells(totals).cells, ...(hasVerdicts ? [""] : [])] },
    emptyText: words.tables.noConversions,
    legend: isFirst ? attributionLegend(rows, voice) : [],
  });
}

function columnsOf(
  { voice }: Sheet,
  { by, count, hasVerdicts }: { by: "campaign" | "channel"; count: number; hasVerdicts: boolean },
): TableColumn[] {
  const { columns } = voice.words;
  const pairs = Array.from({ length: count }, (): TableColumn[] => [
    { header: columns.conversions, align: "right" },
    { header: columns.revenue, align: "right" },
  ]);
  return [
    { header: columns[by], align: "left" },
    ...pairs.flat(),
    ...(hasVerdicts ? [{ header: columns.verdict, align: "center" } as const] : []),
  ];
}

type RowFacts = {
  by: "campaign" | "channel";
  cells: CreditTexts;
  hasVerdicts: boolean;
  voice: ReportVoice;
};

function attributionRow(row: ReportAttributionRow, { by, cells, hasVerdicts, voice }: RowFacts): TableRow {
  const verdict = hasVerdicts ? [verdictCell(row)] : [];
  const weak = cells.cells.map(() => (row.tooFew ? COLOR.weak : null));
  const isMuted = row.kind !== "group";
  return {
    cells: [attributionRowName(row, by, voice.words), ...cells.cells, ...verdict.map(({ sign }) => sign)],
    colors: [null, ...weak, ...verdict.map(({ color }) => color)],
    ...(cells.notes.some((note) => note !== null) ? { notes: [null, ...cells.notes] } : {}),
    ...(by === "channel" && !isMuted ? { dot: channelColor(row.key) } : { isMuted }),
  };
}

function verdictCell({ verdict }: ReportAttributionRow): { sign: string; color: RGB | null } {
  if (verdict === null) return { sign: "", color: null };
  return { sign: VERDICT_SIGNS[verdict], color: VERDICT_COLORS[verdict] };
}
