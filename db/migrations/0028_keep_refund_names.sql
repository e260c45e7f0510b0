-- Whether a refund of before `names_currency` named its currency is told by the site's, which may become another one: money
-- keeps the currency it came in, so that what these are taken for now is written down. Only where it decides anything: the
-- others are in their order's currency, whatever the site's.
--> for-each-site
--> replaces 53e7096a81dc6a7ac958d104cca818c94699ad8d1f9cc4bb3536a8345228ea1f
UPDATE site.refunds r SET names_currency = r.currency <> t.currency
FROM site.sites t
WHERE t.id = current_setting('waymark.site')::int AND r.site_id = t.id AND r.names_currency IS NULL AND (
  r.currency <> t.currency
  OR EXISTS (
    SELECT FROM site.conversions c
    WHERE c.site_id = r.site_id AND r.order_id IS NOT NULL AND c.order_id = r.order_id AND c.currency <> r.currency)
  OR EXISTS (
    SELECT FROM site.conversions c
    WHERE c.site_id = r.site_id AND r.order_id IS NULL AND c.conversion_id = r.conversion_id AND c.currency <> r.currency));
