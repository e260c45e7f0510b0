import { sql, type SQL } from "drizzle-orm";

import type { Grouping } from "#core/attribution/grouping.ts";

/** What a touchpoint `t` of source `d` is counted under; null where it says nothing of the kind. */
export function groupKey(by: Grouping): SQL {
  switch (by) {
    case "campaign":
      return sql`d.campaign_id`;
    case "channel":
      return sql`d.channel collate "C"`;
    case "source":
      return sql`coalesce(d.utm_source, d.click_id_kind, d.referrer_host, d.link_slug) collate "C"`;
    case "creative":
      return sql`d.utm_content collate "C"`;
    case "landing_page":
      return sql`t.page_id`;
  }
}

/** CTE `group_number (group_key, g)`: every group that the site's contacts may be in, from 2 on. */
export function groupNumbers(siteId: number, by: Grouping): SQL {
  return sql`
    group_number as materialized (
      select group_key, 1 + row_number() over (order by group_key) as g from (${groupsOf(siteId, by)}) as known
    )`;
}

function groupsOf(siteId: number, by: Grouping): SQL {
  switch (by) {
    case "campaign":
      return sql`select id as group_key from site.campaigns where site_id = ${siteId}`;
    case "landing_page":
      return sql`select id as group_key from site.pages where site_id = ${siteId}`;
    case "channel":
    case "source":
    case "creative":
      return sql`
        select distinct ${groupKey(by)} as group_key from site.sources d
        where d.site_id = ${siteId} and ${groupKey(by)} is not null`;
  }
}
