import type { Client } from "pg";

/** The figures of one hour: counts, and revenue by currency in minor units. */
export type HourFigures = {
  impressions: number;
  clicks: number;
  pageviews: number;
  sessions: number;
  conversions: number;
  revenue: Record<string, number>;
};
/** By the instant at which the site's local hour begins. */
export type Figures = Record<string, HourFigures>;

type RawEvent = {
  id: string;
  at: Date;
  type: number;
  opens: number;
  visitor: string | null;
  source: number | null;
  order: string | null;
  value: string | null;
  currency: string | null;
};

const [IMPRESSION, CLICK, PAGEVIEW, CONVERSION, CUSTOM] = [1, 2, 3, 4, 5];
const OPENS_A_SOURCE = 2;
const OPENS_ITS_OWN = 3;
const HOUR_MS = 3_600_000;
const SILENCE_MS = 30 * 60_000;

export type RecountedSite = { siteId: number; zoneOffsetMs: number };

/**
 * What the rollups of a site must say, worked out event by event from the raw rows. It shares nothing with the SQL
 * that rolls up and that derives sessions and conversions: it is what that SQL is held to.
 */
export async function recount(client: Client, { siteId, zoneOffsetMs }: RecountedSite): Promise<Figures> {
  const { rows } = await client.query<RawEvent>(
    `select event_id as id, occurred_at as at, type, opens, visitor_id as visitor,
       coalesce(d.plain_id, e.source_id) as source, order_id as "order", value_minor::text as value,
       currency::text as currency
     from site.events e left join site.sources d on d.id = e.source_id where e.site_id = $1`,
    [siteId],
  );
  const figures: Figures = {};
  const hour = (at: Date): HourFigures => {
    const bucket = Math.floor((at.getTime() + zoneOffsetMs) / HOUR_MS) * HOUR_MS - zoneOffsetMs;
    return (figures[new Date(bucket).toISOString()] ??= noFigures());
  };
  for (const { type, at } of rows) {
    if (type === IMPRESSION) hour(at).impressions += 1;
    if (type === CLICK) hour(at).clicks += 1;
    if (type === PAGEVIEW) hour(at).pageviews += 1;
  }
  for (const at of sessionStarts(rows)) hour(at).sessions += 1;
  for (const { at, value, currency } of conversions(rows)) {
    const { revenue } = hour(at);
    hour(at).conversions += 1;
    revenue[currency ?? ""] = (revenue[currency ?? ""] ?? 0) + Number(value);
  }
  return withoutEmptyHours(figures);
}

function noFigures(): HourFigures {
  return { impressions: 0, clicks: 0, pageviews: 0, sessions: 0, conversions: 0, revenue: {} };
}

/** An hour of nothing but custom events inside sessions of the hour before has no row. */
function withoutEmptyHours(figures: Figures): Figures {
  const isEmpty = ({ revenue, ...counts }: HourFigures): boolean =>
    Object.keys(revenue).length === 0 && Object.values(counts).every((count) => count === 0);
  return Object.fromEntries(Object.entries(figures).filter(([, hour]) => !isEmpty(hour)));
}

/** When sessions begin: after 30 minutes of silence, with another source, and with every contact of its own. */
function sessionStarts(events: readonly RawEvent[]): Date[] {
  const starts: Date[] = [];
  const active = events.filter(({ type }) => [PAGEVIEW, CLICK, CONVERSION, CUSTOM].includes(type));
  for (const visit of byKey(active, ({ visitor }) => visitor).values()) {
    let lastAtMs = -Infinity;
    let source: number | null = null;
    for (const event of visit.toSorted(inOrder)) {
      const isSilent = event.at.getTime() - lastAtMs >= SILENCE_MS;
      if (isSilent) source = null;
      const isOther = event.opens === OPENS_A_SOURCE && event.source !== source;
      if (isSilent || isOther || event.opens === OPENS_ITS_OWN) starts.push(event.at);
      if (event.opens >= OPENS_A_SOURCE) source = event.source;
      lastAtMs = event.at.getTime();
    }
  }
  return starts;
}

/** One an order: the least of its copies by time and id. */
function conversions(events: readonly RawEvent[]): RawEvent[] {
  const told = events.filter(({ type }) => type === CONVERSION);
  const loose = told.filter(({ order }) => order === null);
  const merged = [...byKey(told, ({ order }) => order).values()].flatMap((copies) =>
    copies.toSorted((a, b) => a.at.getTime() - b.at.getTime() || (a.id < b.id ? -1 : 1)).slice(0, 1),
  );
  return [...loose, ...merged];
}

/** In one millisecond what opens something comes first. */
function inOrder(a: RawEvent, b: RawEvent): number {
  return a.at.getTime() - b.at.getTime() || b.opens - a.opens || (a.id < b.id ? -1 : 1);
}

function byKey(
  events: readonly RawEvent[],
  key: (event: RawEvent) => string | null,
): Map<string, RawEvent[]> {
  const groups = new Map<string, RawEvent[]>();
  for (const event of events) {
    const name = key(event);
    if (name !== null) groups.set(name, [...(groups.get(name) ?? []), event]);
  }
  return groups;
}

/** What the rollups do say. */
export async function rolledUp(client: Client, siteId: number): Promise<Figures> {
  const { rows } = await client.query<{ bucket: Date; currency: string; revenue: string } & Counts>(
    `select bucket, currency, sum(impressions)::int as impressions, sum(clicks)::int as clicks,
       sum(pageviews)::int as pageviews, sum(sessions)::int as sessions, sum(conversions)::int as conversions,
       sum(revenue_minor)::text as revenue
     from site.rollup_hours where site_id = $1 and scope = 'site' and dimension = 'all' group by 1, 2`,
    [siteId],
  );
  const figures: Figures = {};
  for (const { bucket, currency, revenue, ...counts } of rows) {
    const hour = (figures[bucket.toISOString()] ??= noFigures());
    for (const name of Object.keys(counts) as (keyof Counts)[]) hour[name] += counts[name];
    if (currency !== "") hour.revenue[currency] = Number(revenue);
  }
  return withoutEmptyHours(figures);
}

type Counts = Omit<HourFigures, "revenue">;
