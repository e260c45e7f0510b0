import type { Client } from "pg";

export type JourneyFilling = {
  siteId: number;
  /** How many contacts; a tenth as many conversions. */
  touchpoints: number;
  campaigns: number;
  /** Contacts and conversions lie in [fromMs, toMs). */
  fromMs: number;
  toMs: number;
};

/** Of ten contacts seven belong to visitors who convert, who have seven each; three to others, who have two each. */
const CONVERTING_SHARE = 0.1;
const OTHERS_SHARE = 0.15;
const SOURCES_A_CAMPAIGN = 5;

/**
 * Touchpoints and conversions as ingest leaves them: in the order of time, so that the contacts of a visitor lie far
 * apart. A converting visitor has 1 to 13 contacts within 25 days, one in ten converts twice, values are odd cents; one
 * contact in eight is direct. The same numbers in every run.
 */
export async function fillJourneys(client: Client, filling: JourneyFilling): Promise<void> {
  const { siteId, touchpoints, campaigns, fromMs, toMs } = filling;
  await client.query(
    `insert into site.campaigns (id, site_id, public_id, name, channel, status, currency, created_at, updated_at)
     overriding system value
     select $1::int * 1000 + i, $1, 'cmp_' || $1 || '_' || i, 'Campaign ' || i, 'email', 'active', 'EUR', now(), now()
     from generate_series(1, $2::int) i`,
    [siteId, campaigns],
  );
  await client.query(
    `insert into site.sources (site_id, fingerprint, utm_source, utm_medium, utm_campaign, utm_content, channel, campaign_id, matcher_version)
     select $1::int, md5('journey source ' || i), 'source-' || i, 'email', 'campaign-' || i % $2::int, 'ad-' || i % 300,
       case when i % 8 = 0 then 'direct' else (array['email', 'paid-search', 'organic-social', 'referral'])[1 + i % 4] end,
       case when i % 8 <> 0 then $1 * 1000 + 1 + i % $2 end, 1
     from generate_series(0, $2 * ${SOURCES_A_CAMPAIGN} - 1) i`,
    [siteId, campaigns],
  );
  await client.query("drop table if exists way");
  await client.query(
    `create temporary table way as
     select v.n, md5('journey visitor ' || $1::int || ' ' || v.n)::uuid as visitor_id, v.h, v.converts, v.last_ms,
       case when v.converts then 1 + v.h % 13 else 1 + v.h % 3 end as contacts
     from (
       select n, n < $2::int * ${CONVERTING_SHARE} as converts, hashint4(n)::bigint & 2147483647 as h,
         $3::int8 + ((hashint8(n::int8 * 7919)::bigint & 2147483647) / 2147483648.0 * ($4::int8 - $3))::int8 as last_ms
       from generate_series(0, ($2 * (${CONVERTING_SHARE} + ${OTHERS_SHARE}))::int - 1) n
     ) v`,
    [siteId, touchpoints, fromMs + 25 * 86_400_000, toMs],
  );
  await insertContacts(client, siteId);
  await insertConversions(client, siteId);
  await client.query("drop table way");
  await client.query(
    `insert into site.data_versions (site_id, day, version)
     select $1, d::date, 1 from generate_series(to_timestamp($2 / 1000.0), to_timestamp($3 / 1000.0), interval '1 day') d`,
    [siteId, fromMs, toMs],
  );
  await client.query("vacuum analyze");
}

async function insertContacts(client: Client, siteId: number): Promise<void> {
  await client.query(
    `with ids as materialized (
       select array_agg(id order by id) as so from site.sources where site_id = $1::int and fingerprint in (
         select md5('journey source ' || i) from generate_series(0, 1999) i)
     )
     insert into site.touchpoints (site_id, touchpoint_id, rank, visitor_id, at, source_id, page_id, event_id, event_at)
     select $1, c.id, 0, c.visitor_id, c.at, so[1 + c.h % cardinality(so)], 1 + c.h % 500, c.id, c.at
     from (
       select md5('contact ' || w.n || ' ' || k)::uuid as id, w.visitor_id,
         to_timestamp((w.last_ms - k::int8 * (w.h % 2100000 + 60000)) / 1000.0) as at,
         hashint8(w.n::int8 * 31 + k)::bigint & 2147483647 as h
       from way w cross join lateral generate_series(0, w.contacts - 1) k
     ) c cross join ids
     order by c.at`,
    [siteId],
  );
}

async function insertConversions(client: Client, siteId: number): Promise<void> {
  await client.query(
    `insert into site.conversions (site_id, conversion_id, visitor_id, at, type, value_minor, currency, order_id, promo_codes,
       is_test, copies)
     select $1::int, md5('conversion ' || w.n || ' ' || k)::uuid, w.visitor_id,
       to_timestamp((w.last_ms + 60000 - k::int8 * 1800000) / 1000.0), 'purchase', 1000 + (w.h * (k + 3)) % 19993, 'EUR',
       'J-' || w.n || '-' || k, '{}', false, 1
     from way w cross join lateral generate_series(0, (w.n % 10 = 0)::int) k
     where w.converts
     order by w.last_ms`,
    [siteId],
  );
}
