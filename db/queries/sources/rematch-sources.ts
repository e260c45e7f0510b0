import { sql, type SQL } from "drizzle-orm";

import type { PreparedSource } from "#core/ingest/prepared-event.ts";
import type { SourceTuple } from "#core/sources/source-tuple.ts";
import type { Database } from "#db/database.ts";
import { markVersion } from "#db/queries/ingest/mark-stale.ts";
import { spreadOut } from "#db/queries/rollups/spread-out.ts";

export type StaleSource = { id: number; tuple: SourceTuple };

/** Sources that were matched with older matchers than the site's, a chunk at a time. */
export async function listStaleSources(db: Database, siteId: number, limit: number): Promise<StaleSource[]> {
  const { rows } = await db.execute<RawSource>(sql`
    select s.id, s.utm_source, s.utm_medium, s.utm_campaign, s.utm_content, s.utm_term, s.click_id_kind,
      s.referrer_host, s.link_slug, s.promo_code, s.named_campaign, s.named_channel
    from site.sources s join site.sites t on t.id = s.site_id
    where s.site_id = ${siteId} and s.matcher_version < t.matcher_version
    order by s.id limit ${limit}`);
  return rows.map((row) => ({
    id: row.id,
    tuple: {
      utmSource: row.utm_source,
      utmMedium: row.utm_medium,
      utmCampaign: row.utm_campaign,
      utmContent: row.utm_content,
      utmTerm: row.utm_term,
      clickIdKind: row.click_id_kind,
      referrerHost: row.referrer_host,
      linkSlug: row.link_slug,
      promoCode: row.promo_code,
      namedCampaign: row.named_campaign,
      namedChannel: row.named_channel,
    },
  }));
}

type RawSource = { id: number } & Record<
  | "utm_source"
  | "utm_medium"
  | "utm_campaign"
  | "utm_content"
  | "utm_term"
  | "click_id_kind"
  | "referrer_host"
  | "link_slug"
  | "promo_code"
  | "named_campaign"
  | "named_channel",
  string | null
>;

export type Rematch = Pick<PreparedSource, "channel" | "campaignId"> & { id: number };

export type SourceRewrite = { siteId: number; matcherVersion: number; sources: readonly Rematch[] };

/**
 * Writes what sources mean with the matchers of `matcherVersion` and marks every hour that a changed one counts in:
 * one transaction, harmless twice, never back to an older version. Events are not touched (decisions 3). Under the
 * roller's own lock: an hour that was being rolled up with the old meaning is there to be marked.
 */
export async function rewriteSources(db: Database, rewrite: SourceRewrite): Promise<void> {
  await db.batch([
    db.execute(sql`select pg_advisory_xact_lock(hashtextextended('rollup', ${rewrite.siteId}))`),
    db.execute(rewriteStatement(rewrite)),
  ]);
}

/**
 * Which hours a changed source counts in is asked of the rollups and not of events, so it costs as much as the site has
 * hours: every contact counts in its source's channel, and in its campaign if it has one. More hours may be marked than
 * the source was in, never fewer; hours that are not rolled up yet are marked anyhow. An hour's money stands in none of
 * its channels: an order that no visit led to, and a refund of a later day, are found by the day. Behind the seal nothing
 * is marked.
 */
export function rewriteStatement({ siteId, matcherVersion, sources }: SourceRewrite): SQL {
  const json = JSON.stringify(
    sources.map(({ id, channel, campaignId }) => ({ i: id, ch: channel, ca: campaignId })),
  );
  return sql`
    with next as materialized (
      select n.* from jsonb_to_recordset(${json}::jsonb) as n (i int, ch text, ca int)
    ),
    changed as materialized (
      select s.channel, s.campaign_id from next n join site.sources s on s.id = n.i and s.site_id = ${siteId}
      where s.matcher_version < ${matcherVersion}
        and (s.channel, s.campaign_id) is distinct from (n.ch, n.ca)
    ),
    written as (
      update site.sources s set channel = n.ch, campaign_id = n.ca, matcher_version = ${matcherVersion}
      from next n
      where s.id = n.i and s.site_id = ${siteId} and s.matcher_version < ${matcherVersion}
    ),
    scope as materialized (
      select distinct case when campaign_id is null then 'channel' else 'campaign' end as scope,
        coalesce(campaign_id::text, channel) as key
      from changed
    ),
    ${countedHours(siteId)}, ${markedDays(siteId)}
    insert into site.stale_hours (site_id, bucket, version, marked_at)
    select ${siteId}, m.bucket, ${markVersion()}, ${spreadOut(sql`m.bucket`)}
    from hour m
    order by 2
    on conflict (site_id, bucket) do update set version = excluded.version`;
}

/** CTE `hour (bucket, day)`: the hours in which the changed scopes count. */
function countedHours(siteId: number): SQL {
  return sql`
    hour as materialized (
      select distinct r.bucket, (r.bucket at time zone t.time_zone)::date as day
      from scope
      join site.sites t on t.id = ${siteId}
      join site.rollup_hours r on r.site_id = ${siteId} and r.scope = scope.scope and r.scope_key = scope.key
        and r.dimension = 'all'
        and r.bucket >= coalesce(date_trunc('hour', t.sealed_before, t.time_zone), '-infinity')
    )`;
}

/** CTE `marked_days`: the other days in which they count. */
function markedDays(siteId: number): SQL {
  return sql`
    marked_days as (
      insert into site.stale_periods (site_id, span, starts_on, version, marked_at)
      select ${siteId}, 'day', d.starts_on, ${markVersion()}, ${spreadOut(sql`d.starts_on`)}
      from (
        select distinct r.starts_on
        from scope
        join site.sites t on t.id = ${siteId}
        join site.rollup_periods r on r.site_id = ${siteId} and r.scope = scope.scope and r.scope_key = scope.key
          and r.dimension = 'all' and r.span = 'day' and (t.raw_day is null or r.starts_on >= t.raw_day)
      ) d
      where d.starts_on not in (select day from hour)
      order by d.starts_on
      on conflict (site_id, span, starts_on) do update set version = excluded.version
    )`;
}
