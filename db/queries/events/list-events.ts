import { sql, type SQL } from "drizzle-orm";

import { OPENS } from "#core/sources/opening.ts";
import type { Database } from "#db/database.ts";
import {
  botEventColumns,
  dictionaryJoins,
  sharedEventColumns,
  storedEventColumns,
  type EventRecord,
} from "./event-record.ts";

export type EventScan = {
  siteId: number;
  verdict: "stored" | "bot";
  /** Code of `core/events/event-type`; null for all. */
  type: number | null;
  campaignId: number | null;
  /** Only events with a smaller id; null from the newest on. */
  afterEventId: string | null;
  /** How many events are looked at, whether they pass the filter or not: the bound of the work. */
  window: number;
  /** How many events that pass are answered at most. */
  limit: number;
};

export type ScannedEvents = {
  events: EventRecord[];
  /** How many events were looked at; fewer than `window` means that none are left. */
  scanned: number;
  /** The smallest id looked at; null when there was none. */
  endEventId: string | null;
};

/**
 * The newest events of a site below an id, by id: the time inside a UUIDv7 is its sender's, so a fresh event comes on
 * top, and the partitions are read from the newest on by their primary key. One window is read, whatever the filter
 * lets through: a rare kind of event never makes one request walk through years.
 * An event that names no source of its own, like most inside a visit, shows that of its session.
 */
export async function scanEvents(db: Database, scan: EventScan): Promise<ScannedEvents> {
  type Row = (EventRecord | { [key in keyof EventRecord]: null }) & {
    scanned: number;
    endEventId: string | null;
  };
  const { rows } = await db.execute<Row>(eventScanStatement(scan));
  return {
    events: rows.flatMap(({ scanned: _scanned, endEventId: _end, ...row }) =>
      row.eventId === null ? [] : [row],
    ),
    scanned: rows[0]?.scanned ?? 0,
    endEventId: rows[0]?.endEventId ?? null,
  };
}

/** The statement of `scanEvents`, by itself for the tests of its plan. */
export function eventScanStatement(scan: EventScan): SQL {
  return sql`
    with candidate as materialized (${candidates(scan)})
    select s.scanned, s."endEventId", q.*
    from (
      select count(*)::int as scanned, (array_agg(event_id order by event_id))[1] as "endEventId" from candidate
    ) s
    left join (
      select ${sharedEventColumns}, ${scan.verdict === "bot" ? botEventColumns : storedEventColumns}
      from ${scan.verdict === "bot" ? sql`(select *, source_id as from_source from candidate)` : placedInSessions} p
      ${dictionaryJoins}
      where ${filters(scan)}
      order by p.event_id desc
      limit ${scan.limit}
    ) q on true
    order by q."eventId" desc`;
}

function candidates(scan: EventScan): SQL {
  const conditions = [sql`e.site_id = ${scan.siteId}`];
  if (scan.afterEventId !== null) conditions.push(sql`e.event_id < ${scan.afterEventId}::uuid`);
  // A campaign that no source leads to yet has no events: nothing need be looked at.
  if (scan.campaignId !== null)
    conditions.push(
      sql`exists (select from site.sources x where x.site_id = ${scan.siteId} and x.campaign_id = ${scan.campaignId})`,
    );
  return sql`
    select e.* from ${scan.verdict === "bot" ? sql`site.bot_events` : sql`site.events`} e
    where ${sql.join(conditions, sql` and `)}
    order by e.event_id desc
    limit ${scan.window}`;
}

/** An order that a server reports is no activity, and still part of the visit it ended: a session lasts 30 minutes more. */
const placedInSessions = sql`(
  select c.*, coalesce(v.source_id, c.source_id) as from_source
  from candidate c
  left join lateral (
    select s.source_id from site.sessions s
    where s.site_id = c.site_id and s.visitor_id = c.visitor_id
      and s.stretch_started_at <= c.occurred_at and s.started_at <= c.occurred_at
      and s.ended_at > c.occurred_at - interval '30 minutes'
    order by s.started_at desc, s.session_id desc
    limit 1
  ) v on c.opens < ${sql.raw(String(OPENS.source))} and c.visitor_id is not null
)`;

function filters(scan: EventScan): SQL {
  const conditions = [sql`true`];
  if (scan.type !== null) conditions.push(sql`p.type = ${scan.type}`);
  if (scan.campaignId !== null) conditions.push(sql`d.campaign_id = ${scan.campaignId}`);
  return sql.join(conditions, sql` and `);
}
