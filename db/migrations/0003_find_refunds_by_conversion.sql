CREATE INDEX "refunds_conversion_idx" ON "site"."refunds" USING btree ("site_id","conversion_id");--> statement-breakpoint
-- What came before a refund is found by one index or the other, where an OR of both read every refund without an order.
CREATE OR REPLACE VIEW site.refund_effects AS
SELECT r.site_id, r.refund_id, r.at, c.conversion_id, coalesce(c.currency, r.currency) AS currency,
  e.before_minor, e.after_minor, e.before_minor - e.after_minor AS taken_minor, coalesce(c.is_test, false) AS is_test
FROM site.refunds r
LEFT JOIN LATERAL (
  SELECT v.conversion_id, v.currency, v.value_minor, v.is_test
  FROM site.conversions v
  WHERE v.site_id = r.site_id AND r.order_id IS NOT NULL AND v.order_id = r.order_id
  UNION ALL
  SELECT v.conversion_id, v.currency, v.value_minor, v.is_test
  FROM site.conversions v
  WHERE v.site_id = r.site_id AND r.order_id IS NULL AND v.conversion_id = r.conversion_id
  LIMIT 1
) c ON true
CROSS JOIN LATERAL (
  SELECT coalesce(sum(coalesce(earlier.value_minor, c.value_minor)), 0) AS earlier_minor
  FROM (
    SELECT p.value_minor
    FROM site.refunds p
    WHERE p.site_id = r.site_id AND p.order_id = r.order_id AND (p.at, p.refund_id) < (r.at, r.refund_id)
    UNION ALL
    SELECT p.value_minor
    FROM site.refunds p
    WHERE p.site_id = r.site_id AND p.conversion_id = r.conversion_id AND p.order_id IS NULL AND r.order_id IS NULL
      AND (p.at, p.refund_id) < (r.at, r.refund_id)
  ) AS earlier
  WHERE c.conversion_id IS NOT NULL
) p
CROSS JOIN LATERAL (
  SELECT
    CASE WHEN c.conversion_id IS NULL THEN 0 ELSE greatest(c.value_minor - p.earlier_minor, 0) END::bigint AS before_minor,
    CASE WHEN c.conversion_id IS NULL THEN -coalesce(r.value_minor, 0)
      ELSE greatest(c.value_minor - p.earlier_minor - coalesce(r.value_minor, c.value_minor), 0) END::bigint AS after_minor
) e;
