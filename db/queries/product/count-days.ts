import { sql } from "drizzle-orm";

import type { Database } from "#db/database.ts";

export type ProductDay = {
  day: string;
  campaignsCreated: number;
  campaignsCompleted: number;
  reportsDelivered: number;
  mailsFailed: number;
};

/** A mail is given up a day after it was due at the latest: days of earlier ones do not change any more. */
const MAILS_SETTLE = sql`interval '2 days'`;

/**
 * The UTC days that may have changed since then, each counted as a whole; null: every day. A campaign is completed once a
 * report about it was delivered: about it alone, among others, or about its whole site or account, ordered when it was
 * there already. Delivered is what the mail provider took; archived campaigns and deleted reports count as they did. Read
 * once an hour: campaigns and mails are few beside facts.
 */
export async function countProductDays(db: Database, since: Date | null): Promise<ProductDay[]> {
  const from = since === null ? sql`timestamptz '-infinity'` : sql`${since.toISOString()}::timestamptz`;
  const { rows } = await db.execute<ProductDay>(sql`
    with delivered as materialized (
      select r.id, r.account_id, r.site_id, r.campaign_id, r.campaign_ids, r.created_at, min(d.sent_at) as at
      from site.report_deliveries d join site.reports r on r.id = d.report_id
      where d.status = 'sent'
      group by r.id
    ),
    campaign as materialized (
      select c.id, c.site_id, t.account_id, c.created_at, (c.created_at at time zone 'UTC')::date as day
      from site.campaigns c join site.sites t on t.id = c.site_id
    ),
    completed as materialized (
      select c.id, c.day, min(r.at) as at
      from campaign c
      join delivered r on r.account_id = c.account_id and r.created_at >= c.created_at
        and (r.campaign_id = c.id or c.id = any(r.campaign_ids)
          or (r.campaign_id is null and r.campaign_ids = '{}' and (r.site_id is null or r.site_id = c.site_id)))
      group by c.id, c.day
    ),
    given_up as materialized (
      select (created_at at time zone 'UTC')::date as day from site.report_deliveries
      where status = 'failed' and created_at >= ${from} - ${MAILS_SETTLE}
    ),
    touched as (
      select day from campaign where created_at >= ${from}
      union select day from completed where at >= ${from}
      union select (at at time zone 'UTC')::date from delivered where at >= ${from}
      union select day from given_up
    )
    select t.day::text as day,
      (select count(*)::int from campaign c where c.day = t.day) as "campaignsCreated",
      (select count(*)::int from completed c where c.day = t.day) as "campaignsCompleted",
      (select count(*)::int from delivered r where (r.at at time zone 'UTC')::date = t.day) as "reportsDelivered",
      (select count(*)::int from site.report_deliveries d
       where d.status = 'failed' and (d.created_at at time zone 'UTC')::date = t.day) as "mailsFailed"
    from touched t
    order by t.day`);
  return rows;
}

/** When each user's first report was delivered, of those that accounts of this database ordered. */
export async function listFirstDeliveries(db: Database): Promise<{ userId: number; at: string }[]> {
  const { rows } = await db.execute<{ userId: number; at: string }>(sql`
    select r.created_by as "userId", min(d.sent_at)::text as at
    from site.report_deliveries d join site.reports r on r.id = d.report_id
    where d.status = 'sent' and r.created_by is not null
    group by r.created_by`);
  return rows;
}
