-- 0023 looked for money in other currencies among what was rolled up, and there a refund stood in its order's currency: one
-- that names another is not found there, though it is what has changed. It takes nothing of its order any more, and so the
-- refunds after it take more: all of such a site are marked, as there. Behind the seal nothing is.
--> for-each-site
--> replaces ad23c9c2fdaa62eafa3c005f13f57868a9f34ca6cda10c094d6bb0195e9b9f72
INSERT INTO site.stale_hours (site_id, bucket, version, marked_at)
SELECT h.site_id, h.bucket, pg_current_xact_id()::text::bigint,
  now() + (row_number() OVER (PARTITION BY h.site_id ORDER BY h.bucket DESC)) * interval '60 milliseconds'
FROM (
  SELECT DISTINCT r.site_id, date_trunc('hour', r.at, t.time_zone) AS bucket
  FROM site.sites t JOIN site.refunds r ON r.site_id = t.id
  WHERE r.at >= coalesce(date_trunc('hour', t.sealed_before, t.time_zone), '-infinity')
    AND t.id IN (
      SELECT n.site_id FROM site.refunds n JOIN site.sites s ON s.id = n.site_id
      WHERE n.site_id = current_setting('waymark.site')::int AND n.names_currency IS NULL AND n.currency <> s.currency)
) AS h
ORDER BY 1, 2
ON CONFLICT (site_id, bucket) DO UPDATE SET version = excluded.version;
--> statement-breakpoint
INSERT INTO site.data_versions (site_id, day, version)
SELECT DISTINCT r.site_id, (r.at AT TIME ZONE t.time_zone)::date, 1
FROM site.sites t JOIN site.refunds r ON r.site_id = t.id
WHERE t.id IN (
  SELECT n.site_id FROM site.refunds n JOIN site.sites s ON s.id = n.site_id
  WHERE n.site_id = current_setting('waymark.site')::int AND n.names_currency IS NULL AND n.currency <> s.currency)
ORDER BY 1, 2
ON CONFLICT (site_id, day) DO UPDATE SET version = data_versions.version + 1;
