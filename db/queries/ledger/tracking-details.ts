import { sql, type SQL } from "drizzle-orm";

import { EVENT_FLAGS } from "#core/events/event-flags.ts";
import type { Database } from "#db/database.ts";

export type TrackingDetailsRow = {
  looked: number;
  since: string | null;
  pages: { host: string; path: string; lastSeenAt: string; events24h: number; events: number }[];
  pageCount: number;
  firstParty: number;
  cookieless: number;
  none: number;
  botsLooked: number;
  bots: { reason: string; events: number; lastSeenAt: string }[];
};

export type TrackingDetailsQuestion = { siteId: number; nowIso: string };

/** How many of the newest events are looked at: the bound of the work, and of what is claimed. */
export const LOOKED_EVENTS = 10_000;
const LISTED_PAGES = 200;
const LISTED_REASONS = 50;

/**
 * Which pages report, what visitors are known by, and why events count as bots: from the newest events of seven days
 * by their key, 10,000 at most of each kind.
 * A visitor that the browser names has a UUIDv7, a hash has 128 arbitrary bits: 1 hash in 64 looks like one.
 */
export async function loadTrackingDetails(
  db: Database,
  question: TrackingDetailsQuestion,
): Promise<TrackingDetailsRow> {
  const { rows } = await db.execute<TrackingDetailsRow>(trackingDetailsStatement(question));
  const [row] = rows;
  if (!row) throw new Error(`Cannot tell the tracking details of site ${question.siteId}`);
  return { ...row, pages: row.pages ?? [], bots: row.bots ?? [] };
}

/** The statement of `loadTrackingDetails`, by itself for the test of its plan. */
export function trackingDetailsStatement({ siteId, nowIso }: TrackingDetailsQuestion): SQL {
  const weekAgo = sql`site.uuid7_floor(${nowIso}::timestamptz - interval '7 days')`;
  return sql`
    with recent as materialized (
      select event_id, received_at, page_id, visitor_id, flags from site.events
      where site_id = ${siteId} and event_id >= ${weekAgo}
      order by event_id desc limit ${LOOKED_EVENTS}
    ),
    -- What a program sends says nothing of the pages' own pixel.
    own as materialized (select * from recent where flags & ${sql.raw(String(EVENT_FLAGS.keyed))} = 0),
    page as materialized (
      select page_id, max(received_at) as last_seen, count(*)::int as events,
        count(*) filter (where received_at >= ${nowIso}::timestamptz - interval '24 hours')::int as events_24h
      from own where page_id is not null group by page_id
    ),
    listed as (select * from page order by events desc, page_id limit ${LISTED_PAGES}),
    bot as materialized (
      select reason, received_at from site.bot_events
      where site_id = ${siteId} and event_id >= ${weekAgo}
      order by event_id desc limit ${LOOKED_EVENTS}
    ),
    by_reason as (
      select reason, count(*)::int as events, max(received_at) as last_seen
      from bot group by reason order by 2 desc, 1 limit ${LISTED_REASONS}
    )
    select (select count(*)::int from recent) as looked,
      (select ${iso(sql`min(received_at)`)} from recent) as since,
      (select json_agg(json_build_object('host', g.host, 'path', g.path, 'lastSeenAt', ${iso(sql`l.last_seen`)},
          'events24h', l.events_24h, 'events', l.events) order by l.events desc, l.page_id)
        from listed l join site.pages g on g.id = l.page_id) as pages,
      (select count(*)::int from page) as "pageCount",
      (select count(*)::int from own where ${isFirstParty}) as "firstParty",
      (select count(*)::int from own where visitor_id is not null and not ${isFirstParty}) as cookieless,
      (select count(*)::int from own where visitor_id is null) as none,
      (select count(*)::int from bot) as "botsLooked",
      (select json_agg(json_build_object('reason', reason, 'events', events, 'lastSeenAt', ${iso(sql`last_seen`)})
          order by events desc, reason) from by_reason) as bots`;
}

/** Version and variant of a UUIDv7. */
const isFirstParty = sql`coalesce(visitor_id::text ~ '^.{14}7.{4}[89ab]', false)`;

function iso(instant: SQL): SQL {
  return sql`to_char(${instant} at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"')`;
}
