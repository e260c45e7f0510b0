import { currencyExponent } from "#core/money/currency-exponent.ts";
import type { ReportDay, ReportModel } from "#core/report/report-model.ts";
import { NO_VALUE } from "#rendering/format/report-formats.ts";
import type { ReportVoice } from "#rendering/words/report-voice.ts";
import { CHART, linePath, placePanel, PLOT_WIDTH, round, runningSum } from "./chart-geometry.ts";
import type { Panel, Placed } from "./chart-geometry.ts";
import { ReportTable } from "./report-table.tsx";
import { SectionHead } from "./section-head.tsx";

type Props = { model: ReportModel; voice: ReportVoice };

const MAX_BARS = 100;
const DAY_LABEL_ROOM = 84;
const MAIN_HEIGHT = 190;
const SECOND_HEIGHT = 64;

/** Revenue with spend, and below it on the same days the conversions; a report on return shows the sums so far first. */
export function ReportChart({ model, voice }: Props) {
  const { words } = voice;
  return (
    <section class="rv-section">
      <SectionHead title={words.sections.chart.title} note={chartNote(model, voice)} />
      <Legend model={model} voice={voice} />
      {panelsOf(model, voice).map((panel) => (
        <PanelChart key={panel.title} panel={panel} days={model.days} voice={voice} />
      ))}
      <DayTable model={model} voice={voice} />
    </section>
  );
}

function panelsOf(model: ReportModel, { words, formats }: ReportVoice): Panel[] {
  const { days, comparisonDays, kind, currency } = model;
  const isLine = days.length > MAX_BARS;
  const spend = hasSpend(days) ? days.map((day) => day.spendMinor) : null;
  const money = { tickLabel: formats.shortMoney, smallestStep: 10 ** currencyExponent(currency) };
  const revenue: Panel = {
    ...money,
    title: words.kpis.revenue,
    values: days.map((day) => day.revenueMinor),
    comparison: comparisonDays?.map((day) => day.revenueMinor) ?? null,
    overlay: spend,
    height: MAIN_HEIGHT,
    tickCount: 4,
    isLine,
    emptyText: words.chart.noRevenue,
  };
  if (kind === "roi" && spend) {
    const sums: Panel = {
      ...revenue,
      title: words.chart.cumulated,
      values: runningSum(revenue.values),
      comparison: null,
      overlay: runningSum(spend.map((minor) => minor ?? 0)),
      isLine: true,
    };
    return [sums, { ...revenue, height: SECOND_HEIGHT, tickCount: 2 }];
  }
  const conversions: Panel = {
    title: words.kpis.conversions,
    values: days.map((day) => day.conversions),
    comparison: comparisonDays?.map((day) => day.conversions) ?? null,
    overlay: null,
    height: SECOND_HEIGHT,
    tickCount: 2,
    smallestStep: 1,
    tickLabel: formats.shortCount,
    isLine,
    emptyText: words.chart.noConversions,
  };
  return [revenue, conversions];
}

type PanelProps = { panel: Panel; days: readonly ReportDay[]; voice: ReportVoice };

/** Decoration for the eye: the table below says the same. */
function PanelChart({ panel, days, voice }: PanelProps) {
  const placed = placePanel(panel);
  const bottom = CHART.top + panel.height;
  const isEmpty = panel.values.every((value) => value === 0);
  return (
    <figure class="rv-chart">
      <figcaption>{panel.title}</figcaption>
      <svg viewBox={`0 0 ${CHART.width} ${bottom + 24}`} aria-hidden="true" focusable="false">
        <Grid panel={panel} placed={placed} />
        {panel.isLine ? <Area panel={panel} placed={placed} /> : <Bars panel={panel} placed={placed} />}
        {panel.comparison && (
          <path class="rv-compare" d={linePath(panel.comparison, placed, panel.values.length)} />
        )}
        {panel.overlay && <path class="rv-spend" d={linePath(panel.overlay, placed, panel.values.length)} />}
        {isEmpty && (
          <text class="rv-none" x={CHART.axis + PLOT_WIDTH / 2} y={CHART.top + panel.height / 2}>
            {panel.emptyText}
          </text>
        )}
        <DayLabels days={days} placed={placed} y={bottom + 18} voice={voice} />
      </svg>
    </figure>
  );
}

