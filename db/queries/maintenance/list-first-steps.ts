import { sql } from "drizzle-orm";

import type { Database } from "#db/database.ts";

export type FirstSteps = { accountId: number; firstEventAt: string; firstAttributedAt: string | null };

/**
 * Accounts one of whose sites had its first event since then, or a conversion with a touchpoint, and the first of
 * those. Imported history counts from the site's first event: before it there was nothing to see.
 */
export async function listFirstSteps(db: Database, since: Date): Promise<FirstSteps[]> {
  const { rows } = await db.execute<{
    account_id: number;
    event_at: string;
    attributed_at: string | null;
  }>(sql`
    select t.account_id, min(t.first_event_at)::text as event_at,
      min(case when c.at is not null then greatest(c.at, t.first_event_at) end)::text as attributed_at
    from site.sites t
    left join lateral (
      select v.at from site.conversions v
      where v.site_id = t.id and not v.is_test
        and v.at >= case when t.first_event_at >= ${since.toISOString()}::timestamptz then '-infinity'
          else ${since.toISOString()}::timestamptz end
        and exists (
          select from site.touchpoints p
          where p.site_id = v.site_id and p.visitor_id = coalesce(v.visitor_id, v.conversion_id)
            and p.at between v.at - interval '30 days' and v.at)
      order by v.at limit 1
    ) c on true
    where t.first_event_at >= ${since.toISOString()}::timestamptz or (t.first_event_at is not null and c.at is not null)
    group by t.account_id`);
  return rows.map((row) => ({
    accountId: row.account_id,
    firstEventAt: row.event_at,
    firstAttributedAt: row.attributed_at,
  }));
}
