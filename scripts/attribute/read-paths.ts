import { csvRows, InputError } from "./csv-rows.ts";
import { readDecimal, readWhole } from "./read-number.ts";

/** Journeys that took the same way, as the R package ChannelAttribution has them. */
export type PathRow = { groups: string[]; conversions: number; value: number; nulls: number };

const COLUMNS = ["path", "total_conversions", "total_conversion_value", "total_null"];

/** The rows of a path file: touches are parted by `>`, spaces around them are none of theirs. */
export async function* readPaths(file: string): AsyncGenerator<PathRow> {
  for await (const { line, cells } of csvRows(file, COLUMNS)) {
    const where = `${file}, line ${line}`;
    const groups = (cells["path"] ?? "").split(">").map((touch) => touch.trim());
    if (groups.includes("")) throw new InputError(`${where}: the path has an empty touch`);
    const row = {
      groups,
      conversions: readWhole(cells, "total_conversions", where),
      value: readDecimal(cells, "total_conversion_value", where),
      nulls: readWhole(cells, "total_null", where),
    };
    if (row.conversions === 0 && row.value !== 0)
      throw new InputError(`${where}: total_conversion_value is ${row.value} without a conversion`);
    yield row;
  }
}
