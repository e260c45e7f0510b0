import { sql, type SQL } from "drizzle-orm";

import type { Database } from "#db/database.ts";
import {
  dictionaryJoins,
  sharedEventColumns,
  storedEventColumns,
  type EventRecord,
} from "#db/queries/events/event-record.ts";
import { halfHour } from "#db/schema/columns.ts";

type Facts = { siteId: number; visitorId: string };

/** Times are ISO strings in UTC, money whole minor units. */
export type VisitorRows = {
  visitor: { firstSeenAt: string; lastSeenAt: string; isBotLike: boolean };
  sessions: VisitorSession[];
  touchpoints: {
    id: string;
    at: string;
    kind: "visit" | "promo_code";
    channel: string;
    page: string | null;
  }[];
  conversions: VisitorConversion[];
  refunds: {
    id: string;
    at: string;
    orderId: string | null;
    valueMinor: number | null;
    currency: string | null;
  }[];
  identityLinks: { personId: string; since: string }[];
  aliases: string[];
  heldBack: Record<string, unknown>[];
};

export type VisitorSession = {
  id: string;
  startedAt: string;
  endedAt: string;
  channel: string | null;
  landingPage: string | null;
  pageviews: number;
  events: number;
};

export type VisitorConversion = {
  id: string;
  at: string;
  type: string;
  valueMinor: number;
  currency: string;
  orderId: string | null;
  promoCodes: string[];
  isTest: boolean;
};

/** Everything of a visitor but the events, derived and raw, in one statement; null for one who is not there. */
export async function selectVisitor(db: Database, facts: Facts): Promise<VisitorRows | null> {
  const { rows } = await db.execute<VisitorRows>(sql`
    select json_build_object('firstSeenAt', ${iso(sql`v.first_seen_at`)}, 'lastSeenAt', ${iso(sql`v.last_seen_at`)},
        'isBotLike', v.is_bot_like) as visitor,
      ${list(sessionsOf())} as sessions, ${list(touchpointsOf())} as touchpoints,
      ${list(conversionsOf())} as conversions, ${list(refundsOf())} as refunds,
      ${list(linksOf())} as "identityLinks", ${list(aliasesOf())} as aliases, ${list(heldBackOf())} as "heldBack"
    from site.visitors v
    where v.site_id = ${facts.siteId} and v.visitor_id = ${facts.visitorId}::uuid`);
  return rows[0] ?? null;
}

export type EventCursor = { occurredAtMs: number; eventId: string } | null;

/** A page of a visitor's events, oldest first, after a cursor. */
export async function selectVisitorEvents(
  db: Database,
  { siteId, visitorId, after, limit }: Facts & { after: EventCursor; limit: number },
): Promise<EventRecord[]> {
  const from = after ?? { occurredAtMs: null, eventId: "00000000-0000-0000-0000-000000000000" };
  const since = from.occurredAtMs === null ? "-infinity" : new Date(from.occurredAtMs).toISOString();
  const { rows } = await db.execute<EventRecord>(sql`
    select ${sharedEventColumns}, ${storedEventColumns}
    from (
      select *, source_id as from_source from site.events
      where site_id = ${siteId} and visitor_id = ${visitorId}::uuid
        and ${halfHour(sql`occurred_at`)} >= ${halfHour(sql`${since}::timestamptz`)}
        and (occurred_at, event_id) > (${since}::timestamptz, ${from.eventId}::uuid)
      order by ${halfHour(sql`occurred_at`)}, occurred_at, event_id
      limit ${limit}
    ) p
    ${dictionaryJoins}
    order by p.occurred_at, p.event_id`);
  return rows;
}

function iso(time: SQL): SQL {
  return sql`to_char(${time} at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"')`;
}

/** The rows of a query of one json column `entry`, as one list. */
function list(query: SQL): SQL {
  return sql`coalesce((select json_agg(entry) from (${query}) as listed), '[]')`;
}

function sessionsOf(): SQL {
  return sql`
    select json_build_object('id', s.session_id, 'startedAt', ${iso(sql`s.started_at`)}, 'endedAt', ${iso(sql`s.ended_at`)},
      'channel', d.channel, 'landingPage', g.host || g.path, 'pageviews', s.pageviews, 'events', s.events) as entry
    from site.sessions s
    left join site.sources d on d.id = s.source_id
    left join site.pages g on g.id = s.landing_page_id
    where s.site_id = v.site_id and s.visitor_id = v.visitor_id
    order by s.started_at`;
}

function touchpointsOf(): SQL {
  return sql`
    select json_build_object('id', t.touchpoint_id, 'at', ${iso(sql`t.at`)},
      'kind', case when t.rank > 0 then 'promo_code' else 'visit' end, 'channel', d.channel,
      'page', g.host || g.path) as entry
    from site.touchpoints t
    join site.sources d on d.id = t.source_id
    left join site.pages g on g.id = t.page_id
    where t.site_id = v.site_id and t.visitor_id = v.visitor_id
    order by t.at, t.rank`;
}

function conversionsOf(): SQL {
  return sql`
    select json_build_object('id', c.conversion_id, 'at', ${iso(sql`c.at`)}, 'type', c.type, 'valueMinor', c.value_minor,
      'currency', c.currency, 'orderId', c.order_id, 'promoCodes', c.promo_codes, 'isTest', c.is_test) as entry
    from site.conversions c
    where c.site_id = v.site_id and c.visitor_id = v.visitor_id
    order by c.at`;
}

/** A refund that names no currency is of its order's, as in the view `refund_effects`. */
function refundsOf(): SQL {
  return sql`
    select json_build_object('id', r.refund_id, 'at', ${iso(sql`r.at`)}, 'orderId', r.order_id,
      'valueMinor', site.refund_minor(r.value_minor, r.value_major, r.currency, f.currency),
      'currency', f.currency) as entry
    from site.conversions c
    join lateral (
      select * from site.refunds r where r.site_id = c.site_id and r.order_id = c.order_id
      union
      select * from site.refunds r where r.site_id = c.site_id and r.conversion_id = c.conversion_id
    ) as r on true
    cross join lateral (
      select case when r.names_currency is false then c.currency else r.currency end as currency
    ) as f
    where c.site_id = v.site_id and c.visitor_id = v.visitor_id
    order by r.at`;
}

function linksOf(): SQL {
  return sql`
    select json_build_object('personId', l.person_id, 'since', ${iso(sql`l.since`)}) as entry
    from site.identity_links l
    where l.site_id = v.site_id and l.visitor_id = v.visitor_id
    order by l.since`;
}

function aliasesOf(): SQL {
  return sql`
    select to_json(other) as entry
    from (
      select previous_visitor_id as other from site.visitor_aliases a
      where a.site_id = v.site_id and a.visitor_id = v.visitor_id and a.running_from is not null
      union
      select visitor_id from site.visitor_aliases a
      where a.site_id = v.site_id and a.previous_visitor_id = v.visitor_id and a.running_from is not null
    ) as near`;
}

/** Events that could not be stored and wait as dead letters. */
function heldBackOf(): SQL {
  return sql`
    select e as entry
    from site.dead_letters d
    cross join lateral jsonb_array_elements(
      case jsonb_typeof(d.message -> 'events') when 'array' then d.message -> 'events' else '[]' end) as e
    where d.site_id = v.site_id and coalesce(e ->> 'visitor', d.message ->> 'visitor') = v.visitor_id::text`;
}
