import { readFile } from "node:fs/promises";
import { basename } from "node:path";
import { parseArgs } from "node:util";
import { parseRatesFile, type RatesFault } from "#core/money/parse-rates-file.ts";
import { isDay } from "#core/time/site-day.ts";
import { databaseUrls } from "#scripts/migrations/database-urls.ts";
import { withControl } from "#scripts/superadmin/with-control.ts";
import { storeIn } from "#usecases/spend/store-shared-rates.ts";

const USAGE = "Usage: npm run rates -- FILE [--since YYYY-MM-DD] [--source NAME]";
const FAULT_WORDS: Readonly<Record<RatesFault["fault"], string>> = {
  no_day: "no day of the calendar",
  no_currency: "no currency such as USD",
  no_rate: "no decimal above zero",
  unknown_format: "neither the ECB's XML or CSV nor date,currency,rate",
};

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: { since: { type: "string" }, source: { type: "string" } },
});
const [file] = positionals;
const urls = databaseUrls(process.env);
if (file === undefined || (values.since !== undefined && !isDay(values.since))) stop(USAGE, 2);
else if (urls === null) stop("Cannot store rates: DATABASE_URL is not set.", 1);
else await importRates(file, urls);

async function importRates(path: string, databases: ReadonlyMap<string, string>): Promise<void> {
  const text = await readFile(path, "utf8").catch((error: Error) => stop(error.message, 1));
  if (text === undefined) return;
  const { rates, faults } = parseRatesFile(text, values.source ?? sourceOf(path));
  for (const { line, fault } of faults) console.error(`${path}:${line}: ${FAULT_WORDS[fault]}`);
  if (faults.length > 0) return stop("Nothing was stored.", 1);
  const wanted = rates.filter(({ day }) => day >= (values.since ?? ""));
  for (const [name, url] of databases) {
    // Database by database: what one has, the other may lack.
    // oxlint-disable-next-line no-await-in-loop
    await withControl(url, async (db) => {
      const changed = await storeIn(db, wanted, new Date());
      console.log(`${name}: ${wanted.length} rates read, ${changed} new or different.`);
    });
  }
}

/** The ECB's own files bear its name, so that the cron knows what it has. */
function sourceOf(path: string): string {
  const name = basename(path);
  return name.startsWith("eurofxref") ? "ECB" : name;
}

function stop(words: string, code: number): undefined {
  console.error(words);
  process.exitCode = code;
  return undefined;
}
