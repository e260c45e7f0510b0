import type { ReportKpi, ReportModel } from "#core/report/report-model.ts";
import { absenceWords, kpiChange, kpiInterval, kpiValue } from "#rendering/words/kpi-words.ts";
import type { ReportVoice } from "#rendering/words/report-voice.ts";

type Props = { model: ReportModel; voice: ReportVoice };

/** A tile for each figure; one that is missing says why. */
export function ReportTiles({ model, voice }: Props) {
  const { words, formats } = voice;
  return (
    <section class="rv-section" aria-label={words.sections.kpis.title}>
      <ul class="rv-tiles">
        {model.kpis.map((kpi) => (
          <Tile key={kpi.key} kpi={kpi} voice={voice} hasComparison={model.comparison !== null} />
        ))}
      </ul>
      {model.comparison && (
        <p class="rv-legend">{words.change.comparedWith(formats.range(model.comparison))}</p>
      )}
    </section>
  );
}

type TileProps = { kpi: ReportKpi; voice: ReportVoice; hasComparison: boolean };

function Tile({ kpi, voice, hasComparison }: TileProps) {
  const { words } = voice;
  const isMissing = kpi.value === null;
  const certainty = [kpiInterval(kpi, voice), kpi.tooFew ? words.verdicts.too_few : null];
  const note = certainty.filter(Boolean).join(" · ");
  return (
    <li class={isMissing ? "rv-tile rv-tile-missing" : "rv-tile"} data-kpi={kpi.key}>
      <span class="rv-tile-label">{words.kpis[kpi.key]}</span>
      <span class={kpi.tooFew ? "rv-tile-value rv-weak" : "rv-tile-value"}>{kpiValue(kpi, voice)}</span>
      {isMissing ? (
        <span class="rv-tile-note">{absenceWords(kpi, words)}</span>
      ) : (
        <Change kpi={kpi} voice={voice} hasComparison={hasComparison} />
      )}
      {note && <span class="rv-tile-note">{note}</span>}
    </li>
  );
}

function Change({ kpi, voice, hasComparison }: TileProps) {
  const change = kpiChange(kpi, voice);
  if (change) {
    return (
      <span class={`rv-tile-change rv-${kpi.tooFew ? "neutral" : change.tone}`}>
        {change.arrow} {change.words}
      </span>
    );
  }
  return hasComparison ? <span class="rv-tile-note">{voice.words.change.noBase}</span> : null;
}
