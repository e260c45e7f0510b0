-- Days tell what came through each short link from now on: those since a site's first link are counted anew, the newest
-- first, by the version that knows how. The one before, which still runs, sees no mark of `links`. Behind the seal days stay
-- as they are.
--> for-each-site
INSERT INTO site.stale_periods (site_id, span, starts_on, version, marked_at)
SELECT r.site_id, 'links', r.starts_on, pg_current_xact_id()::text::bigint,
  now() + (row_number() OVER (ORDER BY r.starts_on DESC)) * interval '300 milliseconds'
FROM (
  SELECT t.id, t.raw_day, min((l.created_at AT TIME ZONE t.time_zone)::date) AS since
  FROM site.sites t JOIN site.links l ON l.site_id = t.id
  WHERE t.id = current_setting('waymark.site')::int
  GROUP BY t.id
) AS f
JOIN site.rollup_periods r ON r.site_id = f.id AND r.scope = 'site' AND r.scope_key = '' AND r.dimension = 'all'
  AND r.span = 'day' AND r.currency = '' AND r.starts_on >= f.since
  AND (f.raw_day IS NULL OR r.starts_on >= f.raw_day)
ORDER BY r.starts_on
ON CONFLICT (site_id, span, starts_on) DO UPDATE SET version = excluded.version;
