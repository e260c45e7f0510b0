-- What refunds take has changed where money came in another currency than the site's: their hours are rolled up anew, the
-- newest first, and what was worked out of their days is not current any more. Behind the seal nothing is marked.
--> for-each-site
--> replaces 3672527d3229ad38bfb0eb269a615a571a511947773d53d1bf24873990832827
INSERT INTO site.stale_hours (site_id, bucket, version, marked_at)
SELECT h.site_id, h.bucket, pg_current_xact_id()::text::bigint,
  now() + (row_number() OVER (PARTITION BY h.site_id ORDER BY h.bucket DESC)) * interval '60 milliseconds'
FROM (
  SELECT DISTINCT r.site_id, date_trunc('hour', r.at, t.time_zone) AS bucket
  FROM site.sites t JOIN site.refunds r ON r.site_id = t.id
  WHERE t.id = current_setting('waymark.site')::int AND r.at >= coalesce(date_trunc('hour', t.sealed_before, t.time_zone), '-infinity')
    AND EXISTS (
      SELECT FROM site.rollup_periods p
      WHERE p.site_id = t.id AND p.scope = 'site' AND p.scope_key = '' AND p.dimension = 'all' AND p.span = 'day'
        AND p.currency NOT IN ('', t.currency))
) AS h
ORDER BY 1, 2
ON CONFLICT (site_id, bucket) DO UPDATE SET version = excluded.version;
--> statement-breakpoint
INSERT INTO site.data_versions (site_id, day, version)
SELECT DISTINCT r.site_id, (r.at AT TIME ZONE t.time_zone)::date, 1
FROM site.sites t JOIN site.refunds r ON r.site_id = t.id
WHERE t.id = current_setting('waymark.site')::int AND EXISTS (
  SELECT FROM site.rollup_periods p
  WHERE p.site_id = t.id AND p.scope = 'site' AND p.scope_key = '' AND p.dimension = 'all' AND p.span = 'day'
    AND p.currency NOT IN ('', t.currency))
ORDER BY 1, 2
ON CONFLICT (site_id, day) DO UPDATE SET version = data_versions.version + 1;
