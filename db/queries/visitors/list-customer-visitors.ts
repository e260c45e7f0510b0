import { sql } from "drizzle-orm";

import type { Database } from "#db/database.ts";

export type CustomerVisitor = { visitorId: string; firstSeenAt: string; lastSeenAt: string };
export type CustomerQuestion = {
  siteId: number;
  personId: string;
  afterVisitorId: string | null;
  limit: number;
};

/** The visitors that were ever identified as a person, by their ids; at most `limit`, from after one of them on. */
export async function listCustomerVisitors(
  db: Database,
  { siteId, personId, afterVisitorId, limit }: CustomerQuestion,
): Promise<CustomerVisitor[]> {
  const iso = sql`'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"'`;
  const { rows } = await db.execute<CustomerVisitor>(sql`
    select v.visitor_id as "visitorId", to_char(v.first_seen_at at time zone 'UTC', ${iso}) as "firstSeenAt",
      to_char(v.last_seen_at at time zone 'UTC', ${iso}) as "lastSeenAt"
    from (
      select distinct visitor_id from site.identity_links
      where site_id = ${siteId} and person_id = ${personId}::uuid
        and visitor_id > ${afterVisitorId ?? "00000000-0000-0000-0000-000000000000"}::uuid
      order by visitor_id
      limit ${limit}
    ) l
    join site.visitors v on v.site_id = ${siteId} and v.visitor_id = l.visitor_id
    order by v.visitor_id`);
  return rows;
}
