import { sql, type SQL } from "drizzle-orm";

/**
 * CTE `money` after `bounds`: conversions and refunds of the day by group and currency. A conversion counts where the
 * visit in which it happened came from, or where it itself says when there was none (a till, a server): this is not
 * credit, which no session earns alone. A refund counts on its own day, with its conversion's visit.
 */
export function dailyMoney(siteId: number): SQL {
  return sql`
    item as materialized (
      select c.conversion_id, c.currency::text as currency, 1 as conversions, c.value_minor as revenue_minor,
        0::bigint as refund_minor
      from bounds b join site.conversions c on c.site_id = ${siteId} and c.at >= b.lo and c.at < b.hi
      where not c.is_test
      union all
      select r.conversion_id, coalesce(r.currency, '')::text, 0, 0, r.taken_minor
      from bounds b join site.refund_effects r on r.site_id = ${siteId} and r.at >= b.lo and r.at < b.hi
      where not r.is_test
    ),
    placed as materialized (
      select i.currency, i.conversions, i.revenue_minor, i.refund_minor, coalesce(v.source_id, c.source_id) as source_id,
        coalesce(v.landing_page_id, c.page_id) as page_id, coalesce(v.agent_id, c.agent_id) as agent_id,
        coalesce(v.country, c.country)::text as country
      from item i
      left join site.conversions c on c.site_id = ${siteId} and c.conversion_id = i.conversion_id
      left join lateral (
        select s.source_id, s.landing_page_id, s.agent_id, s.country
        from site.sessions s
        where s.site_id = ${siteId} and s.visitor_id = c.visitor_id and s.stretch_started_at <= c.at
          and s.started_at <= c.at and s.ended_at > c.at - interval '30 minutes'
        order by s.stretch_started_at desc, s.started_at desc, s.session_id desc
        limit 1
      ) v on true
    ),
    money as materialized (
      select s.scope, s.scope_key, v.dimension, coalesce(v.entry, '') as entry, p.currency,
        sum(p.conversions)::int as conversions, sum(p.revenue_minor) as revenue_minor,
        sum(p.refund_minor) as refund_minor
      from placed p
      left join site.sources d on d.id = p.source_id
      left join site.agents a on a.id = p.agent_id
      cross join lateral (values ('all', ''), ('campaign', d.campaign_id::text), ('channel', coalesce(d.channel, 'unassigned')),
        ('utm_source', d.utm_source), ('utm_medium', d.utm_medium), ('utm_content', d.utm_content),
        ('utm_term', d.utm_term), ('link', d.link_slug), ('landing_page', p.page_id::text), ('country', p.country),
        ('device', a.device), ('browser', a.browser), ('os', a.os)) as v (dimension, entry)
      cross join lateral (
        select 'site' as scope, '' as scope_key
        union all select 'channel', d.channel where d.channel is not null and v.dimension not in ('channel', 'link')
        union all select 'campaign', d.campaign_id::text
          where d.campaign_id is not null and v.dimension not in ('campaign', 'link')
      ) as s
      where v.dimension <> 'link' or v.entry is not null
      group by 1, 2, 3, 4, 5
    )`;
}
