import type { AttributionReady, AttributionRow } from "#contract/attribution.ts";
import { shortFormat, spreadOf } from "#frontend/attribution/figures.ts";
import type { Figure } from "#frontend/attribution/figures.ts";
import { rowName } from "#frontend/attribution/grouping-words.ts";
import { modelWords } from "#frontend/attribution/model-words.ts";
import { formatMoneyCompact } from "#frontend/format/money.ts";
import { formatCompact } from "#frontend/format/number.ts";
import { axisTicks, comparableModels, modelPoints, placeOf, rangeScale } from "./range-scale.ts";
import type { ModelPoint, Scale } from "./range-scale.ts";
import { RangeTrack } from "./range-track.tsx";
import type { WorkbenchChoice } from "./use-workbench-choice.ts";

type ChartProps = {
  answer: AttributionReady;
  choice: Pick<WorkbenchChoice, "figure" | "models" | "highlight">;
  colourOf: (row: AttributionRow) => string;
};

/** As many as one looks at; the table has all. */
const MOST_ROWS = 8;

/** Per group the range over the models shown and where each lies: short bars may be trusted, long ones be asked about. */
export function SpreadChart({ answer, choice, colourOf }: ChartProps) {
  const { figure, highlight } = choice;
  const models = comparableModels(choice.models);
  const rows = chartRows(answer, choice);
  const scale = rangeScale({ ...answer, rows }, figure, models);
  const format = (value: number) => figure.format(value, answer.basis.currency);
  const short = shortFormat(figure, answer.basis.currency);
  return (
    <figure
      class="spread"
      aria-label={`${figure.label}: how far the models lie apart. The table below has every figure.`}
    >
      {rows.map((row) => (
        <div key={`${row.kind} ${row.key}`} class="spread-row">
          <span class="spread-name" title={rowName(row, answer.by)}>
            {row.key === highlight ? <mark>{rowName(row, answer.by)}</mark> : rowName(row, answer.by)}
          </span>
          <RangeTrack
            scale={scale}
            spread={spreadOf(row, figure.key, models)}
            points={modelPoints(row, figure, models)}
            colour={colourOf(row)}
            tipOf={(point) => `${modelWords(point.model).label}: ${format(point.value)}`}
          />
          <Ends points={modelPoints(row, figure, models)} format={short} />
        </div>
      ))}
      <Axis scale={scale} tick={tickFormat(figure, answer.basis.currency)} />
    </figure>
  );
}

/** In words what the bar shows: which model gives least, and which most. */
function Ends({ points, format }: { points: readonly ModelPoint[]; format: (value: number) => string }) {
  const sorted = points.toSorted((one, other) => one.value - other.value);
  const low = sorted[0];
  const high = sorted.at(-1);
  if (!low || !high) return <span class="spread-ends" />;
  if (format(low.value) === format(high.value))
    return (
      <span class="spread-ends num">
        <b>{format(low.value)}</b> <span class="muted">{points.length > 1 ? "all shown" : nameOf(low)}</span>
      </span>
    );
  return (
    <span class="spread-ends num">
      <b>{format(low.value)}</b> <span class="muted">{nameOf(low)} to</span> <b>{format(high.value)}</b>{" "}
      <span class="muted">{nameOf(high)}</span>
    </span>
  );
}

function nameOf({ model }: ModelPoint): string {
  return modelWords(model).short;
}

function Axis({ scale, tick }: { scale: Scale; tick: (value: number) => string }) {
  return (
    <div class="spread-row spread-axis" aria-hidden="true">
      <span />
      <span class="spread-ticks">
        {axisTicks(scale).map((value) => (
          <span key={value} class="spread-tick num" style={{ insetInlineStart: `${placeOf(value, scale)}%` }}>
            {tick(value)}
          </span>
        ))}
      </span>
      <span />
    </div>
  );
}

function tickFormat(figure: Figure, currency: string): (value: number) => string {
  if (figure.key === "revenue" || figure.key === "cpa") return (value) => formatMoneyCompact(value, currency);
  return figure.key === "conversions" ? formatCompact : (value) => figure.format(value, currency);
}

/** The largest, and before them the one that stands out. */
export function chartRows(
  answer: AttributionReady,
  { figure, models: chosen, highlight }: ChartProps["choice"],
): AttributionRow[] {
  const models = comparableModels(chosen);
  const size = (row: AttributionRow) =>
    row.key === highlight
      ? Infinity
      : Math.max(0, ...modelPoints(row, figure, models).map(({ value }) => value));
  return answer.rows
    .filter((row) => row.kind === "group" && modelPoints(row, figure, models).length > 0)
    .toSorted((one, other) => size(other) - size(one))
    .slice(0, MOST_ROWS);
}
