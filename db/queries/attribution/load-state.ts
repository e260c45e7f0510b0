import type { Database } from "#db/database.ts";
import {
  spendDay,
  type CampaignName,
  type SpendDay,
  type SpendSqlRow,
} from "#db/queries/analytics/load-analytics.ts";
import { campaignNames, dataVersion, spendRows } from "#db/queries/analytics/traffic.ts";
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
  spend: SpendDay[];
  campaigns: CampaignName[];
};

type VersionRow = { currency: string; time_zone: string; version: string; stale_since: string | null };

/** What is kept for a range under these options, and what it is shown with, in one round trip; null without the site. */
export async function loadAttributionState(
  db: Database,
  key: ResultKey & { versionFrom: string },
  options: readonly string[],
): Promise<AttributionState | null> {
  const { siteId, from, to, versionFrom } = key;
  const [version, stored, contacts, spend, campaigns] = await db.batch([
    db.execute<VersionRow>(dataVersion(siteId, versionFrom, to)),
    db.execute<RawStoredResult>(storedResults(key, options)),
    db.execute<{ contacts: number }>(estimatedContacts({ ...key, from: versionFrom })),
    db.execute<SpendSqlRow>(spendRows(siteId, from, to)),
    db.execute<Omit<CampaignName, "publicId"> & { public_id: string }>(campaignNames(siteId)),
  ]);
  const [site] = version.rows;
  if (!site) return null;
  return {
    currency: site.currency,
    timeZone: site.time_zone,
    version: site.version,
    staleSince: site.stale_since,
    stored: readStoredResults(stored.rows),
    contacts: contacts.rows[0]?.contacts ?? 0,
    spend: spend.rows.map(spendDay),
    campaigns: campaigns.rows.map(({ public_id: publicId, ...rest }) => ({ ...rest, publicId })),
  };
}
