import { sql, type SQL } from "drizzle-orm";

import type { BatchParameters } from "./batch-parameters.ts";
import { markVersion } from "./mark-stale.ts";

/** CTEs: the batch's events `b`, the least receipt of each id `winner`, and that with its dictionary ids `resolved`. */
function resolvedEvents(json: string): SQL {
  return sql`
    input as (select ${json}::jsonb as j),
    b as materialized (
      select b.* from input, jsonb_to_recordset(j -> 'events') as b (i int, s int, e uuid, p uuid, o timestamptz,
        r timestamptz, t smallint, op smallint, f smallint, v uuid, sk text, pk text, ak jsonb, c text, vm bigint,
        cu text, n text, oi text, pc text, ci uuid, b text, pr jsonb)
    ),
    winner as materialized (select distinct on (s, e) * from b order by s, e, r, p, i),
    resolved as materialized (
      select w.*, d.id as source_id, g.id as page_id, a.id as agent_id
      from winner w
      left join site.sources d on d.site_id = w.s and d.fingerprint = md5(w.sk)
      left join site.pages g on g.site_id = w.s and g.fingerprint = md5(w.pk)
      left join site.agents a
        on a.site_id = w.s and a.browser = w.ak ->> 0 and a.os = w.ak ->> 1 and a.device = w.ak ->> 2
    )`;
}

/**
 * Stores what is new and writes each body's receipt, in one statement: an event's fate and its count cannot differ.
 * Of an id that stands in the batch more than once the least `receivedAt` wins; a bot's repeat is a duplicate, a
 * repeat of a bot too (decisions 7, 9). A known receipt changes nothing: it was this body's first coming that counted.
 * Only that of a dead letter is taken over: the body can be stored after all, and its count moves with it.
 * Answers `receipt_id, stored, duplicate, bot, rejected` of the receipts that are new.
 */
export function storeEvents(json: string): SQL {
  return sql`
    with ${resolvedEvents(json)},
    stored as (
      insert into site.events (site_id, event_id, occurred_at, received_at, visitor_id, value_minor, type, opens, flags,
        source_id, page_id, agent_id, country, currency, name, order_id, promo_code, click_id, props)
      select s, e, o, r, v, vm, t, op, f, source_id, page_id, agent_id, c, cu, n, oi, pc, ci, pr
      from resolved w
      where b is null
        and not exists (select from site.bot_events x where x.site_id = w.s and x.event_id = w.e)
      order by s, e
      on conflict (site_id, event_id) do nothing
      returning site_id, event_id
    ),
    kept as (
      insert into site.bot_events (site_id, event_id, occurred_at, received_at, type, source_id, page_id, agent_id,
        country, reason)
      select s, e, o, r, t, source_id, page_id, agent_id, c, b
      from resolved w
      where b is not null
        and not exists (select from site.events x where x.site_id = w.s and x.event_id = w.e)
      order by s, e
      on conflict (site_id, event_id) do nothing
      returning site_id, event_id
    ),
    fate as (
      select b.s, b.p, count(stored.event_id)::int as stored, count(kept.event_id)::int as bot,
        count(*)::int as all_events
      from b
      left join winner w on w.i = b.i
      left join stored on stored.site_id = w.s and stored.event_id = w.e
      left join kept on kept.site_id = w.s and kept.event_id = w.e
      group by b.s, b.p
    )
    insert into site.receipts (site_id, receipt_id, hour, received, stored, duplicate, bot, rejected, rejected_by,
      dead_lettered)
    select r.s, r.p, r.h, r.n, coalesce(f.stored, 0), coalesce(f.all_events - f.stored - f.bot, 0), coalesce(f.bot, 0),
      r.x, r.xb, 0
    from input, jsonb_to_recordset(j -> 'receipts') as r (s int, p uuid, h timestamptz, n int, x int, xb jsonb)
    left join fate f on f.s = r.s and f.p = r.p
    order by r.s, r.p
    on conflict (site_id, receipt_id) do update
    set stored = excluded.stored, duplicate = excluded.duplicate, bot = excluded.bot, rejected = excluded.rejected,
      rejected_by = excluded.rejected_by, dead_lettered = 0, stored_at = now()
    where receipts.dead_lettered > 0
    returning receipt_id, stored, duplicate, bot, rejected`;
}

/**
 * Where an event had been received before but later than this time, the earlier receipt gives its time (decisions 2).
 * The stretch that held the old time is widened to the new one, so that the sessions of both are derived again, and
 * both hours are marked. Here those of the old time, which no later statement knows.
 */
export function correctTimes(batch: BatchParameters): SQL {
  return sql`
    with b as materialized (
      select distinct on (s, e) s, e, o, r
      from unnest(${batch.siteIds}::int[], ${batch.eventIds}::uuid[], ${batch.occurredAt}::timestamptz[],
        ${batch.receivedAt}::timestamptz[]) as b (s, e, o, r)
      order by s, e, r
    ),
    late as materialized (
      select e.site_id, e.event_id, e.visitor_id, e.occurred_at as old_at, b.o as new_at, b.r as new_received
      from b join site.events e on e.site_id = b.s and e.event_id = b.e
      where e.received_at > b.r
    ),
    moved as (
      update site.events e set occurred_at = l.new_at, received_at = l.new_received
      from late l
      where e.site_id = l.site_id and e.event_id = l.event_id
    ),
    widened as (
      update site.sessions s
      set stretch_started_at = least(s.stretch_started_at, l.new_at),
          stretch_ended_at = greatest(s.stretch_ended_at, l.new_at)
      from late l
      where s.site_id = l.site_id and s.visitor_id = l.visitor_id
        and l.old_at between s.stretch_started_at and s.stretch_ended_at
    ),
    marked as (
      insert into site.stale_hours (site_id, bucket, version, marked_at)
      select distinct l.site_id, date_trunc('hour', l.old_at, t.time_zone), ${markVersion()}, now()
      from late l join site.sites t on t.id = l.site_id
      order by 1, 2
      on conflict (site_id, bucket) do update set version = excluded.version
    )
    insert into site.data_versions (site_id, day, version)
    select distinct l.site_id, (l.old_at at time zone t.time_zone)::date, 1
    from late l join site.sites t on t.id = l.site_id
    order by 1, 2
    on conflict (site_id, day) do update set version = data_versions.version + 1`;
}
