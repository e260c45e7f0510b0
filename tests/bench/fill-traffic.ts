import type { Client } from "pg";

export type Traffic = {
  siteId: number;
  events: number;
  /** The traffic is spread evenly over [fromMs, toMs). */
  fromMs: number;
  toMs: number;
  /** How many visitors the sessions are drawn from: in an hour hardly one comes twice, in a month many do. */
  visitors: number;
};

/** Four events a session, one conversion in ten sessions; 2,000 pages, the first ones busier. */
const EVENTS_A_SESSION = 4;
const PAGES = 2_000;
const SOURCES = 200;

/** A site and its dictionaries: 200 sources of 30 campaigns, 2,000 pages, 60 agents. */
export async function fillDictionaries(client: Client, siteId: number): Promise<void> {
  await client.query(
    `insert into site.sites (id, account_id, public_id, site_key, name, domain, origins, own_domains, time_zone, currency,
       identity, consent_required, without_consent, honour_gpc, honour_dnt, identify_key, created_at)
     values ($1::int, 1, 'sit_bench' || $1, 'wms_bench' || $1, 'Bench', 'shop.example', '{}', '{}', 'UTC', 'EUR',
       'first-party', false, 'cookieless', true, false, 'key', now())`,
    [siteId],
  );
  await client.query(
    `insert into site.sources (site_id, fingerprint, utm_source, utm_medium, utm_campaign, utm_content, utm_term, channel,
       campaign_id, matcher_version)
     select $1::int, md5(i::text), 'source-' || i % 25, (array['cpc','email','social','affiliate'])[1 + i % 4], 'c' || i % 40,
       'content-' || i % 60, 'term-' || i, (array['direct','email','paid-search','organic-search','referral','paid-social'])[1 + i % 6],
       case when i % 40 < 30 then $1 * 1000 + i % 40 end, 1
     from generate_series(0, ${SOURCES - 1}) i`,
    [siteId],
  );
  await client.query(
    `insert into site.pages (site_id, fingerprint, host, path)
     select $1::int, md5(i::text), 'shop.example', '/products/category-' || i % 40 || '/product-' || i
     from generate_series(0, ${PAGES - 1}) i`,
    [siteId],
  );
  await client.query(
    `insert into site.agents (site_id, browser, os, device)
     select $1::int, (array['Chrome','Safari','Firefox','Edge','Samsung'])[1 + i % 5],
       (array['Windows','macOS','iOS','Android'])[1 + i / 5 % 4], (array['desktop','mobile','tablet'])[1 + i / 20]
     from generate_series(0, 59) i`,
    [siteId],
  );
}

/** Events, sessions, touchpoints and conversions as ingest would have left them, by SQL alone. */
export async function fillTraffic(client: Client, traffic: Traffic): Promise<void> {
  const sessions = Math.round(traffic.events / EVENTS_A_SESSION);
  const { siteId, fromMs, toMs, visitors } = traffic;
  await client.query("drop table if exists visit");
  await client.query(
    `create temporary table visit as
     select n, at, visitor_id, source_id, page_id, lo + ('x' || left(visitor_id::text, 6))::bit(24)::int % 60 as agent_id,
       chr(65 + ('x' || substr(visitor_id::text, 10, 4))::bit(16)::int % 20) || 'E' as country
     from (select n, to_timestamp(($2::bigint + floor(($3::bigint - $2::bigint) * n / $4::float8)) / 1000.0) as at,
         md5('visitor' || $1 || ':' || $2 || ':' || floor(random() * $5))::uuid as visitor_id,
         so.lo + floor(random() ^ 2 * ${SOURCES})::int as source_id, pa.lo + floor(random() ^ 3 * ${PAGES})::int as page_id, ag.lo
       from generate_series(0, $4::int - 1) n,
         (select min(id) as lo from site.sources where site_id = $1::int) so,
         (select min(id) as lo from site.pages where site_id = $1) pa, (select min(id) as lo from site.agents where site_id = $1) ag
     ) as v`,
    [siteId, fromMs, toMs, sessions, visitors],
  );
  await client.query(
    `insert into site.events (site_id, event_id, occurred_at, received_at, visitor_id, type, opens, flags, source_id,
       page_id, agent_id, country)
     select $1::int, (left(site.uuid7_floor(v.at)::text, 14) || '7' || substr(gen_random_uuid()::text, 16))::uuid, v.at + i * interval '2 seconds',
       v.at + i * interval '2 seconds', v.visitor_id, case when i = 3 then 2 else 3 end, case when i = 0 then 2 else 0 end,
       8, case when i in (0, 3) then v.source_id end, v.page_id, v.agent_id, v.country
     from visit v, generate_series(0, ${EVENTS_A_SESSION - 1}) i
     order by v.n, i`,
    [siteId],
  );
  await client.query(
    `insert into site.sessions (site_id, session_id, visitor_id, started_at, ended_at, stretch_started_at,
       stretch_ended_at, source_id, landing_page_id, agent_id, country, opens, pageviews, events)
     select $1::int, gen_random_uuid(), visitor_id, at, at + interval '6 seconds', at, at + interval '6 seconds',
       source_id, page_id, agent_id, country, 2, 3, 4 from visit order by n`,
    [siteId],
  );
  await client.query(
    `insert into site.touchpoints (site_id, touchpoint_id, rank, visitor_id, at, source_id, event_id, event_at)
     select $1::int, id, 0, visitor_id, at, source_id, id, at
     from (select gen_random_uuid() as id, visitor_id, at, source_id from visit order by n) v`,
    [siteId],
  );
  await client.query(
    `insert into site.conversions (site_id, conversion_id, visitor_id, at, type, value_minor, currency, promo_codes,
       is_test, copies)
     select $1::int, gen_random_uuid(), visitor_id, at + interval '6 seconds', 'purchase', 1000 + n % 9000, 'EUR', '{}',
       false, 1
     from visit where n % 10 = 0`,
    [siteId],
  );
}
