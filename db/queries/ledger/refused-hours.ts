import { sql, type SQL } from "drizzle-orm";

import type { Database } from "#db/database.ts";

export type RefusedCount = { siteId: number; code: string; requests: number };

export type RefusalReport = { reportId: string; at: Date; counts: readonly RefusedCount[] };

/** Adds a report to the UTC hour it was made in, once: a report that is known already adds nothing. */
export async function addRefusedCounts(db: Database, { reportId, at, counts }: RefusalReport): Promise<void> {
  const json = JSON.stringify(
    counts.map(({ siteId, code, requests }) => ({ s: siteId, c: code, n: requests })),
  );
  await db.execute(sql`
    with fresh as (
      insert into site.refusal_reports (report_id) values (${reportId}::uuid) on conflict do nothing returning report_id
    )
    insert into site.refused_hours (site_id, hour, code, requests)
    select b.s, date_trunc('hour', ${at.toISOString()}::timestamptz, 'UTC'), b.c, sum(b.n)::int
    from fresh cross join jsonb_to_recordset(${json}::jsonb) as b (s int, c text, n int)
    group by 1, 2, 3
    order by 1, 2, 3
    on conflict (site_id, hour, code) do update set requests = refused_hours.requests + excluded.requests`);
}

/** A scalar: the refused requests of a site since this instant by reason, the most frequent first, as JSON; null without any. */
export function refusedSince(siteId: number, sinceIso: string): SQL {
  return sql`(
    select json_agg(json_build_object('code', r.code, 'requests', r.requests) order by r.requests desc, r.code)
    from (
      select code, sum(requests)::int as requests from site.refused_hours
      where site_id = ${siteId} and hour >= ${sinceIso}::timestamptz
      group by code
    ) as r)`;
}

export type RefusedByCode = { code: string; requests: number }[];

/** The refused requests of a site, or of no known one, since this instant. */
export async function listRefused(
  db: Database,
  { siteId, sinceIso }: { siteId: number; sinceIso: string },
): Promise<RefusedByCode> {
  const { rows } = await db.execute<{ refused: RefusedByCode | null }>(
    sql`select ${refusedSince(siteId, sinceIso)} as refused`,
  );
  return rows[0]?.refused ?? [];
}

/** Takes away counts of before this instant, and the reports that no queue can bring again. */
export async function deleteRefusedBefore(db: Database, before: Date): Promise<void> {
  await db.batch([
    db.execute(sql`delete from site.refused_hours where hour < ${before.toISOString()}::timestamptz`),
    db.execute(
      sql`delete from site.refusal_reports where report_id < site.uuid7_floor(${before.toISOString()}::timestamptz)`,
    ),
  ]);
}
