import type { Client } from "pg";

export type SeededSite = { siteId: number; campaignSourceId: number };

export type Seed = {
  site: SeededSite;
  /** Serial numbers of the events, both ends included; the last one happens now. */
  first: number;
  last: number;
  total: number;
};

/**
 * Events of a busy site, three a minute: each visitor has ten, the first of which comes from a source, every twentieth
 * time from the campaign's; every hundredth event is a conversion. A quarter as many bots beside them.
 */
export async function seedEvents(client: Client, { site, first, last, total }: Seed): Promise<void> {
  const params = [site.siteId, first, last, total, site.campaignSourceId];
  const made = `
    select $1::int as site_id, i,
      date_trunc('minute', now()) - make_interval(secs => ($4::int - i) * 20) as at,
      ('00000000-0000-4000-8000-' || lpad(to_hex(i / 10 + $1::int * 16777216), 12, '0'))::uuid as visitor_id,
      case when i % 10 = 0 then case when i % 200 = 0 then $5::int else $5::int + 1 end end as source_id
    from generate_series($2::int, $3::int) as i`;
  await client.query(
    `insert into site.events (site_id, event_id, occurred_at, received_at, visitor_id, type, opens, flags, source_id,
       value_minor, currency)
     select site_id, ${EVENT_ID}, at, at, visitor_id, case when i % 100 = 5 then 4 else 3 end,
       case when i % 10 = 0 then 2 else 0 end, 8, source_id,
       case when i % 100 = 5 then i end, case when i % 100 = 5 then 'EUR' end
     from (${made}) m`,
    params,
  );
  await client.query(
    `insert into site.bot_events (site_id, event_id, occurred_at, received_at, type, source_id, reason)
     select site_id, ${EVENT_ID}, at, at, 3, source_id, 'headless' from (${made}) m where i % 4 = 0`,
    params,
  );
  await client.query(
    `insert into site.sessions (site_id, session_id, visitor_id, started_at, ended_at, stretch_started_at,
       stretch_ended_at, source_id, opens, pageviews, events)
     select site_id, min(${EVENT_ID}::text)::uuid, visitor_id, min(at), max(at), min(at), max(at), max(source_id), 2, 9, 10
     from (${made}) m group by site_id, visitor_id
     on conflict do nothing`,
    params,
  );
}

/** A UUIDv7 of the event's time whose last digits are its serial number. */
const EVENT_ID = `(lpad(to_hex((extract(epoch from at) * 1000)::bigint), 12, '0') || '70008'
  || lpad(to_hex(i), 15, '0'))::uuid`;
