import type { ReportAttribution, ReportAttributionRow } from "#core/report/report-tables.ts";
import { channelColour } from "#frontend/format/channel.ts";
import { attributionLegend, creditTexts, VERDICT_SIGNS } from "#rendering/words/credit-texts.ts";
import { attributionRowName } from "#rendering/words/names.ts";
import type { ReportVoice } from "#rendering/words/report-voice.ts";
import { ReportTable } from "./report-table.tsx";
import type { ReportCell, ReportRow } from "./report-table.tsx";
import { SectionHead } from "./section-head.tsx";

type Props = { attribution: ReportAttribution; voice: ReportVoice };

/** The same conversions, shared out by each model side by side; whether they would lead to one decision. */
export function AttributionSection({ attribution, voice }: Props) {
  const { words, formats } = voice;
  const { by, models, rows, totals, lookbackDays } = attribution;
  const hasVerdicts = rows.some((row) => row.verdict !== null);
  const lookback = words.journeys.days(lookbackDays, formats.count(lookbackDays));
  const title = words.tables.attributionBy[by];
  const { columns } = words;
  return (
    <section class="rv-section">
      <SectionHead title={title} note={words.tables.sharedOut(models.length, lookback)} />
      <ReportTable
        caption={title}
        groups={models.map((model) => words.models[model].name)}
        header={[
          columns[by],
          ...models.flatMap(() => [columns.conversions, columns.revenue]),
          ...(hasVerdicts ? [columns.verdict] : []),
        ]}
        rows={rows.map((row, index) => rowOf(row, { attribution, hasVerdicts, voice, index }))}
        totals={[words.rows.total, ...creditTexts(totals, models, voice).cells, ...(hasVerdicts ? [""] : [])]}
        emptyText={words.tables.noConversions}
        legend={attributionLegend(rows, voice)}
      />
    </section>
  );
}

type RowFacts = { attribution: ReportAttribution; hasVerdicts: boolean; voice: ReportVoice; index: number };

function rowOf(row: ReportAttributionRow, { attribution, hasVerdicts, voice, index }: RowFacts): ReportRow {
  const { by, models } = attribution;
  const { cells, notes } = creditTexts(row.credits, models, voice);
  const isNamed = row.kind === "group";
  return {
    key: `${index} ${row.key}`,
    name: attributionRowName(row, by, voice.words),
    colour: by === "channel" && isNamed ? channelColour(row.key) : null,
    isMuted: !isNamed,
    cells: [
      ...cells.map((text, at): ReportCell => ({ text, note: notes[at] ?? null, isWeak: row.tooFew })),
      ...(hasVerdicts ? [verdictCell(row, voice)] : []),
    ],
  };
}

function verdictCell({ verdict }: ReportAttributionRow, { words }: ReportVoice): ReportCell {
  if (verdict === null) return { text: "" };
  return {
    text: (
      <>
        <span aria-hidden="true">{VERDICT_SIGNS[verdict]}</span>
        <span class="sr-only">{words.verdicts[verdict]}</span>
      </>
    ),
    tone: verdict === "agree" ? "good" : "neutral",
  };
}
