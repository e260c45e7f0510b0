import { sql, type SQL } from "drizzle-orm";

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

/** What has been erased does not come back: sent again under its id it is a duplicate. */
function isErasedId(): SQL {
  return sql`exists (select from site.erased_events x where x.site_id = w.s and x.event_id = w.e)`;
}

/** What an erased visitor did before then is refused, whether it was on its way or is sent later. */
function isErasedVisitors(): SQL {
  return sql`exists (
    select from site.erasures x
    where x.site_id = w.s and x.visitor_id = w.v and least(w.o, w.r, site.uuid7_time(w.e)) <= x.erased_until)`;
}

/**
 * Stores what is new and writes each body's receipt, in one statement: an event's fate and its count cannot differ.
 * Of an id that stands in the batch more than once the least `receivedAt` wins; a bot's repeat is a duplicate, a
 * repeat of a bot too (decisions 7, 9). A known receipt changes nothing: it was this body's first coming that counted.
 * After 15 days receipts are added up, so an older body of which nothing is new has been counted, and gets none.
 * Only that of a dead letter is taken over: the body can be stored after all, and its count moves with it.
 * Answers `receipt_id, stored, duplicate, bot, rejected` of the receipts that are new.
 */
export function storeEvents(json: string): SQL {
  return sql`
    with ${resolvedEvents(json)}, ${storedEvents()}, ${keptBots()}, ${countedFates()}
    insert into site.receipts (site_id, receipt_id, hour, received, stored, duplicate, bot, rejected, rejected_by,
      dead_lettered)
    select r.s, r.p, r.h, r.n, coalesce(f.stored, 0), coalesce(f.all_events - f.stored - f.bot - f.refused, 0),
      coalesce(f.bot, 0), r.x + coalesce(f.refused, 0),
      case when f.refused > 0 then coalesce(nullif(r.xb, 'null'), '{}') || jsonb_build_object('erased', f.refused)
        else r.xb end, 0
    from input, jsonb_to_recordset(j -> 'receipts') as r (s int, p uuid, h timestamptz, n int, x int, xb jsonb)
    left join fate f on f.s = r.s and f.p = r.p
    where r.h >= now() - interval '14 days' or f.stored + f.bot > 0
      or exists (select from site.receipts k where k.site_id = r.s and k.receipt_id = r.p)
    order by r.s, r.p
    on conflict (site_id, receipt_id) do update
    set stored = excluded.stored, duplicate = excluded.duplicate, bot = excluded.bot, rejected = excluded.rejected,
      rejected_by = excluded.rejected_by, dead_lettered = 0, stored_at = now()
    where receipts.dead_lettered > 0
    returning receipt_id, stored, duplicate, bot, rejected`;
}

function storedEvents(): SQL {
  return sql`
    refused as materialized (
      select s, e from resolved w
      where b is null and ${isErasedVisitors()} and not ${isErasedId()}
        and not exists (select from site.events x where x.site_id = w.s and x.event_id = w.e)
        and not exists (select from site.bot_events x where x.site_id = w.s and x.event_id = w.e)
    ),
    stored as (
      insert into site.events (site_id, event_id, occurred_at, received_at, visitor_id, value_minor, type, opens, flags,
        source_id, page_id, agent_id, country, currency, name, order_id, promo_code, click_id, props)
      select s, e, o, r, v, vm, t, op, f, source_id, page_id, agent_id, c, cu, n, oi, pc, ci, pr
      from resolved w
      where b is null
        and not exists (select from site.bot_events x where x.site_id = w.s and x.event_id = w.e)
        and not ${isErasedVisitors()} and not ${isErasedId()}
      order by s, e
      on conflict (site_id, event_id) do nothing
      returning site_id, event_id
    )`;
}

function keptBots(): SQL {
  return sql`
    kept as (
      insert into site.bot_events (site_id, event_id, occurred_at, received_at, type, source_id, page_id, agent_id,
        country, reason)
      select s, e, o, r, t, source_id, page_id, agent_id, c, b
      from resolved w
      where b is not null
        and not exists (select from site.events x where x.site_id = w.s and x.event_id = w.e)
        and not ${isErasedId()}
      order by s, e
      on conflict (site_id, event_id) do nothing
      returning site_id, event_id
    )`;
}

function countedFates(): SQL {
  return sql`
    fate as (
      select b.s, b.p, count(stored.event_id)::int as stored, count(kept.event_id)::int as bot,
        count(refused.e)::int as refused, count(*)::int as all_events
      from b
      left join winner w on w.i = b.i
      left join stored on stored.site_id = w.s and stored.event_id = w.e
      left join kept on kept.site_id = w.s and kept.event_id = w.e
      left join refused on refused.s = w.s and refused.e = w.e
      group by b.s, b.p
    )`;
}
