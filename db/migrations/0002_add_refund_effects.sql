-- What each refund takes of its conversion, in the order in which they came: never more than is left, and so partial
-- refunds end at exactly nothing (decisions 18). `before_minor` and `after_minor` are what the conversion was worth
-- before and after. A refund whose original is not known takes what it says, from nothing.
CREATE VIEW site.refund_effects AS
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
  SELECT coalesce(sum(coalesce(p.value_minor, c.value_minor)), 0) AS earlier_minor
  FROM site.refunds p
  WHERE p.site_id = r.site_id AND c.conversion_id IS NOT NULL
    AND (p.order_id = r.order_id OR (r.order_id IS NULL AND p.order_id IS NULL AND p.conversion_id = r.conversion_id))
    AND (p.at, p.refund_id) < (r.at, r.refund_id)
) p
CROSS JOIN LATERAL (
  SELECT
    CASE WHEN c.conversion_id IS NULL THEN 0 ELSE greatest(c.value_minor - p.earlier_minor, 0) END::bigint AS before_minor,
    CASE WHEN c.conversion_id IS NULL THEN -coalesce(r.value_minor, 0)
      ELSE greatest(c.value_minor - p.earlier_minor - coalesce(r.value_minor, c.value_minor), 0) END::bigint AS after_minor
) e;
