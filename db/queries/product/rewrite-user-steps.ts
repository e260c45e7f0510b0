import { sql } from "drizzle-orm";

import type { Database } from "#db/database.ts";

/** What the accounts of a database saw first. */
export type FirstFacts = {
  accounts: readonly { accountId: number; firstEventAt: string; firstAttributedAt: string | null }[];
  deliveries: readonly { userId: number; at: string }[];
};

/**
 * Writes when users reached each step anew: from their rows, from the audit log of who made which site and campaign, and
 * from what the databases saw first. A step whose trace is gone, since an erasure or a deleted account took it, stays as
 * it was noted.
 */
export async function rewriteUserSteps(
  control: Database,
  { accounts, deliveries }: FirstFacts,
): Promise<void> {
  const facts = JSON.stringify(
    accounts.map(({ accountId, firstEventAt, firstAttributedAt }) => ({
      a: accountId,
      e: firstEventAt,
      c: firstAttributedAt,
    })),
  );
  const sent = JSON.stringify(deliveries.map(({ userId, at }) => ({ u: userId, s: at })));
  await control.execute(sql`
    with opened as (
      select distinct on (user_id) user_id, account_id from control.members order by user_id, created_at, account_id
    ),
    made as (
      select user_id, min(at) filter (where action = 'site.create') as site_at,
        min(at) filter (where action = 'campaign.create') as campaign_at
      from control.audit_log
      where action in ('site.create', 'campaign.create') and user_id is not null
      group by user_id
    ),
    seen as (
      select a, min(e) as event_at, min(c) as conversion_at
      from jsonb_to_recordset(${facts}::jsonb) as f (a int, e timestamptz, c timestamptz) group by a
    ),
    sent as (
      select u, min(s) as report_at from jsonb_to_recordset(${sent}::jsonb) as d (u int, s timestamptz) group by u
    )
    insert into control.user_metrics as m (user_id, account_id, registered_at, first_site_at, first_campaign_at,
      first_event_at, first_attributed_conversion_at, first_report_delivered_at)
    select u.id, o.account_id, u.created_at, made.site_at, made.campaign_at, seen.event_at, seen.conversion_at,
      sent.report_at
    from control.users u
    join lateral (
      select coalesce((select k.account_id from control.user_metrics k where k.user_id = u.id),
        (select p.account_id from opened p where p.user_id = u.id)) as account_id
    ) o on o.account_id is not null
    left join made on made.user_id = u.id
    left join seen on seen.a = o.account_id
    left join sent on sent.u = u.id
    on conflict (user_id) do update set registered_at = excluded.registered_at,
      first_site_at = coalesce(excluded.first_site_at, m.first_site_at),
      first_campaign_at = coalesce(excluded.first_campaign_at, m.first_campaign_at),
      first_event_at = coalesce(excluded.first_event_at, m.first_event_at),
      first_attributed_conversion_at = case when excluded.first_event_at is null then m.first_attributed_conversion_at
        else excluded.first_attributed_conversion_at end,
      first_report_delivered_at = coalesce(excluded.first_report_delivered_at, m.first_report_delivered_at)`);
}
