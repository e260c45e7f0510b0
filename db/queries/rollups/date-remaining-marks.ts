import { sql, type SQL } from "drizzle-orm";

/**
 * Dates the marks of hours that were rolled up at one version while ingest had raised them to the next: what is not
 * summed up yet came in since then. Without it the running hour of a busy site, whose mark hardly ever goes, would seem
 * to wait for longer and longer. `json`: `[{ b: bucket, v: version }]` as listed. Locked in the order of ingest's marks.
 */
export function dateRemainingMarks(siteId: number, json: string): SQL {
  return sql`
    with mark as materialized (
      select s.bucket
      from jsonb_to_recordset(${json}::jsonb) as h (b timestamptz, v bigint)
      join site.stale_hours s on s.site_id = ${siteId} and s.bucket = h.b and s.version <> h.v
      order by s.bucket
      for update of s
    )
    update site.stale_hours s set marked_at = now() from mark m where s.site_id = ${siteId} and s.bucket = m.bucket`;
}
