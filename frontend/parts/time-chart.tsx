import "./time-chart.css";

import { useId, useState } from "preact/hooks";

import { formatDay, formatDayLong } from "#frontend/format/date.ts";
import { NO_VALUE } from "#frontend/format/number.ts";
import { theme } from "#frontend/state/theme.ts";
import { mendLanguage } from "./chart-language.ts";
import type { ChartModel } from "./chart-model.ts";
import { lazy } from "./lazy.tsx";

const Canvas = lazy(
  () => {
    mendLanguage();
    return import("./uplot-chart.tsx").then((module) => module.UplotChart);
  },
  () => null,
);

/** A series over days. The arrows move a crosshair that reads out each day; a table with all values stands behind. */
export function TimeChart({ model, asTable }: { model: ChartModel; asTable?: boolean }) {
  const [index, setIndex] = useState<number | null>(null);
  const helpId = useId();
  const at = index !== null && index < model.days.length ? index : null;

  if (asTable) {
    return (
      <div class="chart-table" tabIndex={0} role="region" aria-label={`${model.label} by day`}>
        <ChartTable model={model} />
      </div>
    );
  }
  return (
    <figure class="chart">
      <div
        class="chart-stage"
        role="slider"
        tabIndex={0}
        aria-label={`${model.label} by day`}
        aria-valuemin={0}
        aria-valuemax={Math.max(0, model.days.length - 1)}
        aria-valuenow={at ?? 0}
        aria-valuetext={at === null ? "Move with the arrow keys" : sentence(model, at)}
        aria-describedby={helpId}
        onKeyDown={(event) => {
          if (!CHART_KEYS.has(event.key) || (event.key === "Escape" && at === null)) return;
          event.preventDefault();
          event.stopPropagation();
          setIndex((before) => nextIndex(event.key, before, model.days.length));
        }}
        onBlur={() => setIndex(null)}
      >
        <Canvas model={model} theme={theme.value} index={at} onIndex={setIndex} />
        {at !== null && <ChartTip model={model} index={at} />}
      </div>
      <Legend model={model} />
      <div class="sr-only" id={helpId}>
        The left and right arrows read the values day by day.
      </div>
      <div class="sr-only">
        <ChartTable model={model} />
      </div>
    </figure>
  );
}

const CHART_KEYS = new Set(["ArrowRight", "ArrowLeft", "Home", "End", "Escape"]);

function nextIndex(key: string, at: number | null, count: number): number | null {
  if (key === "ArrowRight") return Math.min(count - 1, at === null ? 0 : at + 1);
  if (key === "ArrowLeft") return Math.max(0, at === null ? count - 1 : at - 1);
  if (key === "Home") return 0;
  return key === "End" ? count - 1 : null;
}

function ChartTip({ model, index }: { model: ChartModel; index: number }) {
  const share = (index + 0.5) / model.days.length;
  const place =
    share > 0.5 ? { right: `calc(${(1 - share) * 100}% + 16px)` } : { left: `calc(${share * 100}% + 64px)` };
  const previousDay = model.previousDays?.[index];
  return (
    <div class="chart-tip" style={place} aria-hidden="true">
      <div class="chart-tip-day">{formatDayLong(model.days[index] ?? "")}</div>
      <dl>
        <dt>
          <span class="chart-key" />
          {model.label}
        </dt>
        <dd>{show(model, model.values[index])}</dd>
        {model.previous && previousDay && (
          <>
            <dt>
              <span class="chart-key chart-key-previous" />
              {formatDay(previousDay)}
            </dt>
            <dd>{show(model, model.previous[index])}</dd>
          </>
        )}
      </dl>
      {isIncomplete(model, index) && <div class="muted">So far; the day is not over</div>}
    </div>
  );
}

function Legend({ model }: { model: ChartModel }) {
  return (
    <figcaption class="chart-legend">
      <span>
        <i class="chart-key" />
        {model.label}
      </span>
      {model.previous && (
        <span>
          <i class="chart-key chart-key-previous" />
          {model.previousLabel}
        </span>
      )}
      {model.previousNote && <span>{model.previousNote}</span>}
      {model.incompleteFrom !== null && (
        <span>
          <i class="chart-key chart-key-incomplete" />
          Not complete yet
        </span>
      )}
    </figcaption>
  );
}

function ChartTable({ model }: { model: ChartModel }) {
  return (
    <table class="table">
      <caption class="sr-only">{model.label} by day</caption>
      <thead>
        <tr>
          <th scope="col">Day</th>
          <th scope="col" class="table-num">
            {model.label}
          </th>
          {model.previous && (
            <th scope="col" class="table-num">
              {model.previousLabel}
            </th>
          )}
        </tr>
      </thead>
      <tbody>
        {model.days.map((day, index) => (
          <tr key={day}>
            <th scope="row">{formatDay(day)}</th>
            <td class="table-num">{show(model, model.values[index])}</td>
            {model.previous && <td class="table-num">{show(model, model.previous[index])}</td>}
          </tr>
        ))}
      </tbody>
    </table>
  );
}

function sentence(model: ChartModel, index: number): string {
  const day = formatDayLong(model.days[index] ?? "");
  const previous = model.previous ? `, compared with ${show(model, model.previous[index])}` : "";
  return `${day}: ${show(model, model.values[index])}${previous}${isIncomplete(model, index) ? ", not complete" : ""}`;
}

function isIncomplete(model: ChartModel, index: number): boolean {
  return model.incompleteFrom !== null && index >= model.incompleteFrom;
}

function show(model: ChartModel, value: number | null | undefined): string {
  return value === null || value === undefined ? NO_VALUE : model.format(value);
}
