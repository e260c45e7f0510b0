import type { StoredRate } from "#core/money/exchange-rate.ts";
import type { Database } from "#db/database.ts";
import { dataVersion } from "#db/queries/analytics/traffic.ts";
import { paidCurrencies, ratesInUse, readRates, type RawRate } from "#db/queries/spend/rate-rows.ts";
import type { StateKey } from "./load-state.ts";

/** What journeys of a range are converted by and shown with. */
export type JourneyMoney = {
  currency: string;
  timeZone: string;
  version: string;
  staleSince: string | null;
  rates: StoredRate[];
  /** Of the range's conversions and refunds, by the rollups. */
  paidCurrencies: string[];
};

type VersionRow = { currency: string; time_zone: string; version: string; stale_since: string | null };

/** The same as `loadAttributionState` has it, where nothing else of that is needed; null without the site. */
export async function loadJourneyMoney(
  db: Database,
  { siteId, from, to, versionFrom, ratesFrom, currency }: Omit<StateKey, "lookbackFrom">,
): Promise<JourneyMoney | null> {
  const [version, rates, paid] = await db.batch([
    db.execute<VersionRow>(dataVersion(siteId, versionFrom, to)),
    db.execute<RawRate>(ratesInUse({ siteId, from: ratesFrom, to, currency })),
    db.execute<{ currency: string }>(paidCurrencies(siteId, from, to)),
  ]);
  const [site] = version.rows;
  if (!site) return null;
  return {
    currency: currency ?? site.currency,
    timeZone: site.time_zone,
    version: site.version,
    staleSince: site.stale_since,
    rates: readRates(rates.rows),
    paidCurrencies: paid.rows.map(({ currency }) => currency),
  };
}
