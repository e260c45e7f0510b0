import { sql, type SQL } from "drizzle-orm";

import { halfHour } from "#db/schema/columns.ts";
import { eventTypeCode } from "#core/events/event-type.ts";
import type { Database } from "#db/database.ts";
import { contactsOf } from "./item-touchpoints.ts";

/** Which visitor a contact was of. Visitor ids stay inside: they only tell devices apart. */
export type ContactVisitor = { touchpointId: string; rank: number; visitorId: string };

export type Visit = {
  visitorId: string;
  startedAtMs: number;
  endedAtMs: number;
  pageviews: number;
  events: number;
  landingPage: string | null;
  device: string | null;
  browser: string | null;
  os: string | null;
  pages: { atMs: number; page: string }[];
};

export type Identification = { visitorId: string; atMs: number };

export type ConversionFacts = {
  atMs: number;
  type: string;
  orderId: string | null;
  valueMinor: number;
  currency: string;
  isTest: boolean;
  promoCodes: string[];
  visitorId: string | null;
};

export type RefundFacts = { id: string; atMs: number; takenMinor: number; leftMinor: number };

export type JourneyTraces = {
  conversion: ConversionFacts;
  refunds: RefundFacts[];
  contacts: ContactVisitor[];
  visits: Visit[];
  identifications: Identification[];
};

export type TracesQuestion = { siteId: number; conversionId: string; lookbackDays: number };

const MOST_VISITS = 50;
const MOST_PAGES = 5;
const MOST_IDENTIFICATIONS = 50;

/** A conversion and everything its person did in the days before it, on any device; null where the site has none of that id. */
export async function loadJourneyTraces(
  db: Database,
  question: TracesQuestion,
): Promise<JourneyTraces | null> {
  const [conversion, refunds, contacts, visits, identifications] = await db.batch([
    db.execute<ConversionFacts>(conversionFacts(question)),
    db.execute<RefundFacts>(refundFacts(question)),
    db.execute<ContactVisitor>(contactVisitors(question)),
    db.execute<Visit>(visitsBefore(question)),
    db.execute<Identification>(identificationsOf(question)),
  ]);
  const [facts] = conversion.rows;
  if (!facts) return null;
  return {
    conversion: facts,
    refunds: refunds.rows,
    contacts: contacts.rows,
    visits: visits.rows,
    identifications: identifications.rows,
  };
}

function conversionFacts({ siteId, conversionId }: TracesQuestion): SQL {
  return sql`
    select ${ms(sql`at`)} as "atMs", type, order_id as "orderId", value_minor::float8 as "valueMinor",
      currency::text as currency, is_test as "isTest", promo_codes as "promoCodes", visitor_id as "visitorId"
    from site.conversions where site_id = ${siteId} and conversion_id = ${conversionId}::uuid`;
}

/** Found by the order or by the conversion that they name, each by its index. */
function refundFacts({ siteId, conversionId }: TracesQuestion): SQL {
  return sql`
    with named as (
      select r.refund_id from site.refunds r where r.site_id = ${siteId} and r.conversion_id = ${conversionId}::uuid
      union
      select r.refund_id
      from site.conversions c join site.refunds r on r.site_id = ${siteId} and r.order_id = c.order_id
      where c.site_id = ${siteId} and c.conversion_id = ${conversionId}::uuid
    )
    select e.refund_id as id, ${ms(sql`e.at`)} as "atMs", e.taken_minor::float8 as "takenMinor",
      e.after_minor::float8 as "leftMinor"
    from named n join site.refund_effects e on e.site_id = ${siteId} and e.refund_id = n.refund_id
    where e.conversion_id = ${conversionId}::uuid
    order by e.at, e.refund_id`;
}

function contactVisitors(question: TracesQuestion): SQL {
  return sql`
    with ${ownVisitors(question)}
    select t.touchpoint_id as "touchpointId", t.rank, t.visitor_id as "visitorId"
    from own_visitor v
    cross join lateral (
      select * from site.touchpoints t
      where t.site_id = ${question.siteId} and t.visitor_id = v.visitor_id
        and t.at between greatest(v.lo, v.earliest) and v.converted_at and t.at < v.hi
      offset 0
    ) as t`;
}

/** The latest visits up to the conversion, each with its first pages. */
function visitsBefore(question: TracesQuestion): SQL {
  const { siteId } = question;
  return sql`
    with ${ownVisitors(question)},
    visit as materialized (
      select s.*
      from own_visitor v
      cross join lateral (
        select * from site.sessions s
        where s.site_id = ${siteId} and s.visitor_id = v.visitor_id and s.stretch_started_at <= v.converted_at
          and s.started_at between greatest(v.lo, v.earliest) and v.converted_at and s.started_at < v.hi
        offset 0
      ) as s
      order by s.started_at desc, s.session_id desc
      limit ${MOST_VISITS}
    )
    select s.visitor_id as "visitorId", ${ms(sql`s.started_at`)} as "startedAtMs", ${ms(sql`s.ended_at`)} as "endedAtMs",
      s.pageviews, s.events, l.host || l.path as "landingPage", a.device, a.browser, a.os, coalesce(p.pages, '[]') as pages
    from visit s
    left join site.pages l on l.id = s.landing_page_id
    left join site.agents a on a.id = s.agent_id
    left join lateral (
      select json_agg(json_build_object('atMs', ${ms(sql`e.occurred_at`)}, 'page', g.host || g.path)
        order by e.occurred_at, e.event_id) as pages
      from (
        select * from site.events e
        where e.site_id = ${siteId} and e.visitor_id = s.visitor_id and e.occurred_at between s.started_at and s.ended_at
          -- The half hours, too, which are what the index holds.
          and ${halfHour(sql`e.occurred_at`)} between ${halfHour(sql`s.started_at`)} and ${halfHour(sql`s.ended_at`)}
          and e.type = ${eventTypeCode("pageview")}
        order by e.occurred_at, e.event_id
        limit ${MOST_PAGES}
      ) as e
      join site.pages g on g.id = e.page_id
    ) as p on true
    order by s.started_at, s.session_id`;
}

function identificationsOf(question: TracesQuestion): SQL {
  return sql`
    with ${ownVisitors(question)}
    select l.visitor_id as "visitorId", ${ms(sql`min(l.since)`)} as "atMs"
    from identified d
    join site.identity_links l on l.site_id = ${question.siteId} and l.person_id = d.person_id
    where l.visitor_id in (select visitor_id from own_visitor)
    group by l.visitor_id
    order by 2
    limit ${MOST_IDENTIFICATIONS}`;
}

/** CTE `own_visitor (visitor_id, lo, hi, earliest, converted_at)`: the visitors that were the person, and when. */
function ownVisitors({ siteId, conversionId, lookbackDays }: TracesQuestion): SQL {
  return sql`
    ${contactsOf({ siteId, itemIds: [conversionId], lookbackDays })},
    own_visitor as (
      select v.visitor_id, v.lo, v.hi, v.converted_at,
        v.converted_at - make_interval(secs => ${lookbackDays * 86_400}) as earliest
      from (
        select visitor_id, lo, 'infinity'::timestamptz as hi, converted_at from alone_visitor
        union all
        select s.visitor_id, s.lo, s.hi, d.converted_at from identified d join slice s on s.person_id = d.person_id
      ) as v
    )`;
}

function ms(instant: SQL): SQL {
  return sql`(extract(epoch from ${instant}) * 1000)::float8`;
}
