import { sql } from "drizzle-orm";

import type { Database } from "#db/database.ts";
import { createSite, type TestSite } from "#tests/support/sites.ts";

/** A site of 520 ads (`utm_content`), each met by a visitor of its own, who ordered for more than those of the ads before. */
export async function createManyAds(db: Database): Promise<TestSite> {
  const site = await createSite(db, { timeZone: "UTC" });
  await db.execute(sql`
    with source as (
      insert into site.sources (site_id, fingerprint, channel, utm_content, matcher_version)
      select ${site.siteId}, 'ad ' || k, 'email', 'ad ' || k, 1 from generate_series(1, 520) as k returning id
    ), contact as (
      insert into site.touchpoints (site_id, touchpoint_id, rank, visitor_id, at, source_id, event_id, event_at)
      select ${site.siteId}, md5('t' || id)::uuid, 0, md5('v' || id)::uuid, '2025-03-01', id, md5('t' || id)::uuid, '2025-03-01'
      from source returning visitor_id, source_id
    )
    insert into site.conversions (site_id, conversion_id, visitor_id, at, type, value_minor, currency, promo_codes, is_test, copies)
    select ${site.siteId}, md5('c' || source_id)::uuid, visitor_id, '2025-03-02', 'purchase', source_id, 'EUR', '{}', false, 1
    from contact`);
  return site;
}
