-- Days tell what came through each short link from now on: those since a site's first link are counted anew, the newest
-- first. Behind the seal days stay as they are.
INSERT INTO site.stale_periods (site_id, span, starts_on, version, marked_at)
SELECT r.site_id, 'day', r.starts_on, pg_current_xact_id()::text::bigint,
  now() + (row_number() OVER (PARTITION BY r.site_id ORDER BY r.starts_on DESC)) * interval '300 milliseconds'
FROM (
  SELECT l.site_id, min((l.created_at AT TIME ZONE t.time_zone)::date) AS since
  FROM site.links l JOIN site.sites t ON t.id = l.site_id
  GROUP BY l.site_id
) AS f
JOIN site.rollup_periods r ON r.site_id = f.site_id AND r.scope = 'site' AND r.scope_key = '' AND r.dimension = 'all'
  AND r.span = 'day' AND r.currency = '' AND r.starts_on >= f.since
ORDER BY 1, 2, 3
ON CONFLICT (site_id, span, starts_on) DO UPDATE SET version = excluded.version;
