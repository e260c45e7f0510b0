import { and, eq, sql, type SQL } from "drizzle-orm";

import type { Deal, DealKind } from "#core/spend/deal.ts";
import type { Database } from "#db/database.ts";
import { raiseSpendVersion } from "#db/queries/campaigns/raise-versions.ts";
import { deals } from "#db/schema/site/deals.ts";

export type RawDeal = {
  public_id: string;
  campaign_id: number;
  kind: DealKind;
  starts_on: string;
  ends_on: string | null;
  amount_minor: string | null;
  share_percent: number | null;
  currency: string;
  note: string | null;
};

/** Deals of a site that touch a closed range of days, the earliest first. */
export function dealsOf(siteId: number, from: string, to: string): SQL {
  return sql`
    select public_id, campaign_id, kind, starts_on::text as starts_on, ends_on::text as ends_on, amount_minor, share_percent,
      currency, note
    from site.deals
    where site_id = ${siteId} and starts_on <= ${to}::date and coalesce(ends_on, 'infinity') >= ${from}::date
    order by starts_on, id`;
}

export function readDeals(rows: readonly RawDeal[]): Deal[] {
  return rows.map((row) => ({
    publicId: row.public_id,
    campaignId: row.campaign_id,
    kind: row.kind,
    startsOn: row.starts_on,
    endsOn: row.ends_on,
    amountMinor: row.amount_minor === null ? null : Number(row.amount_minor),
    sharePercent: row.share_percent,
    currency: row.currency,
    note: row.note,
  }));
}

/** Every deal of a site, ended ones too. */
export async function listDeals(db: Database, siteId: number): Promise<Deal[]> {
  return readDeals((await db.execute<RawDeal>(dealsOf(siteId, "0001-01-01", "9999-12-31"))).rows);
}

export type DealRow = Deal & { siteId: number };

/** Writes a new deal and raises the site's spend version. */
export async function insertDeal(db: Database, { siteId, ...deal }: DealRow, at: Date): Promise<void> {
  await db.batch([
    db.insert(deals).values({ siteId, ...deal, createdAt: at, updatedAt: at }),
    db.execute(raiseSpendVersion(siteId)),
  ]);
}

/** Writes a deal anew; says whether there was one. */
export async function updateDeal(db: Database, { siteId, ...deal }: DealRow, at: Date): Promise<boolean> {
  const { publicId, campaignId, ...fields } = deal;
  const [written] = await db.batch([
    db
      .update(deals)
      .set({ ...fields, updatedAt: at })
      .where(isDeal({ siteId, campaignId, publicId }))
      .returning({ id: deals.id }),
    db.execute(raiseSpendVersion(siteId)),
  ]);
  return written.length > 0;
}

export type DealKey = { siteId: number; campaignId: number; publicId: string };

/** Takes a deal away, and with it what it came to; says whether there was one. */
export async function deleteDeal(db: Database, key: DealKey): Promise<boolean> {
  const [gone] = await db.batch([
    db.delete(deals).where(isDeal(key)).returning({ id: deals.id }),
    db.execute(raiseSpendVersion(key.siteId)),
  ]);
  return gone.length > 0;
}

export type CountedDay = { campaignId: number; day: string; impressions: number; clicks: number };

type CountsQuestion = { siteId: number; campaignIds: readonly number[]; from: string; to: string };

/** Impressions and clicks of some campaigns by day, from the rollups of days. */
export function dayCounts({ siteId, campaignIds, from, to }: CountsQuestion): SQL {
  const keys = JSON.stringify(campaignIds.map(String));
  return sql`
    select r.scope_key, r.starts_on::text as day, r.impressions[1] as impressions, r.clicks[1] as clicks
    from jsonb_array_elements_text(${keys}::jsonb) as k (scope_key)
    join site.rollup_periods r on r.site_id = ${siteId} and r.scope = 'campaign' and r.scope_key = k.scope_key
      and r.dimension = 'all' and r.span = 'day' and r.starts_on between ${from}::date and ${to}::date and r.currency = ''`;
}

/** The rows of `dayCounts`. */
export async function countedDays(db: Database, question: CountsQuestion): Promise<CountedDay[]> {
  const { rows } = await db.execute<Omit<CountedDay, "campaignId"> & { scope_key: string }>(
    dayCounts(question),
  );
  return rows.map(({ scope_key: key, ...row }) => ({ ...row, campaignId: Number(key) }));
}

function isDeal({ siteId, campaignId, publicId }: DealKey) {
  return and(eq(deals.siteId, siteId), eq(deals.campaignId, campaignId), eq(deals.publicId, publicId));
}
