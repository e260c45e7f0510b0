import type { Interval } from "#core/attribution/interval.ts";
import type { GeoBasedError } from "#core/geo/geo-based-regression.ts";
import type { TimeBasedError } from "#core/geo/time-based-regression.ts";
import type { Result } from "#core/result.ts";
import type { GeoTestResult } from "./evaluate-geo-test.ts";
import type { GeoCommand } from "./read-geo-command.ts";

type MethodError = TimeBasedError | GeoBasedError;

/** The answer in full double precision; a method that cannot tell has `cannot` with the reason. */
export function geoTestJson({ start }: GeoCommand, result: GeoTestResult): string {
  const { timeBased, geoBased, ...rest } = result;
  return JSON.stringify(
    { start, ...rest, timeBased: figuresOf(timeBased), geoBased: figuresOf(geoBased) },
    null,
    2,
  );
}

function figuresOf<T extends object>(method: Result<T, MethodError>): T | { cannot: string } {
  return method.ok ? method.value : { cannot: reasonOf(method.error) };
}

function reasonOf(error: MethodError): string {
  switch (error.kind) {
    case "too_few_days":
      return `${error.daysBefore} days before the test are too few: it takes ${error.min}`;
    case "control_constant":
      return "the control geos sold the same on every day before the test";
    case "no_cost":
      return "the test cost nothing";
    case "no_revenue_before":
      return `${error.geo} sold nothing before the test`;
    case "too_few_geos":
      return `${error.geos} geos are too few: it takes ${error.min}`;
    case "geos_alike":
      return "the geos are too alike to tell size and cost apart";
  }
}

type Row = {
  incremental: number;
  interval: Interval | null;
  iroas: number | null;
  iroasInterval: Interval | null;
};

const COLUMNS = ["", "incremental", "from", "to", "iROAS", "from", "to"];

/** A table for people, with what to lean on in a line below it. */
export function geoTestTable(result: GeoTestResult): string {
  const { geos, days, cost, timeBased, geoBased, syntheticControl } = result;
  const rows = [
    cellsOf("time-based regression", timeBased),
    cellsOf("geo-based regression", geoBased),
    cellsOf("synthetic control", { ok: true, value: syntheticControl }),
  ];
  const lines = aligned([COLUMNS, ...rows]);
  const reasons = [timeBased, geoBased].flatMap((method, i) =>
    method.ok ? [] : [`No ${i === 0 ? "time" : "geo"}-based regression: ${reasonOf(method.error)}.`],
  );
  return [
    `${geos.treatment} geos in treatment, ${geos.control} in control; ${days.before} days before the test, ${days.tested} of it; cost ${cost}`,
    "",
    ...lines,
    "",
    ...reasons,
    ...chances(result),
  ].join("\n");
}

function chances({ timeBased, syntheticControl: { p, lift, imbalance } }: GeoTestResult): string[] {
  const above = timeBased.ok ? timeBased.value.probabilityAboveOne : null;
  return [
    ...(above === null ? [] : [`P(iROAS > 1) by time-based regression: ${above.toFixed(4)}`]),
    `p of no effect by synthetic control: ${p.toFixed(4)}; lift ${lift === null ? "–" : `${(lift * 100).toFixed(2)} %`}; imbalance before the test ${imbalance.toFixed(3)}`,
  ];
}

function cellsOf(name: string, method: Result<Row, MethodError>): string[] {
  if (!method.ok) return [name, "–", "–", "–", "–", "–", "–"];
  const { incremental, interval, iroas, iroasInterval } = method.value;
  const figures = [
    incremental,
    interval?.low,
    interval?.high,
    iroas,
    iroasInterval?.low,
    iroasInterval?.high,
  ];
  return [name, ...figures.map((figure) => (typeof figure === "number" ? figure.toFixed(3) : "–"))];
}

function aligned(rows: readonly (readonly string[])[]): string[] {
  const widths = COLUMNS.map((_, i) => Math.max(...rows.map((row) => row[i]?.length ?? 0)));
  return rows.map((row) =>
    row.map((cell, i) => (i === 0 ? cell.padEnd(widths[i] ?? 0) : cell.padStart(widths[i] ?? 0))).join("  "),
  );
}
