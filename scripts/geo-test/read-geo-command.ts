import { parseArgs } from "node:util";
import { isDay } from "#core/time/site-day.ts";
import { InputError } from "#scripts/attribute/csv-rows.ts";

export const GEO_USAGE = `npm run geo-test -- FILE.csv --start DAY [--json]
FILE.csv: geo, day, group (treatment or control), revenue, cost. DAY: the first day of the test, as the file has days:
2026-03-09, or a whole number.`;

export type GeoCommand = { file: string; start: string; isJson: boolean };

/** What the command line asks for. Throws an `InputError` that says what is wrong with it. */
export function readGeoCommand(args: string[]): GeoCommand {
  const { values, positionals } = parsed(args);
  const [file, ...more] = positionals;
  if (file === undefined || more.length > 0) throw new InputError("Name one file");
  if (values.start === undefined) throw new InputError("Name the first day of the test with --start");
  if (!/^\d{1,9}$/.test(values.start) && !isDay(values.start))
    throw new InputError(`--start is "${values.start}" instead of a day like 2026-03-09 or a whole number`);
  return { file, start: values.start, isJson: values.json };
}

function parsed(args: string[]) {
  try {
    return parseArgs({
      args,
      allowPositionals: true,
      options: { start: { type: "string" }, json: { type: "boolean", default: false } },
    });
  } catch (error) {
    throw new InputError(error instanceof Error ? error.message : String(error));
  }
}
