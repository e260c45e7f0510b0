-- The promo code of a test is no touchpoint any more. What was worked out of its day, and of later ones with it, is not current.
WITH gone AS (
  DELETE FROM site.touchpoints t USING site.conversions c
  WHERE c.is_test AND t.site_id = c.site_id AND t.event_id = c.conversion_id AND t.rank = 1
  RETURNING t.site_id, t.at
)
INSERT INTO site.data_versions (site_id, day, version)
SELECT DISTINCT g.site_id, (g.at AT TIME ZONE t.time_zone)::date, 1
FROM gone g JOIN site.sites t ON t.id = g.site_id
ORDER BY 1, 2
ON CONFLICT (site_id, day) DO UPDATE SET version = data_versions.version + 1;
--> statement-breakpoint
DROP INDEX "site"."conversions_test_idx";
