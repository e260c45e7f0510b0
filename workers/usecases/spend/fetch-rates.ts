import { expectedRatesDay } from "#core/money/expected-rates-day.ts";
import { parseRatesFile } from "#core/money/parse-rates-file.ts";
import { newestSharedRate } from "#db/queries/spend/rate-rows.ts";
import type { FetchRatesFile } from "#platform/rates-file.ts";
import type { Deps } from "#usecases/deps.ts";
import { storeSharedRates } from "./store-shared-rates.ts";

export const ECB = "ECB";

export type FetchRatesDeps = Pick<Deps, "databases" | "clock" | "log"> & {
  /** Null: no address is configured. */
  fetchRatesFile: FetchRatesFile | null;
};

/**
 * Fetches the published rates when there should be newer ones than any database has. What cannot be fetched is logged
 * and tried again an hour later: the last published rates hold for seven days.
 */
export async function fetchRates(deps: FetchRatesDeps): Promise<void> {
  const { databases, clock, log, fetchRatesFile } = deps;
  if (fetchRatesFile === null) return;
  const expected = expectedRatesDay(clock.now().getTime());
  const newest = await Promise.all(
    databases.names().map(async (name) => await newestSharedRate(databases.named(name), ECB)),
  );
  if (newest.every((day) => day !== null && day >= expected)) return;

  const text = await readFile(deps, fetchRatesFile);
  if (text === null) return;
  const { rates, faults } = parseRatesFile(text, ECB);
  if (faults.length > 0) log("warn", "rates_file_faulty", { faults: faults.length, rates: rates.length });
  if (rates.length === 0) return;
  const changed = await storeSharedRates(deps, rates);
  log("info", "rates_fetched", { rates: rates.length, changed });
}

async function readFile({ log }: FetchRatesDeps, fetchFile: FetchRatesFile): Promise<string | null> {
  try {
    return await fetchFile();
  } catch (error) {
    // Another's server, or no network at all: figures go on with the rates there are.
    log("warn", "rates_not_fetched", { error: error instanceof Error ? error.message : "unknown" });
    return null;
  }
}
