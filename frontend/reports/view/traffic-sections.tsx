import type { ReportModel } from "#core/report/report-model.ts";
import type { ReportChannels, ReportSiteRow, ReportSites } from "#core/report/report-tables.ts";
import { channelColour } from "#frontend/format/channel.ts";
import { NO_VALUE } from "#rendering/format/report-formats.ts";
import { figureCells, shareOf } from "#rendering/words/figure-cells.ts";
import type { FigureColumn } from "#rendering/words/figure-cells.ts";
import { amountChange } from "#rendering/words/kpi-words.ts";
import { channelRowName } from "#rendering/words/names.ts";
import type { ReportVoice } from "#rendering/words/report-voice.ts";
import { ReportTable } from "./report-table.tsx";
import type { ReportCell } from "./report-table.tsx";
import { SectionHead } from "./section-head.tsx";

const CHANNEL_COLUMNS: readonly FigureColumn[] = [
  "impressions",
  "clicks",
  "visitors",
  "conversions",
  "revenue",
];
/** Spend belongs to campaigns: where channels have none, columns of dashes say nothing. */
const WITH_SPEND: readonly FigureColumn[] = [...CHANNEL_COLUMNS, "spend", "roas"];

type ChannelProps = { channels: ReportChannels; voice: ReportVoice };

/** Where the visitors came from and what they brought. */
export function ChannelSection({ channels: { rows, totals }, voice }: ChannelProps) {
  const { words } = voice;
  const columns = rows.some((row) => row.spendMinor !== null) ? WITH_SPEND : CHANNEL_COLUMNS;
  return (
    <section class="rv-section">
      <SectionHead {...words.sections.channels} />
      <ReportTable
        caption={words.sections.channels.title}
        header={[words.columns.channel, ...columns.map((column) => words.columns[column])]}
        rows={rows.map((row) => ({
          key: `${row.kind} ${row.channel}`,
          name: channelRowName(row, words),
          colour: row.kind === "group" ? channelColour(row.channel) : null,
          isMuted: row.kind !== "group",
          cells: figureCells(row, columns, voice).map((text) => ({ text })),
          share: shareOf(row.revenueMinor, totals.revenueMinor),
        }))}
        totals={[words.rows.total, ...figureCells(totals, columns, voice)]}
        shareColumn={columns.indexOf("revenue")}
        emptyText={words.tables.noVisitors}
      />
    </section>
  );
}

const BEFORE_CHANGE: readonly FigureColumn[] = ["visitors", "conversions", "revenue"];
const AFTER_CHANGE: readonly FigureColumn[] = ["spend", "roas"];
const MONEY: ReadonlySet<FigureColumn> = new Set(["revenue", "spend", "roas"]);

type SiteProps = { sites: ReportSites; model: ReportModel; voice: ReportVoice };

/** What each site of the account brought, and how that changed. */
export function SiteSection({ sites: { rows, totals }, model, voice }: SiteProps) {
  const { words } = voice;
  const names = (columns: readonly FigureColumn[]) => columns.map((column) => words.columns[column]);
  const hasChange = model.comparison !== null;
  const change = changeCell(totals.revenueMinor, model.headline.previousRevenueMinor, voice);
  return (
    <section class="rv-section">
      <SectionHead {...words.sections.sites} />
      <ReportTable
        caption={words.sections.sites.title}
        header={[
          words.columns.site,
          ...names(BEFORE_CHANGE),
          ...(hasChange ? [words.columns.change] : []),
          ...names(AFTER_CHANGE),
        ]}
        rows={rows.map((row, index) => ({
          key: `${index} ${row.name}`,
          name: row.name,
          note: row.leftOutCurrency === null ? null : words.tables.leftOut(row.leftOutCurrency),
          cells: siteCells(row, voice, hasChange),
          share: shareOf(row.revenueMinor, totals.revenueMinor),
        }))}
        totals={[
          words.rows.total,
          ...figureCells(totals, BEFORE_CHANGE, voice),
          ...(hasChange ? [change.text] : []),
          ...figureCells(totals, AFTER_CHANGE, voice),
        ]}
        shareColumn={BEFORE_CHANGE.indexOf("revenue")}
        emptyText={words.tables.noSites}
      />
    </section>
  );
}

function siteCells(row: ReportSiteRow, voice: ReportVoice, hasChange: boolean): ReportCell[] {
  const isLeftOut = row.leftOutCurrency !== null;
  const write = (columns: readonly FigureColumn[]): ReportCell[] =>
    figureCells(row, columns, voice).map((text, index) => {
      const column = columns[index];
      return { text: isLeftOut && column !== undefined && MONEY.has(column) ? NO_VALUE : text };
    });
  const change = isLeftOut
    ? { text: NO_VALUE }
    : changeCell(row.revenueMinor, row.previousRevenueMinor, voice);
  return [...write(BEFORE_CHANGE), ...(hasChange ? [change] : []), ...write(AFTER_CHANGE)];
}

function changeCell(
  value: number,
  previous: number | null,
  voice: ReportVoice,
): ReportCell & { text: string } {
  const change = amountChange(value, previous, voice);
  if (change === null) return { text: NO_VALUE };
  return { text: `${change.arrow} ${change.words}`.trim(), tone: change.tone };
}
