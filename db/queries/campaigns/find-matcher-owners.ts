import { sql } from "drizzle-orm";

import type { Database } from "#db/database.ts";
import type { MatcherRecord } from "./campaign-record.ts";

export type MatcherOwner = {
  kind: MatcherRecord["kind"];
  value: string;
  campaignId: number;
  campaignPublicId: string;
  campaignName: string;
  isArchived: boolean;
};

/** Which campaigns of the site these matchers belong to; a matcher that is free has no row. */
export async function findMatcherOwners(
  db: Database,
  { siteId, matchers }: { siteId: number; matchers: readonly MatcherRecord[] },
): Promise<MatcherOwner[]> {
  const { rows } = await db.execute<MatcherOwner>(sql`
    select m.kind, m.value, c.id as "campaignId", c.public_id as "campaignPublicId", c.name as "campaignName",
      c.archived_at is not null as "isArchived"
    from jsonb_to_recordset(${JSON.stringify(matchers)}::jsonb) as w (kind text, value text)
    join site.campaign_matchers m on m.site_id = ${siteId} and m.kind = w.kind and m.value = w.value
    join site.campaigns c on c.id = m.campaign_id
    order by m.id`);
  return rows;
}
