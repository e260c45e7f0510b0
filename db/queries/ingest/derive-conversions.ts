import { sql, type SQL } from "drizzle-orm";

import type { BatchParameters } from "./batch-parameters.ts";
import { markedHours, raiseDataVersions } from "./mark-stale.ts";
import { withinBatch } from "./within-batch.ts";

/**
 * CTEs: every copy of the outcomes that this transaction changed; `okey` is what makes them one (decisions 17). The
 * stored row says what kind of event an id is: of two that share one, another kind may have come first. An order behind
 * the site's seal stays as it is: its earlier copies may be gone (decisions 5).
 */
function conversionCopies(batch: BatchParameters): SQL {
  return sql`
    batch as materialized (
      select distinct b.s, b.e
      from unnest(${batch.conversionSiteIds}::int[], ${batch.conversionIds}::uuid[]) as b (s, e)
    ),
    changed as materialized (
      select e.*
      from batch b join site.events e on e.site_id = b.s and e.event_id = b.e and ${withinBatch(batch, sql`e.event_id`)}
      where e.xmin = pg_current_xact_id()::xid and e.type = 4
    ),
    copy as materialized (
      select c.event_id::text as okey, c.* from changed c where c.order_id is null
      union all
      select 'order:' || e.order_id, e.*
      from (
        select distinct c.site_id, c.order_id from changed c
        where c.order_id is not null and not exists (
          select from site.conversions v join site.sites t on t.id = v.site_id
          where v.site_id = c.site_id and v.order_id = c.order_id and v.at < t.sealed_before)
      ) o
      cross join lateral site.order_copies(o.site_id, o.order_id) as e
    )`;
}

/**
 * Merges all copies of each changed outcome: id and time of the least copy; value, currency and type of the copy sent
 * with an API key if there is one, else of the least; visitor of the least copy that has one; promo codes united; a test
 * if any is. What they had made before goes first, promo touchpoints too: an earlier copy may give the outcome another id
 * and another hour, and so the hour of before is marked here. A refund that named one copy of an order, before that copy
 * came, stands with the order from now on.
 */
export function deriveConversions(batch: BatchParameters): SQL {
  return sql`
    with ${conversionCopies(batch)},
    old_touch as (
      delete from site.touchpoints t using copy c
      where t.site_id = c.site_id and t.event_id = c.event_id and t.rank = 1
      returning 1
    ),
    old_conversion as (
      delete from site.conversions v using copy c
      where v.site_id = c.site_id and v.conversion_id = c.event_id
      returning v.site_id, v.at
    ),
    -- Counting them makes Postgres delete before it inserts the same keys again.
    cleared as materialized (
      select (select count(*) from old_touch) + (select count(*) from old_conversion) as rows
    ),
    fresh as materialized (select c.* from copy c cross join cleared where cleared.rows >= 0),
    merged as (${mergeCopies(sql`fresh`)}),
    coded as (with ${usedPromoCodes(sql`fresh`)}),
    placed as (
      update site.refunds r set order_id = c.order_id
      from copy c
      where r.site_id = c.site_id and r.conversion_id = c.event_id and r.order_id is null and c.order_id is not null
    ),
    moment as (select * from old_conversion),
    credit_moment as (select * from moment),
    ${markedHours()}
    ${raiseDataVersions()}`;
}

/** The statement that merges copies: `events` with `okey`, a CTE of this name. */
export function mergeCopies(copies: SQL): SQL {
  return sql`
    insert into site.conversions (site_id, conversion_id, visitor_id, at, type, value_minor, currency, order_id,
      promo_codes, is_test, source_id, page_id, agent_id, country, copies)
    select site_id,
      (array_agg(event_id order by occurred_at, event_id))[1],
      (array_agg(visitor_id order by occurred_at, event_id) filter (where visitor_id is not null))[1],
      min(occurred_at),
      (array_agg(name order by flags & 4 desc, occurred_at, event_id))[1],
      (array_agg(value_minor order by flags & 4 desc, occurred_at, event_id))[1],
      (array_agg(currency order by flags & 4 desc, occurred_at, event_id))[1],
      min(order_id),
      coalesce(array_agg(distinct promo_code) filter (where promo_code is not null), '{}'),
      bool_or(flags & 16 = 16),
      (array_agg(source_id order by occurred_at, event_id) filter (where source_id is not null))[1],
      (array_agg(page_id order by occurred_at, event_id) filter (where page_id is not null))[1],
      (array_agg(agent_id order by flags & 4, occurred_at, event_id))[1],
      (array_agg(country order by flags & 4, occurred_at, event_id))[1],
      count(*)
    from ${copies}
    group by site_id, okey`;
}

