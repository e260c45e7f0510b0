import { InputError } from "#scripts/attribute/csv-rows.ts";
import { evaluateGeoTest } from "#scripts/geo-test/evaluate-geo-test.ts";
import { geoTestJson, geoTestTable } from "#scripts/geo-test/geo-test-report.ts";
import { GEO_USAGE, readGeoCommand, type GeoCommand } from "#scripts/geo-test/read-geo-command.ts";
import { readGeoDays } from "#scripts/geo-test/read-geo-days.ts";

/** 0: done; 1: the file cannot be used; 2: the command line is wrong. Nothing is printed to stdout unless it is the answer. */
let command: GeoCommand | null = null;
try {
  command = readGeoCommand(process.argv.slice(2));
  const result = evaluateGeoTest(await readGeoDays(command));
  console.log(command.isJson ? geoTestJson(command, result) : geoTestTable(result));
} catch (error) {
  if (!(error instanceof InputError)) throw error;
  console.error(command === null ? `${error.message}\n\n${GEO_USAGE}` : error.message);
  process.exitCode = command === null ? 2 : 1;
}
