import type { Client } from "pg";

export type Filling = {
  siteId: number;
  events: number;
  /** The first visits are spread evenly over [fromMs, toMs); second ones come within three days. */
  fromMs: number;
  toMs: number;
  /** Numbers the visitors, so that a second filling of a site goes on where the first one ended. */
  firstVisitor?: number;
};

const EVENTS_A_VISITOR = 6;
const BODIES_A_VISITOR = 4;
const VISITORS_A_CHUNK = 50_000;
const SOURCES = 200;
const PAGES = 2_000;
const AGENTS = 60;

/**
 * Facts as ingest would have left them, by SQL alone, millions in minutes: 6 events a visitor in 4 bodies; every second
 * visitor comes twice, 3 events each; one visitor in twenty orders. Events, visitors, sessions, touchpoints, conversions,
 * dictionaries and receipts agree with each other, the hours are marked stale: ingest and rollups go on from there.
 * The site must exist, and the partitions of the range.
 */
export async function fillFacts(client: Client, filling: Filling): Promise<void> {
  const { siteId, events, fromMs, toMs, firstVisitor = 0 } = filling;
  await fillDictionaries(client, siteId);
  const visitors = Math.ceil(events / EVENTS_A_VISITOR);
  for (let done = 0; done < visitors; done += VISITORS_A_CHUNK) {
    const last = Math.min(done + VISITORS_A_CHUNK, visitors) - 1;
    await makeChunk(client, [siteId, done, last, fromMs, (toMs - fromMs) / visitors, firstVisitor]);
    for (const statement of FACTS) await client.query(statement);
  }
  await client.query(STALE_HOURS, [siteId]);
  await client.query("drop table chunk");
  await client.query("vacuum analyze");
}

/** The id of the n-th visitor of a site. */
export function filledVisitorSql(siteId: string, n: string): string {
  return `md5('visitor ' || ${siteId} || ' ' || ${n})::uuid`;
}

async function fillDictionaries(client: Client, siteId: number): Promise<void> {
  await client.query(
    `insert into site.sources (site_id, fingerprint, utm_source, utm_medium, utm_campaign, channel, matcher_version)
     select $1::int, md5('source ' || i), 'source-' || i, 'email', 'campaign-' || i % 40,
       (array['email', 'paid-search', 'organic-social', 'referral'])[1 + i % 4], 0
     from generate_series(0, ${SOURCES - 1}) i on conflict do nothing`,
    [siteId],
  );
  await client.query(
    `insert into site.pages (site_id, fingerprint, host, path)
     select $1::int, md5('page ' || i), 'shop.example',
       rpad('/products/category-' || i % 40 || '/a-product-with-a-name-' || i || '-', 69, 'x')
     from generate_series(0, ${PAGES - 1}) i on conflict do nothing`,
    [siteId],
  );
  await client.query(
    `insert into site.agents (site_id, browser, os, device)
     select $1::int, 'Browser ' || i % 5, 'System ' || i / 5 % 4, (array['desktop', 'mobile', 'tablet'])[1 + i / 20]
     from generate_series(0, ${AGENTS - 1}) i on conflict do nothing`,
    [siteId],
  );
}

