import { sql, type SQL } from "drizzle-orm";

import type { BatchParameters } from "./batch-parameters.ts";
import {
  agentColumns,
  eventColumns,
  extraColumns,
  instantOf,
  keyColumns,
  receiptColumns,
} from "./event-columns.ts";
import { unestimated } from "./unestimated.ts";
import { withinBatch } from "./within-batch.ts";

/**
 * CTE `resolved`: the batch's events with their dictionary ids and with what is known of each: whether it `is_refused`
 * (of an erased visitor, from before then), `is_gone` (erased itself: sent again under its id it is a duplicate) or
 * `was_bot`. Entries that many events refer to are looked up once.
 */
function resolvedEvents(batch: StoredBatch): SQL {
  const { events, extras, sources, pages, agents } = batch.stored;
  return sql`
    b as (
      select *, ${instantOf(sql`o`)} as occurred_at, ${instantOf(sql`r`)} as received_at
      from ${eventColumns.rows(events)}
    ),
    source as materialized (
      select k.i, d.id from ${keyColumns.rows(sources)}
      join site.sources d on d.site_id = k.s and d.fingerprint = md5(k.k)
    ),
    page as materialized (
      select k.i, d.id from ${keyColumns.rows(pages)}
      join site.pages d on d.site_id = k.s and d.fingerprint = md5(k.k)
    ),
    agent as materialized (
      select k.i, d.id from ${agentColumns.rows(agents)}
      join site.agents d on d.site_id = k.s and d.browser = k.b and d.os = k.o and d.device = k.d
    ),
    resolved as materialized (
      select b.s, b.e, b.k, b.occurred_at, b.received_at, b.t, b.op, b.f, b.v, b.c, b.b, x.vm, x.cu, x.n, x.oi, x.pc, x.ci,
        x.pr, d.id as source_id, g.id as page_id, a.id as agent_id,
        case when era.visitor_id is null then false
          else least(b.occurred_at, b.received_at, site.uuid7_time(b.e)) <= era.erased_until end as is_refused,
        gone.event_id is not null as is_gone, bot.event_id is not null as was_bot
      from b
      left join ${extraColumns.rows(extras)} on x.x = b.i
      left join source d on d.i = b.sp
      left join page g on g.i = b.pp
      left join agent a on a.i = b.ap
      left join site.erasures era on era.site_id = b.s and era.visitor_id = b.v
      left join site.erased_events gone on gone.site_id = b.s and gone.event_id = b.e
      left join site.bot_events bot on bot.site_id = b.s and bot.event_id = b.e
        and ${withinBatch(batch, sql`bot.event_id`)}
    )`;
}

type StoredBatch = Pick<BatchParameters, "stored" | "firstEventId" | "lastEventId">;

export type StoreOptions = {
  /** Whether to answer which events were refused because their visitor was erased. */
  namesErased?: boolean;
};

/**
 * Stores what is new and writes each body's receipt, in one statement: an event's fate and its count cannot differ.
 * Of an id that stands in the batch more than once the least `receivedAt` wins; a bot's repeat is a duplicate, a
 * repeat of a bot too (decisions 7, 9). A known receipt changes nothing: it was this body's first coming that counted.
 * After 15 days receipts are added up, so an older body of which nothing is new has been counted, and gets none.
 * Only that of a dead letter is taken over: the body can be stored after all, and its count moves with it.
 * Answers `receipt_id, stored, duplicate, bot, rejected` of the receipts that are new. Where it is asked to, it answers
 * with each of them also `erased`: `[site, event id]` of every event of the batch whose visitor has been erased. Nobody
 * waits for that behind the queue, and it is left out of the statement there.
 */
export function storeEvents(batch: StoredBatch, { namesErased = false }: StoreOptions = {}): SQL {
  const erased = namesErased
    ? sql`, (select json_agg(json_build_array(s, e)) from refused) as erased`
    : sql``;
  return sql`
    with ${resolvedEvents(batch)}, ${storedEvents(batch)}, ${keptBots(batch)}, ${countedRest()}
    insert into site.receipts (site_id, receipt_id, hour, received, stored, duplicate, bot, rejected, rejected_by,
      dead_lettered)
    select r.s, r.p, ${instantOf(sql`r.h`)}, r.n, r.w - coalesce(f.ids, 0),
      r.m - r.w + coalesce(f.ids - f.bot - f.refused, 0), coalesce(f.bot, 0), r.x + coalesce(f.refused, 0),
      case when f.refused > 0 then coalesce(r.xb, '{}') || jsonb_build_object('erased', f.refused)
        else r.xb end, 0
    from ${receiptColumns.rows(batch.stored.receipts)}
    left join rest f on f.k = r.k
    cross join noted
    where ${instantOf(sql`r.h`)} >= now() - interval '14 days' or r.w - coalesce(f.ids - f.bot, 0) > 0
      or exists (select from site.receipts k where k.site_id = r.s and k.receipt_id = r.p)
    order by r.s, r.p
    on conflict (site_id, receipt_id) do update
    set stored = excluded.stored, duplicate = excluded.duplicate, bot = excluded.bot, rejected = excluded.rejected,
      rejected_by = excluded.rejected_by, dead_lettered = 0, stored_at = now()
    where receipts.dead_lettered > 0
    returning receipt_id, stored, duplicate, bot, rejected${erased}`;
}

function storedEvents(batch: StoredBatch): SQL {
  return sql`
    refused as materialized (
      select w.s, w.e from resolved w
      where w.b is null and w.is_refused and not w.is_gone and not w.was_bot
        and not exists (
          select from site.events x where x.site_id = w.s and x.event_id = w.e and ${withinBatch(batch, sql`x.event_id`)})
    ),
    stored as (
      insert into site.events (site_id, event_id, occurred_at, received_at, visitor_id, value_minor, type, opens, flags,
        source_id, page_id, agent_id, country, currency, name, order_id, promo_code, click_id, props)
      select s, e, occurred_at, received_at, v, vm, t, op, f, source_id, page_id, agent_id, c, cu, n, oi, pc, ci, pr
      from resolved
      where ${unestimated(sql`b is null and not is_refused and not is_gone and not was_bot`)}
      order by s, e
      on conflict (site_id, event_id) do nothing
      returning site_id, event_id
    )`;
}

function keptBots(batch: StoredBatch): SQL {
  return sql`
    kept as (
      insert into site.bot_events (site_id, event_id, occurred_at, received_at, type, source_id, page_id, agent_id,
        country, reason)
      select s, e, occurred_at, received_at, t, source_id, page_id, agent_id, c, b
      from resolved w
      where b is not null and not is_gone
        and not exists (
          select from site.events x where x.site_id = w.s and x.event_id = w.e and ${withinBatch(batch, sql`x.event_id`)})
      order by s, e
      on conflict (site_id, event_id) do nothing
      returning site_id, event_id
    )`;
}

/**
 * CTE `rest`: by body what became of the ids that were not stored: kept as bots, refused, and else known before.
 * CTE `noted`: whether any was known before, for `correctTimes`, which else has nothing to look for.
 */
function countedRest(): SQL {
  return sql`
    rest as materialized (
      select w.k, count(*)::int as ids, count(kept.event_id)::int as bot, count(refused.e)::int as refused
      from resolved w
      left join kept on kept.site_id = w.s and kept.event_id = w.e
      left join refused on refused.s = w.s and refused.e = w.e
      where not exists (select from stored x where x.site_id = w.s and x.event_id = w.e)
      group by w.k
    ),
    noted as materialized (
      select set_config('waymark.has_repeats', (exists (select from rest where ids > bot + refused))::text, true)
    )`;
}
