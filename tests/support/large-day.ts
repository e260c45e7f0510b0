import { sql } from "drizzle-orm";
import type { Database } from "#db/database.ts";

/** Has a site look as if it had a million and a half visits on a day (`YYYY-MM-DD`): its attribution is a job's work then. */
export async function addLargeDay(db: Database, sitePublicId: string, day: string): Promise<void> {
  await db.execute(sql`
    insert into site.rollup_periods (site_id, scope, scope_key, dimension, span, starts_on, currency, rolled_at, took_ms,
      entries, impressions, clicks, pageviews, sessions, visitors)
    select t.id, 'site', '', 'all', 'day', ${day}::date, '', now(), 1, '{""}', '{0}', '{0}', '{0}', '{1500000}', '{1}'
    from site.sites t where t.public_id = ${sitePublicId}`);
}