/** The events of some visitors as a temporary table: each number as if it had been drawn, and the same in every run. */
async function makeChunk(client: Client, parameters: readonly number[]): Promise<void> {
  await client.query("drop table if exists chunk");
  await client.query(
    "create temporary table chunk (like site.events, visit uuid, session_start timestamptz, k int)",
  );
  await client.query(
    `with ids as materialized (
       select (select array_agg(id order by id) from site.sources where site_id = $1::int and utm_source like 'source-%') as so,
         (select array_agg(id order by id) from site.pages where site_id = $1 and path like '%a-product-with-a-name%') as pa,
         (select array_agg(id order by id) from site.agents where site_id = $1 and browser like 'Browser %') as ag
     ),
     visitor as (
       select n, ${filledVisitorSql("$1", "n + $6::int")} as id, hashint4(n + $6::int)::bigint & 2147483647 as h,
         ($4::float8 + n * $5::float8)::bigint as first_ms
       from generate_series($2::int, $3::int) n
     ),
     event as (
       select v.*, k, v.n % 2 = 1 and k >= 3 as is_second,
         first_ms + k * 20000 + case when v.n % 2 = 1 and k >= 3 then 3600000 + h % 248400000 else 0 end as ms
       from visitor v cross join generate_series(0, ${EVENTS_A_VISITOR - 1}) k
     )
     insert into chunk (site_id, event_id, occurred_at, received_at, visitor_id, value_minor, type, opens, flags, source_id,
       page_id, agent_id, country, currency, name, order_id, visit, session_start, k)
     select $1, e.event_id, e.at, e.at, e.id, case when is_order then 1000 + h % 9000 end,
       case when is_order then 4 when k = 1 then 2 else 3 end, case when is_entry then 2 else 0 end, 8,
       case when is_entry then so[1 + (h / 7 + k) % ${SOURCES}] end, pa[1 + (h / 11 + k * 37) % ${PAGES}],
       ag[1 + h % ${AGENTS}], (array['DE', 'AT', 'CH', 'FR', 'IN'])[1 + h % 5], case when is_order then 'EUR' end, null,
       case when is_order then 'B-' || n + $6 end,
       first_value(e.event_id) over session, first_value(e.at) over session, k
     from (
       select event.*, to_timestamp(ms / 1000.0) as at, k in (0, 3) and (k = 0 or is_second) as is_entry,
         k = 5 and n % 20 = 0 as is_order,
         overlay(overlay(lpad(to_hex(ms), 12, '0') || substr(md5(id::text || k), 13) placing '7' from 13) placing '8' from 17)::uuid
           as event_id
       from event
     ) e cross join ids
     window session as (partition by e.n, e.is_second order by k)
     order by e.ms`,
    [...parameters],
  );
}

const FACTS = [
  `insert into site.events (site_id, event_id, occurred_at, received_at, visitor_id, value_minor, type, opens, flags,
     source_id, page_id, agent_id, country, currency, name, order_id)
   select site_id, event_id, occurred_at, received_at, visitor_id, value_minor, type, opens, flags, source_id, page_id,
     agent_id, country, currency, name, order_id from chunk order by event_id`,
  `insert into site.visitors (site_id, visitor_id, first_seen_at, last_seen_at)
   select site_id, visitor_id, min(occurred_at), max(occurred_at) from chunk group by 1, 2 order by 3`,
  `insert into site.sessions (site_id, session_id, visitor_id, started_at, ended_at, stretch_started_at, stretch_ended_at,
     source_id, landing_page_id, agent_id, country, opens, pageviews, events)
   select site_id, visit, visitor_id, min(occurred_at), max(occurred_at), min(occurred_at), max(occurred_at),
     max(source_id) filter (where opens = 2), min(page_id) filter (where opens = 2), min(agent_id), min(country), 2,
     count(*) filter (where type = 3), count(*)
   from chunk group by 1, 2, 3 order by 4`,
  `insert into site.touchpoints (site_id, touchpoint_id, rank, visitor_id, at, source_id, page_id, event_id, event_at)
   select site_id, event_id, 0, visitor_id, occurred_at, source_id, page_id, event_id, occurred_at
   from chunk where opens = 2 order by occurred_at`,
  `insert into site.conversions (site_id, conversion_id, visitor_id, at, type, value_minor, currency, order_id, promo_codes,
     is_test, source_id, page_id, agent_id, country, copies)
   select site_id, event_id, visitor_id, occurred_at, 'purchase', value_minor, currency, order_id, '{}', false, null, page_id,
     agent_id, country, 1
   from chunk where type = 4 order by occurred_at`,
  // Bodies of two, one, two and one event; a receipt has its id's time from the body.
  `insert into site.receipts (site_id, receipt_id, hour, received, stored, duplicate, bot, rejected, dead_lettered)
   select site_id, overlay(min(event_id::text) placing 'f' from 25)::uuid,
     date_trunc('hour', min(occurred_at), 'UTC'), count(*), count(*), 0, 0, 0, 0
   from chunk group by site_id, visitor_id, k * ${BODIES_A_VISITOR} / ${EVENTS_A_VISITOR} order by 2`,
];

const STALE_HOURS = `
  insert into site.stale_hours (site_id, bucket, version, marked_at)
  select distinct e.site_id, date_trunc('hour', e.occurred_at, t.time_zone), 1, now()
  from site.events e join site.sites t on t.id = e.site_id where e.site_id = $1
  on conflict do nothing`;
