import { sql, type SQL } from "drizzle-orm";

import type { Database } from "#db/database.ts";
import { withinTime } from "#db/queries/events/within-time.ts";
import { halfHour } from "#db/schema/columns.ts";

/** The longest lookback there is: a touchpoint older than this before a conversion earns nothing. */
export const LONGEST_LOOKBACK_DAYS = 90;

export type OldJourneys = { siteId: number; limit: number };

/**
 * Sites with something derived that is older than their closed seal and the longest lookback: the ends of two indexes a
 * site, and the visitors first seen before that who still come.
 */
export async function listOldJourneySites(db: Database): Promise<number[]> {
  const { rows } = await db.execute<{ id: number }>(sql`
    select t.id from site.sites t
    where t.raw_since is not null and (
      t.journeys_since is null or t.journeys_since < ${cutoff()}
      or (select min(${halfHour(sql`s.started_at`)}) from site.sessions s where s.site_id = t.id) < ${halfHour(cutoff())}
      -- With an order, so that the index is gone along from its end.
      or (select true from site.visitors v
        where v.site_id = t.id and ${isBefore(sql`v.first_seen_at`, cutoff())} and v.last_seen_at < ${cutoff()}
        order by ${halfHour(sql`v.first_seen_at`)} limit 1))
    order by t.id`);
  return rows.map(({ id }) => id);
}

/** Deletes sessions that began, and visitors who were last seen, before that; answers how many. */
export async function deleteOldSessions(db: Database, { siteId, limit }: OldJourneys): Promise<number> {
  const { rows } = await db.execute<{ n: number }>(sql`
    with border as materialized (select ${cutoff()} as at from site.sites t where t.id = ${siteId}),
    old_sessions as (
      delete from site.sessions s using (
        select o.session_id from site.sessions o
        where o.site_id = ${siteId} and ${isBefore(sql`o.started_at`, sql`(select at from border)`)}
        order by ${halfHour(sql`o.started_at`)} limit ${limit}
      ) o
      where s.site_id = ${siteId} and s.session_id = o.session_id
      returning 1
    ),
    old_visitors as (
      delete from site.visitors v using (
        select o.visitor_id from site.visitors o
        where o.site_id = ${siteId} and ${isBefore(sql`o.first_seen_at`, sql`(select at from border)`)}
          and o.last_seen_at < (select at from border)
        order by ${halfHour(sql`o.first_seen_at`)} limit ${limit}
      ) o
      where v.site_id = ${siteId} and v.visitor_id = o.visitor_id and v.last_seen_at < (select at from border)
      returning 1
    )
    select greatest((select count(*) from old_sessions), (select count(*) from old_visitors))::int as n`);
  return rows[0]?.n ?? 0;
}

/**
 * Looks through the next touchpoints before that and deletes those no conversion can need: none of the visitor within
 * the longest lookback after it, and no link to a person, who may have bought elsewhere. So the credit of old
 * conversions stays as it was. Answers how many it looked at; 0 at the end.
 */
export async function deleteUnusedTouchpoints(db: Database, { siteId, limit }: OldJourneys): Promise<number> {
  const { rows } = await db.execute<{ n: number }>(sql`
    with border as materialized (
      select ${cutoff()} as at, coalesce(t.journeys_since, '-infinity') as since from site.sites t where t.id = ${siteId}
    ),
    part as materialized (
      select least(b.at, coalesce((
        select o.at + interval '1 millisecond' from site.touchpoints o
        where o.site_id = ${siteId} and ${withinTime(sql`o.at`, sql`b.since`, sql`b.at`)}
        order by ${halfHour(sql`o.at`)}, o.at offset ${limit - 1} limit 1), b.at)) as till, b.since
      from border b
    ),
    seen as materialized (
      select o.event_id, o.rank, o.source_id, o.visitor_id, o.at from site.touchpoints o
      where o.site_id = ${siteId}
        and ${withinTime(sql`o.at`, sql`(select since from part)`, sql`(select till from part)`)}
    ),
    gone as (
      delete from site.touchpoints p using seen s
      where p.site_id = ${siteId} and p.event_id = s.event_id and p.rank = s.rank and p.source_id = s.source_id
        and not exists (select from site.conversions c where c.site_id = ${siteId} and c.visitor_id = s.visitor_id
          and c.at between s.at and s.at + make_interval(days => ${LONGEST_LOOKBACK_DAYS}))
        and not exists (
          select from site.conversions c where c.site_id = ${siteId} and c.conversion_id = s.visitor_id)
        and not exists (
          select from site.identity_links l where l.site_id = ${siteId} and l.visitor_id = s.visitor_id)
    ),
    moved as (
      update site.sites t set journeys_since = (select till from part) where t.id = ${siteId}
    )
    select count(*)::int as n from seen`);
  return rows[0]?.n ?? 0;
}

/** That a time lies before a moment, as an index by half hours knows it and exactly. */
function isBefore(column: SQL, moment: SQL): SQL {
  return sql`${halfHour(column)} <= ${halfHour(moment)} and ${column} < ${moment}`;
}

/** Of a site `t`. */
function cutoff() {
  return sql`(t.raw_since - make_interval(days => ${LONGEST_LOOKBACK_DAYS}))`;
}
