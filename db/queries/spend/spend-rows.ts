import { and, asc, eq, gte, lte, sql } from "drizzle-orm";

import type { Database } from "#db/database.ts";
import { spend } from "#db/schema/site/spend.ts";

export type SpendRecord = {
  day: string;
  source: string;
  amountMinor: number;
  currency: string;
  note: string | null;
  updatedAt: Date;
};

export type SpendRange = {
  siteId: number;
  campaignId: number;
  /** Closed range of the site's days. */
  from: string;
  to: string;
  /** Day and source of the last row of the page before; null for the first page. */
  after: { day: string; source: string } | null;
  limit: number;
};

/** A campaign's spend rows of a range, by day and source. */
export async function listSpend(db: Database, range: SpendRange): Promise<SpendRecord[]> {
  const { after } = range;
  return await db
    .select({
      day: spend.day,
      source: spend.source,
      amountMinor: spend.amountMinor,
      currency: spend.currency,
      note: spend.note,
      updatedAt: spend.updatedAt,
    })
    .from(spend)
    .where(
      and(
        eq(spend.siteId, range.siteId),
        eq(spend.campaignId, range.campaignId),
        gte(spend.day, range.from),
        lte(spend.day, range.to),
        after === null ? undefined : sql`(${spend.day}, ${spend.source}) > (${after.day}, ${after.source})`,
      ),
    )
    .orderBy(asc(spend.day), asc(spend.source))
    .limit(range.limit);
}

export type SpendUpsert = {
  siteId: number;
  /** No two of the same campaign, day and source. */
  rows: readonly (Omit<SpendRecord, "updatedAt"> & { campaignId: number })[];
  at: Date;
};

/** Writes all rows, each replacing that of its campaign, day and source, and raises the site's spend version, in one statement. */
export async function upsertSpend(db: Database, { siteId, rows, at }: SpendUpsert): Promise<void> {
  await db.execute(sql`
    with written as (
      insert into site.spend (site_id, campaign_id, day, source, amount_minor, currency, note, updated_at)
      select ${siteId}::int, r."campaignId", r.day, r.source, r."amountMinor", r.currency, r.note, ${at}::timestamptz
      from jsonb_to_recordset(${JSON.stringify(rows)}::jsonb)
        as r ("campaignId" int, day date, source text, "amountMinor" bigint, currency text, note text)
      order by r."campaignId", r.day, r.source
      on conflict (site_id, campaign_id, day, source) do update set
        amount_minor = excluded.amount_minor, currency = excluded.currency, note = excluded.note,
        updated_at = excluded.updated_at
    )
    update site.sites set spend_version = spend_version + 1 where id = ${siteId}`);
}

export type SpendKey = { siteId: number; campaignId: number; day: string; source: string };

/** Takes a row away and raises the site's spend version; says whether there was one. */
export async function deleteSpend(db: Database, key: SpendKey): Promise<boolean> {
  const { rows } = await db.execute(sql`
    with gone as (
      delete from site.spend
      where site_id = ${key.siteId} and campaign_id = ${key.campaignId} and day = ${key.day} and source = ${key.source}
      returning 1
    )
    update site.sites set spend_version = spend_version + 1
    where id = ${key.siteId} and exists (select from gone)
    returning id`);
  return rows.length > 0;
}
