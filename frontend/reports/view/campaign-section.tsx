import type { ReportKind } from "#core/report/report-model.ts";
import type { ReportCampaignRow, ReportCampaigns, ReportFigures } from "#core/report/report-tables.ts";
import { channelColour } from "#frontend/format/channel.ts";
import {
  CAMPAIGN_COLUMNS,
  campaignIntervalText,
  campaignLegend,
  isEarnedColumn,
} from "#rendering/words/campaign-columns.ts";
import { figureCells, shareOf } from "#rendering/words/figure-cells.ts";
import type { FigureColumn } from "#rendering/words/figure-cells.ts";
import { moneyCells, moneyColumnsOf } from "#rendering/words/money-columns.ts";
import { campaignRowName } from "#rendering/words/names.ts";
import type { ReportVoice } from "#rendering/words/report-voice.ts";
import { ReportTable } from "./report-table.tsx";
import type { ReportRow } from "./report-table.tsx";
import { SectionHead } from "./section-head.tsx";

type Props = { campaigns: ReportCampaigns; kind: ReportKind; voice: ReportVoice };

/** What each campaign cost and brought; spend first. */
export function CampaignSection({ campaigns: { rows, totals }, kind, voice }: Props) {
  const { words } = voice;
  const columns = CAMPAIGN_COLUMNS[kind];
  return (
    <section class="rv-section">
      <SectionHead {...words.sections.campaigns} />
      <ReportTable
        caption={words.sections.campaigns.title}
        header={[words.columns.campaign, ...columns.map((column) => words.columns[column])]}
        rows={rows.map((row, index) => rowOf(row, { key: `${index}`, columns, totals, voice }))}
        totals={[words.rows.total, ...figureCells(totals, columns, voice)]}
        shareColumn={columns.indexOf("revenue")}
        emptyText={words.tables.noCampaigns}
        legend={campaignLegend(rows, voice)}
      />
      <MoneyTable rows={rows} voice={voice} />
    </section>
  );
}

type RowFacts = { key: string; columns: readonly FigureColumn[]; totals: ReportFigures; voice: ReportVoice };

function rowOf(row: ReportCampaignRow, { key, columns, totals, voice }: RowFacts): ReportRow {
  const texts = figureCells(row, columns, voice);
  return {
    key,
    name: campaignRowName(row, voice.words),
    colour: row.channel === null ? null : channelColour(row.channel),
    isMuted: row.kind !== "group",
    cells: columns.map((column, index) => ({
      text: texts[index] ?? "",
      note: campaignIntervalText(row, column, voice),
      isWeak: row.tooFew && isEarnedColumn(column),
    })),
    share: shareOf(row.revenueMinor, totals.revenueMinor),
  };
}

/** Of an ROI report: what is left of each campaign's revenue, when it was paid back, and how its budget goes. */
function MoneyTable({ rows, voice }: { rows: readonly ReportCampaignRow[]; voice: ReportVoice }) {
  const { words } = voice;
  const known = rows.flatMap((row) => (row.money === null ? [] : [{ row, money: row.money }]));
  const columns = moneyColumnsOf(known.map(({ money }) => money));
  if (columns.length === 0) return null;
  return (
    <>
      <SectionHead {...words.tables.money} />
      <ReportTable
        caption={words.tables.money.title}
        header={[words.columns.campaign, ...columns.map(({ header }) => words.columns[header])]}
        rows={known.map(({ row, money }, index) => ({
          key: `${index}`,
          name: campaignRowName(row, words),
          colour: row.channel === null ? null : channelColour(row.channel),
          cells: moneyCells(money, columns, voice).map((text) => ({ text })),
        }))}
        emptyText={words.tables.noCampaigns}
      />
    </>
  );
}
