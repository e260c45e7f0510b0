ALTER TABLE "site"."refunds" ADD COLUMN "names_currency" boolean;--> statement-breakpoint
ALTER TABLE "site"."refunds" ADD COLUMN "value_major" numeric;--> statement-breakpoint
-- Decimal places of a currency's minor unit, as in core/money/currency-exponent.ts.
CREATE FUNCTION site.currency_exponent(currency text) RETURNS integer LANGUAGE sql IMMUTABLE PARALLEL SAFE AS $$
  SELECT CASE
    WHEN currency IN ('BIF', 'CLP', 'DJF', 'GNF', 'ISK', 'JPY', 'KMF', 'KRW', 'PYG', 'RWF', 'UGX', 'UYI', 'VND', 'VUV', 'XAF',
      'XOF', 'XPF') THEN 0
    WHEN currency IN ('BHD', 'IQD', 'JOD', 'KWD', 'LYD', 'OMR', 'TND') THEN 3
    WHEN currency IN ('CLF', 'UYW') THEN 4
    ELSE 2
  END
$$;
--> statement-breakpoint
-- A refund's value in minor units of its order's currency, half away from zero; null where it is in full. `major` is the value
-- as it was told; of what was stored before that was kept, the minor units tell it. Never beyond what an amount may be: a sum
-- of amounts stays within bigint.
CREATE FUNCTION site.refund_minor(minor bigint, major numeric, currency text, wanted text) RETURNS bigint
LANGUAGE sql IMMUTABLE PARALLEL SAFE AS $$
  SELECT CASE
    WHEN minor IS NULL OR currency IS NULL OR wanted IS NULL OR currency = wanted THEN minor
    ELSE least(
      round(
        coalesce(major, minor * power(10::numeric, -site.currency_exponent(currency)))
          * power(10::numeric, site.currency_exponent(wanted))),
      9007199254740991)::bigint
  END
$$;
--> statement-breakpoint
-- A refund that names no currency is of its order's, which is known only when this is read: the order may come later, or take
-- another currency from a server's copy. One that names another currency than its order's cannot be taken from it. It lowers
-- revenue like one whose original is not known, in its own currency; but what is refunded of a test counts no more than the
-- test. Of refunds from before `names_currency` those in the site's currency are taken for such as name none.
CREATE OR REPLACE VIEW site.refund_effects AS
SELECT r.site_id, r.refund_id, r.at, c.conversion_id, coalesce(c.currency, r.currency) AS currency,
  e.before_minor, e.after_minor, e.before_minor - e.after_minor AS taken_minor, coalesce(o.is_test, false) AS is_test
FROM site.refunds r
JOIN site.sites t ON t.id = r.site_id
LEFT JOIN LATERAL (
  SELECT v.conversion_id, v.currency, v.value_minor, v.is_test
  FROM site.conversions v
  WHERE v.site_id = r.site_id AND r.order_id IS NOT NULL AND v.order_id = r.order_id
  UNION ALL
  SELECT v.conversion_id, v.currency, v.value_minor, v.is_test
  FROM site.conversions v
  WHERE v.site_id = r.site_id AND r.order_id IS NULL AND v.conversion_id = r.conversion_id
  LIMIT 1
) o ON true
LEFT JOIN LATERAL (
  SELECT o.conversion_id, o.currency, o.value_minor
  WHERE r.currency = o.currency OR NOT coalesce(r.names_currency, r.currency <> t.currency, false)
) c ON true
CROSS JOIN LATERAL (
  SELECT coalesce(sum(coalesce(site.refund_minor(earlier.value_minor, earlier.value_major, earlier.currency, c.currency),
    c.value_minor)), 0) AS earlier_minor
  FROM (
    SELECT p.value_minor, p.value_major, p.currency, p.names_currency
    FROM site.refunds p
    WHERE p.site_id = r.site_id AND p.order_id = r.order_id AND (p.at, p.refund_id) < (r.at, r.refund_id)
    UNION ALL
    SELECT p.value_minor, p.value_major, p.currency, p.names_currency
    FROM site.refunds p
    WHERE p.site_id = r.site_id AND p.conversion_id = r.conversion_id AND p.order_id IS NULL AND r.order_id IS NULL
      AND (p.at, p.refund_id) < (r.at, r.refund_id)
  ) AS earlier
  WHERE c.conversion_id IS NOT NULL
    AND (earlier.currency = c.currency OR NOT coalesce(earlier.names_currency, earlier.currency <> t.currency, false))
) p
CROSS JOIN LATERAL (
  SELECT
    CASE WHEN c.conversion_id IS NULL THEN 0 ELSE greatest(c.value_minor - p.earlier_minor, 0) END::bigint AS before_minor,
    CASE WHEN c.conversion_id IS NULL THEN -coalesce(r.value_minor, 0)
      ELSE greatest(c.value_minor - p.earlier_minor
        - coalesce(site.refund_minor(r.value_minor, r.value_major, r.currency, c.currency), c.value_minor), 0)
    END::bigint AS after_minor
) e;
