import type { Geo, GeoExperiment } from "#core/geo/geo-experiment.ts";
import { daysBetween, isDay } from "#core/time/site-day.ts";
import { csvRows, InputError } from "#scripts/attribute/csv-rows.ts";
import { readSigned } from "#scripts/attribute/read-number.ts";

const COLUMNS = ["geo", "day", "group", "revenue", "cost"];
const EPOCH = "1970-01-01";

type Cells = Record<string, string>;
/** A geo as far as it is read; what it sold by the number of the day. */
type Reading = { isTreated: boolean; line: number; sold: Map<number, number>; cost: number };

/**
 * The experiment of a file. Its rows may be in any order; every geo must have every day once. Geos come out in the order
 * of their names, so that the order of rows cannot change a digit.
 */
export async function readGeoDays({ file, start }: { file: string; start: string }): Promise<GeoExperiment> {
  const geos = new Map<string, Reading>();
  const from = dayNumber(start, start, "--start");
  const names = new Map<number, string>();
  for await (const { line, cells } of csvRows(file, COLUMNS)) {
    const where = `${file}, line ${line}`;
    const geo = geoOf(geos, cells, { line, where });
    const text = cells["day"] ?? "";
    const day = dayNumber(text, start, where);
    if (geo.sold.has(day)) throw new InputError(`${where}: ${cells["geo"]} has day ${text} twice`);
    names.set(day, text);
    geo.sold.set(day, readSigned(cells, "revenue", where));
    geo.cost += costOf(cells, { isTested: geo.isTreated && day >= from, where });
  }
  return experimentOf(geos, { file, from, start, names });
}

function geoOf(geos: Map<string, Reading>, cells: Cells, at: { line: number; where: string }): Reading {
  const { geo: name = "", group } = cells;
  if (name === "") throw new InputError(`${at.where}: geo is empty`);
  if (group !== "treatment" && group !== "control")
    throw new InputError(`${at.where}: group is "${group}" instead of treatment or control`);
  const isTreated = group === "treatment";
  const geo = geos.get(name) ?? { isTreated, line: at.line, sold: new Map<number, number>(), cost: 0 };
  if (geo.isTreated !== isTreated)
    throw new InputError(`${at.where}: ${name} is in ${group} here and not on line ${geo.line}`);
  geos.set(name, geo);
  return geo;
}

/** Days are written as the first day of the test is: by date or by number. */
function dayNumber(text: string, start: string, where: string): number {
  if (isDay(start)) {
    if (!isDay(text)) throw new InputError(`${where}: day is "${text}" instead of a day like ${start}`);
    return daysBetween(EPOCH, text);
  }
  if (!/^\d{1,9}$/.test(text))
    throw new InputError(`${where}: day is "${text}" instead of a whole number like ${start}`);
  return Number(text);
}

/** Cost is what the test spent more: elsewhere and earlier there is none. */
function costOf(cells: Cells, { isTested, where }: { isTested: boolean; where: string }): number {
  const cost = readSigned(cells, "cost", where);
  if (cost !== 0 && !isTested)
    throw new InputError(
      `${where}: cost is ${cost} where nothing was tested: it is what the test spent more, 0 in control and before the start`,
    );
  return cost;
}

/** What all geos have in common: the file, its days in order by number, and how each is written. */
type Frame = { file: string; days: readonly number[]; names: ReadonlyMap<number, string> };

function experimentOf(
  geos: ReadonlyMap<string, Reading>,
  { from, start, ...frame }: Omit<Frame, "days"> & { from: number; start: string },
): GeoExperiment {
  const days = [...frame.names.keys()].toSorted((a, b) => a - b);
  const read = [...geos].toSorted(([a], [b]) => (a < b ? -1 : 1));
  for (const isTreated of [true, false])
    if (!read.some(([, geo]) => geo.isTreated === isTreated))
      throw new InputError(`${frame.file}: there is no geo in ${isTreated ? "treatment" : "control"}`);
  checkGaps({ ...frame, days });
  const daysBefore = days.indexOf(from);
  if (daysBefore < 1) throw new InputError(`${frame.file}: ${startProblem({ ...frame, days }, from, start)}`);
  return { daysBefore, geos: read.map(([name, geo]) => wholeGeo(name, geo, { ...frame, days })) };
}

function checkGaps({ file, days, names }: Frame): void {
  for (const [i, day] of days.entries()) {
    const before = days[i - 1] ?? day - 1;
    if (day !== before + 1)
      throw new InputError(`${file}: between day ${names.get(before)} and ${names.get(day)} one is missing`);
  }
}

function startProblem({ days, names }: Frame, from: number, start: string): string {
  const [first = 0, last = 0] = [days[0], days.at(-1)];
  const what = from > last ? "of test" : "before the test";
  return `--start ${start} leaves no days ${what}: the file has ${names.get(first)} to ${names.get(last)}`;
}

function wholeGeo(name: string, { isTreated, sold, cost }: Reading, { days, file, names }: Frame): Geo {
  const revenue = Float64Array.from(days, (day) => {
    const amount = sold.get(day);
    if (amount === undefined) throw new InputError(`${file}: ${name} has no day ${names.get(day)}`);
    return amount;
  });
  return { name, isTreated, revenue, cost };
}
