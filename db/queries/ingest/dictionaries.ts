import { sql, type SQL } from "drizzle-orm";

import type { BatchParameters } from "./batch-parameters.ts";

/** New entries of the dictionaries. Sorted, so that two batches never wait for each other in a circle. */
export function insertEntries({ sources, pages, agents }: BatchParameters): SQL {
  return sql`
    with new_source as (${insertSources(sources)}),
    new_page as (${insertPages(pages)})
    ${insertAgents(agents)}`;
}

/**
 * New sources with a promo code, after those without, to which they refer. One from before `plain_id` was kept learns of it;
 * sessions that are derived from then on go by it.
 */
export function insertCodedSources({ codedSources }: BatchParameters): SQL {
  return sql`
    insert into site.sources (${SOURCE_COLUMNS}, plain_id)
    select ${SOURCE_VALUES}, p.id
    from ${sourceRows(codedSources)}
    join site.sources p on p.site_id = b.s and p.fingerprint = md5(b.pk)
    where not exists (
      select from site.sources d where d.site_id = b.s and d.fingerprint = md5(b.k) and d.plain_id = p.id)
    order by s, md5(k)
    on conflict (site_id, fingerprint) do update set plain_id = excluded.plain_id`;
}

const SOURCE_COLUMNS = sql.raw(
  `site_id, fingerprint, utm_source, utm_medium, utm_campaign, utm_content, utm_term, click_id_kind, referrer_host,
   link_slug, promo_code, named_campaign, named_channel, channel, campaign_id, matcher_version`,
);

const SOURCE_VALUES = sql.raw(
  "b.s, md5(b.k), b.us, b.um, b.uc, b.uo, b.ut, b.ck, b.rh, b.ls, b.pc, b.nc, b.nh, b.ch, b.ca, b.mv",
);

function sourceRows(json: string): SQL {
  return sql`jsonb_to_recordset(${json}::jsonb) as b (s int, k text, pk text, us text, um text, uc text, uo text,
      ut text, ck text, rh text, ls text, pc text, nc text, nh text, ch text, ca int, mv int)`;
}

function insertSources(json: string): SQL {
  return sql`
    insert into site.sources (${SOURCE_COLUMNS})
    select ${SOURCE_VALUES}
    from ${sourceRows(json)}
    where not exists (select from site.sources d where d.site_id = b.s and d.fingerprint = md5(b.k))
    order by s, md5(k)
    on conflict (site_id, fingerprint) do nothing`;
}

function insertPages(json: string): SQL {
  return sql`
    insert into site.pages (site_id, fingerprint, host, path)
    select s, md5(k), h, a
    from jsonb_to_recordset(${json}::jsonb) as b (s int, k text, h text, a text)
    where not exists (select from site.pages d where d.site_id = b.s and d.fingerprint = md5(b.k))
    order by s, md5(k)
    on conflict (site_id, fingerprint) do nothing`;
}

function insertAgents(json: string): SQL {
  return sql`
    insert into site.agents (site_id, browser, os, device)
    select s, b, o, d
    from jsonb_to_recordset(${json}::jsonb) as a (s int, b text, o text, d text)
    where not exists (
      select from site.agents k where k.site_id = a.s and k.browser = a.b and k.os = a.o and k.device = a.d)
    order by s, b, o, d
    on conflict (site_id, browser, os, device) do nothing`;
}
