import type { StoredRate } from "#core/money/exchange-rate.ts";
import type { Deal } from "#core/spend/deal.ts";
import type { Database } from "#db/database.ts";
import {
  spendEntry,
  type CampaignName,
  type SpendEntry,
  type SpendSqlRow,
} from "#db/queries/analytics/load-analytics.ts";
import { campaignNames, dataVersion, spendRows } from "#db/queries/analytics/traffic.ts";
import { dealsOf, readDeals, type RawDeal } from "#db/queries/spend/deal-rows.ts";
import { paidCurrencies, ratesInUse, readRates, type RawRate } from "#db/queries/spend/rate-rows.ts";
import {
  estimatedContacts,
  readStoredResults,
  storedResults,
  type RawStoredResult,
  type ResultKey,
  type StoredResult,
} from "./stored-results.ts";

/** All that an answer needs but the credit itself, where that is not kept. */
export type AttributionState = {
  currency: string;
  timeZone: string;
  version: string;
  /** Since when hours or days wait to be rolled up; null when all is told. */
  staleSince: string | null;
  stored: StoredResult[];
  /** About how many contacts the journeys of the range may have. */
  contacts: number;
  /** As entered: what deals come to is still to be worked out. */
  spend: SpendEntry[];
  deals: Deal[];
  rates: StoredRate[];
  /** Of the range's conversions and refunds, by the rollups. */
  paidCurrencies: string[];
  campaigns: CampaignName[];
};

type VersionRow = { currency: string; time_zone: string; version: string; stale_since: string | null };

export type StateKey = ResultKey & {
  /** First day whose contacts can earn credit. */
  lookbackFrom: string;
  /** First day whose facts can change a figure. */
  versionFrom: string;
  /** First day whose rates can be needed. */
  ratesFrom: string;
  /** That money is to be told in; absent: the site's. */
  currency?: string | undefined;
};

/** What is kept for a range under these options, and what it is shown with, in one round trip; null without the site. */
export async function loadAttributionState(
  db: Database,
  key: StateKey,
  options: readonly string[],
): Promise<AttributionState | null> {
  const { siteId, from, to, lookbackFrom, versionFrom, ratesFrom } = key;
  const [version, stored, contacts, spend, deals, rates, paid, campaigns] = await db.batch([
    db.execute<VersionRow>(dataVersion(siteId, versionFrom, to)),
    db.execute<RawStoredResult>(storedResults(key, options)),
    db.execute<{ contacts: number }>(estimatedContacts({ ...key, from: lookbackFrom })),
    db.execute<SpendSqlRow>(spendRows(siteId, from, to)),
    db.execute<RawDeal>(dealsOf(siteId, from, to)),
    db.execute<RawRate>(ratesInUse({ siteId, from: ratesFrom, to, currency: key.currency })),
    db.execute<{ currency: string }>(paidCurrencies(siteId, from, to)),
    db.execute<Omit<CampaignName, "publicId"> & { public_id: string }>(campaignNames(siteId)),
  ]);
  const [site] = version.rows;
  if (!site) return null;
  return {
    currency: key.currency ?? site.currency,
    timeZone: site.time_zone,
    version: site.version,
    staleSince: site.stale_since,
    stored: readStoredResults(stored.rows),
    contacts: contacts.rows[0]?.contacts ?? 0,
    spend: spend.rows.map(spendEntry),
    deals: readDeals(deals.rows),
    rates: readRates(rates.rows),
    paidCurrencies: paid.rows.map(({ currency }) => currency),
    campaigns: campaigns.rows.map(({ public_id: publicId, ...rest }) => ({ ...rest, publicId })),
  };
}