type PlacedProps = { panel: Panel; placed: Placed };

function Grid({ panel, placed: { scale, y } }: PlacedProps) {
  return (
    <>
      {scale.ticks.map((tick) => (
        <g key={tick}>
          <line
            class={tick === 0 ? "rv-zero" : "rv-grid"}
            x1={CHART.axis}
            x2={CHART.width}
            y1={y(tick)}
            y2={y(tick)}
          />
          <text class="rv-tick" x={CHART.axis - 10} y={y(tick) + 4}>
            {panel.tickLabel(tick)}
          </text>
        </g>
      ))}
    </>
  );
}

const BAR_SHARE = 0.66;
const MAX_BAR_WIDTH = 34;

function Bars({ panel, placed: { x, y, slot } }: PlacedProps) {
  const width = Math.min(slot * BAR_SHARE, MAX_BAR_WIDTH);
  return (
    <>
      {panel.values.map(
        (value, index) =>
          value !== 0 && (
            <rect
              key={index}
              class="rv-bar"
              x={round(x(index) - width / 2)}
              y={round(Math.min(y(value), y(0)))}
              width={round(width)}
              height={round(Math.abs(y(0) - y(value)))}
            />
          ),
      )}
    </>
  );
}

function Area({ panel, placed }: PlacedProps) {
  const line = linePath(panel.values, placed, panel.values.length);
  const last = placed.x(panel.values.length - 1);
  return (
    <>
      <path
        class="rv-area"
        d={`${line}L${round(last)} ${round(placed.y(0))}L${round(placed.x(0))} ${round(placed.y(0))}Z`}
      />
      <path class="rv-line" d={line} />
    </>
  );
}

type LabelProps = { days: readonly ReportDay[]; placed: Placed; y: number; voice: ReportVoice };

function DayLabels({ days, placed, y, voice }: LabelProps) {
  const every = Math.max(1, Math.ceil(DAY_LABEL_ROOM / placed.slot));
  return (
    <>
      {days.map(
        ({ day }, index) =>
          index % every === 0 && (
            <text key={day} class="rv-day" x={round(Math.min(placed.x(index), CHART.width - 24))} y={y}>
              {voice.formats.shortDay(day)}
            </text>
          ),
      )}
    </>
  );
}

function Legend({ model, voice: { words, formats } }: Props) {
  return (
    <ul class="rv-chart-legend" aria-hidden="true">
      <li class="rv-key-bar">{formats.range(model.range)}</li>
      {hasSpend(model.days) && <li class="rv-key-spend">{words.kpis.spend}</li>}
      {model.comparison && model.comparisonDays && (
        <li class="rv-key-compare">{formats.range(model.comparison)}</li>
      )}
    </ul>
  );
}

/** The figures behind the picture, for reading and copying. */
function DayTable({ model, voice }: Props) {
  const { words, formats } = voice;
  const { columns } = words;
  const title = words.sections.chart.title;
  const header = [
    columns.day,
    columns.visitors,
    columns.clicks,
    columns.conversions,
    columns.revenue,
    columns.spend,
  ];
  return (
    <details class="rv-days">
      <summary>{header.join(" · ")}</summary>
      <ReportTable
        caption={title}
        header={header}
        rows={model.days.map((day) => ({
          key: day.day,
          name: formats.day(day.day),
          cells: [
            { text: formats.count(day.visitors) },
            { text: formats.count(day.clicks) },
            { text: formats.credit(day.conversions) },
            { text: formats.money(day.revenueMinor) },
            { text: day.spendMinor === null ? NO_VALUE : formats.money(day.spendMinor) },
          ],
        }))}
        emptyText={words.tables.noVisitors}
      />
    </details>
  );
}

function chartNote({ days, range }: ReportModel, { words, formats }: ReportVoice): string {
  const zone = words.chart.zone(range.timeZone);
  let best: ReportDay | null = null;
  for (const day of days) if (day.revenueMinor > (best?.revenueMinor ?? 0)) best = day;
  if (best === null) return zone;
  return `${zone} ${words.chart.bestDay(formats.shortDay(best.day), formats.money(best.revenueMinor))}`;
}

function hasSpend(days: readonly ReportDay[]): boolean {
  return days.some((day) => day.spendMinor !== null);
}