/**
 * CTEs and statement over copies as `mergeCopies` has them. A promo code that was used is a touchpoint at the conversion's
 * time; it sorts after all else (decisions 16). An order without a visitor (a till, a server) stands for its own: the
 * code is all that is known of its way. Nobody used the code of a test, or real orders after it would credit it.
 */
export function usedPromoCodes(copies: SQL): SQL {
  return sql`
    outcome as (
      select site_id, okey, (array_agg(event_id order by occurred_at, event_id))[1] as conversion_id,
        coalesce((array_agg(visitor_id order by occurred_at, event_id) filter (where visitor_id is not null))[1],
          (array_agg(event_id order by occurred_at, event_id))[1]) as visitor_id,
        min(occurred_at) as at
      from ${copies} group by site_id, okey
      having not bool_or(flags & 16 = 16)
    ),
    code as (select distinct site_id, okey, promo_code from ${copies} where promo_code is not null)
    insert into site.touchpoints (site_id, touchpoint_id, rank, visitor_id, at, source_id, page_id, event_id, event_at)
    select o.site_id, o.conversion_id, 1, o.visitor_id, o.at, d.id, null, o.conversion_id, o.at
    from outcome o
    join code c using (site_id, okey)
    join site.sources d on d.site_id = o.site_id and d.fingerprint = md5('promo:' || c.promo_code)
    on conflict (site_id, event_id, rank, source_id) do nothing`;
}

/**
 * Refunds are rows of their own; one whose order or conversion is not there yet waits (decisions 18). What each is in, the
 * view `refund_effects` says when it is read: its order may come later, or change its currency.
 */
export function insertRefunds(batch: BatchParameters): SQL {
  return sql`
    insert into site.refunds (site_id, refund_id, at, order_id, conversion_id, value_minor, currency, names_currency, value_major)
    select e.site_id, e.event_id, e.occurred_at, coalesce(e.order_id, c.order_id), b.rf, e.value_minor, e.currency,
      b.nc, b.ma
    from jsonb_to_recordset(${batch.refunds}::jsonb) as b (s int, e uuid, rf uuid, nc boolean, ma numeric)
    join site.events e on e.site_id = b.s and e.event_id = b.e and e.type = 6
      and ${withinBatch(batch, sql`e.event_id`)}
    left join site.events c on c.site_id = b.s and c.event_id = b.rf and c.type = 4
    order by 1, 2
    on conflict (site_id, refund_id) do update set at = excluded.at where refunds.at <> excluded.at`;
}

/**
 * Which person a visitor is, from when on: the links are kept, persons never merge (decisions 15). A link has the time of
 * its event, corrected or not; of two that share an event id the lesser person stands, whichever came first.
 */
export function insertIdentityLinks(batch: BatchParameters): SQL {
  return sql`
    insert into site.identity_links (site_id, event_id, visitor_id, person_id, since)
    select distinct on (e.site_id, e.event_id) e.site_id, e.event_id, e.visitor_id, b.pe, e.occurred_at
    from jsonb_to_recordset(${batch.identities}::jsonb) as b (s int, e uuid, pe uuid)
    join site.events e on e.site_id = b.s and e.event_id = b.e and e.type = 7
      and ${withinBatch(batch, sql`e.event_id`)}
    where e.visitor_id is not null
    order by 1, 2, b.pe
    on conflict (site_id, event_id) do update set
      since = excluded.since, person_id = least(identity_links.person_id, excluded.person_id)
    where identity_links.since <> excluded.since or identity_links.person_id > excluded.person_id`;
}
