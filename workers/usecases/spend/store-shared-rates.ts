import type { DailyRate } from "#core/money/exchange-rate.ts";
import type { Database } from "#db/database.ts";
import { SHARED_RATES, upsertRates } from "#db/queries/spend/rate-rows.ts";
import type { Deps } from "#usecases/deps.ts";
import { eachApart } from "#usecases/each-apart.ts";

/** The ECB's whole history is 280,000 rates. */
const RATES_A_STATEMENT = 5_000;

/**
 * Writes rates that hold for every account, in every database; the last of a currency and day counts. Answers how many
 * are new or different in the database where that were most: the same file again changes nothing.
 */
export async function storeSharedRates(
  { databases, clock }: Pick<Deps, "databases" | "clock">,
  rates: readonly DailyRate[],
): Promise<number> {
  let most = 0;
  await eachApart(databases.names(), async (name) => {
    const changed = await storeIn(databases.named(name), rates, clock.now());
    most = Math.max(most, changed);
  });
  return most;
}

/** The same for one database. */
export async function storeIn(db: Database, rates: readonly DailyRate[], at: Date): Promise<number> {
  const unique = [...new Map(rates.map((rate) => [`${rate.currency} ${rate.day}`, rate])).values()];
  let changed = 0;
  for (let start = 0; start < unique.length; start += RATES_A_STATEMENT) {
    const part = unique.slice(start, start + RATES_A_STATEMENT);
    // One after the other: each is megabytes.
    // oxlint-disable-next-line no-await-in-loop
    changed += await upsertRates(db, { accountId: SHARED_RATES, rates: part, at });
  }
  return changed;
}
