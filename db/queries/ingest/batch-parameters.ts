import { EVENT_TYPE_CODES } from "#core/events/event-type.ts";
import type { PreparedBatch } from "#core/ingest/prepare-batch.ts";

/**
 * A batch as parameters. Each statement takes the part it needs: Postgres reads a parameter once when it plans and
 * once when it runs, so the whole batch in each of eighteen statements costs more than all their work
 * (docs/decisions). Times are ISO strings; dictionary entries are named by their key and found by its md5.
 */
export type BatchParameters = {
  /** JSON: events whole, with their receipts. */
  bodies: string;
  sources: string;
  pages: string;
  agents: string;
  visitors: string;
  /** JSON: events that came with yesterday's hash of their visitor. */
  aliases: string;
  /** JSON: the few events of these kinds. */
  orders: string;
  refunds: string;
  identities: string;
  /** Arrays of equal length, one entry an event. */
  siteIds: string;
  eventIds: string;
  occurredAt: string;
  receivedAt: string;
  /** Arrays of the conversions alone. */
  conversionSiteIds: string;
  conversionIds: string;
};

type BatchEvent = PreparedBatch["events"][number];

/** Writes a batch down for its statements. Bots have a fate and nothing else: they are in `bodies` only. */
export function batchParameters(batch: PreparedBatch): BatchParameters {
  const people = batch.events.filter(({ botReason }) => botReason === null);
  const conversions = people.filter(({ type }) => type === EVENT_TYPE_CODES.conversion);
  return {
    ...dictionaryParameters(batch),
    ...rareParameters(people),
    bodies: JSON.stringify({
      events: batch.events.map(eventJson),
      receipts: batch.receipts.map(receiptJson),
    }),
    visitors: JSON.stringify(visitorsOf(people)),
    aliases: JSON.stringify(aliasesOf(people)),
    siteIds: arrayOf(people.map(({ siteId }) => siteId)),
    eventIds: arrayOf(people.map(({ eventId }) => eventId)),
    occurredAt: arrayOf(people.map(({ occurredAtMs }) => `"${iso(occurredAtMs)}"`)),
    receivedAt: arrayOf(people.map(({ receivedAtMs }) => `"${iso(receivedAtMs)}"`)),
    conversionSiteIds: arrayOf(conversions.map(({ siteId }) => siteId)),
    conversionIds: arrayOf(conversions.map(({ eventId }) => eventId)),
  };
}

function dictionaryParameters(batch: PreparedBatch): Pick<BatchParameters, "sources" | "pages" | "agents"> {
  return {
    sources: JSON.stringify(batch.sources.map(sourceJson)),
    pages: JSON.stringify(
      batch.pages.map(({ siteId, key, host, path }) => ({ s: siteId, k: key, h: host, a: path })),
    ),
    agents: JSON.stringify(
      batch.agents.map(({ siteId, browser, os, device }) => ({ s: siteId, b: browser, o: os, d: device })),
    ),
  };
}

function rareParameters(
  people: readonly BatchEvent[],
): Pick<BatchParameters, "orders" | "refunds" | "identities"> {
  const refunds = people.filter(({ type }) => type === EVENT_TYPE_CODES.refund);
  return {
    orders: JSON.stringify(
      people.flatMap(({ siteId, orderId }) => (orderId === null ? [] : [{ s: siteId, oi: orderId }])),
    ),
    refunds: JSON.stringify(
      refunds.map(({ siteId, eventId, refundOf }) => ({ s: siteId, e: eventId, rf: refundOf })),
    ),
    identities: JSON.stringify(
      people.flatMap(({ siteId, eventId, personId }) =>
        personId === null ? [] : [{ s: siteId, e: eventId, pe: personId }],
      ),
    ),
  };
}

/** A Postgres array literal of numbers, uuids or quoted texts. */
function arrayOf(entries: readonly (string | number)[]): string {
  return `{${entries.join(",")}}`;
}

type VisitorEntry = { s: number; v: string; o: string; l: string };

/**
 * Each visitor once, with the first and the last time the batch has of them. Yesterday's hash of one is locked as well,
 * but has not been seen.
 */
function visitorsOf(events: readonly BatchEvent[]): VisitorEntry[] {
  const visitors = new Map<string, VisitorEntry>();
  for (const { siteId, visitorId, occurredAtMs } of events) {
    if (visitorId === null) continue;
    const at = iso(occurredAtMs);
    const known = visitors.get(`${siteId}/${visitorId}`);
    if (!known) visitors.set(`${siteId}/${visitorId}`, { s: siteId, v: visitorId, o: at, l: at });
    else if (at < known.o) known.o = at;
    else if (at > known.l) known.l = at;
  }
  for (const { siteId: s, previousVisitorId: v } of events) {
    const key = `${s}/${v}`;
    if (v !== null && !visitors.has(key)) visitors.set(key, { s, v, o: "infinity", l: "-infinity" });
  }
  return [...visitors.values()];
}

function aliasesOf(events: readonly BatchEvent[]) {
  return events.flatMap(({ siteId, eventId, previousVisitorId }) =>
    previousVisitorId === null ? [] : [{ s: siteId, e: eventId, v: previousVisitorId }],
  );
}

function eventJson(event: PreparedBatch["events"][number], index: number) {
  return {
    i: index,
    s: event.siteId,
    e: event.eventId,
    p: event.receiptId,
    o: iso(event.occurredAtMs),
    r: iso(event.receivedAtMs),
    t: event.type,
    op: event.opens,
    f: event.flags,
    v: event.visitorId,
    sk: event.sourceKey,
    pk: event.pageKey,
    ak: event.agent,
    c: event.country,
    vm: event.valueMinor,
    cu: event.currency,
    n: event.name,
    oi: event.orderId,
    pc: event.promoCode,
    ci: event.clickId,
    pe: event.personId,
    rf: event.refundOf,
    b: event.botReason,
    pr: event.props,
  };
}

function receiptJson({
  siteId,
  receiptId,
  receivedAtMs,
  received,
  rejected,
}: PreparedBatch["receipts"][number]) {
  return {
    s: siteId,
    p: receiptId,
    h: iso(Math.floor(receivedAtMs / HOUR_MS) * HOUR_MS),
    n: received,
    x: Object.values(rejected).reduce((sum, count) => sum + count, 0),
    xb: Object.keys(rejected).length === 0 ? null : rejected,
  };
}

function sourceJson({ siteId, key, tuple, ...meaning }: PreparedBatch["sources"][number]) {
  return {
    s: siteId,
    k: key,
    us: tuple.utmSource,
    um: tuple.utmMedium,
    uc: tuple.utmCampaign,
    uo: tuple.utmContent,
    ut: tuple.utmTerm,
    ck: tuple.clickIdKind,
    rh: tuple.referrerHost,
    ls: tuple.linkSlug,
    pc: tuple.promoCode,
    nc: tuple.namedCampaign,
    nh: tuple.namedChannel,
    ch: meaning.channel,
    ca: meaning.campaignId,
    mv: meaning.matcherVersion,
  };
}

const HOUR_MS = 3_600_000;

function iso(atMs: number): string {
  return new Date(atMs).toISOString();
}
