import { sql, type SQL } from "drizzle-orm";

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
  const { rows } = await db.execute<ProductDay>(productDays(since));
  return rows;
}

/** What `countProductDays` asks. */
export function productDays(since: Date | null): SQL {
  const from = since === null ? sql`timestamptz '-infinity'` : sql`${since.toISOString()}::timestamptz`;
  return sql`
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
    ${completed()},
    failed as (
      select (created_at at time zone 'UTC')::date as day, count(*)::int as mails, max(created_at) as last
      from site.report_deliveries where status = 'failed' group by 1
    ),
    touched as (
      select day from campaign where created_at >= ${from}
      union select day from completed where at >= ${from}
      union select (at at time zone 'UTC')::date from delivered where at >= ${from}
      union select day from failed where last >= ${from} - ${MAILS_SETTLE}
    ),
    created as (select day, count(*)::int as campaigns from campaign group by day),
    done as (select day, count(*)::int as campaigns from completed group by day),
    sent as (select (at at time zone 'UTC')::date as day, count(*)::int as reports from delivered group by 1)
    select day::text as day, coalesce(c.campaigns, 0) as "campaignsCreated", coalesce(d.campaigns, 0) as "campaignsCompleted",
      coalesce(s.reports, 0) as "reportsDelivered", coalesce(f.mails, 0) as "mailsFailed"
    from touched t
    left join created c using (day) left join done d using (day) left join sent s using (day) left join failed f using (day)
    order by day`;
}

/** Of the campaigns in `campaign` and the reports in `delivered`: which are completed, and since when. */
function completed(): SQL {
  return sql`
    mention as materialized (
      select n.id, r.account_id, r.created_at, r.at
      from delivered r cross join lateral unnest(array_append(r.campaign_ids, r.campaign_id)) as n (id)
      where n.id is not null
    ),
    named as (
      select c.id, min(m.at) as at
      from mention m
      join campaign c on c.id = m.id and c.account_id = m.account_id and m.created_at >= c.created_at
      group by c.id
    ),
    of_site as (${firstSince({ siteId: sql`site_id`, reports: sql`site_id is not null` })}),
    of_account as (${firstSince({ siteId: sql`null::int`, reports: sql`site_id is null` })}),
    completed as materialized (
      select c.id, c.day, least(n.at, s.at, a.at) as at
      from campaign c
      left join named n using (id) left join of_site s using (id) left join of_account a using (id)
      where least(n.at, s.at, a.at) is not null
    )`;
}

/**
 * For each campaign when the first of those reports was delivered that were ordered when it was there already, of its whole
 * site or account: in one pass over both by time, not each campaign against each report.
 */
function firstSince({ siteId, reports }: { siteId: SQL; reports: SQL }): SQL {
  return sql`
    select id, at from (
      select id, min(at) over (
        partition by account_id, site_id order by created_at range between current row and unbounded following
      ) as at
      from (
        select id, account_id, ${siteId} as site_id, created_at, null::timestamptz as at from campaign
        union all
        select null, account_id, site_id, created_at, at from delivered
        where campaign_id is null and campaign_ids = '{}' and ${reports}
      ) as by_time
    ) as first
    where id is not null and at is not null`;
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
