import { EVENT_TYPE_CODES } from "#core/events/event-type.ts";
import type { PreparedBatch } from "#core/ingest/prepare-batch.ts";
import {
  agentColumns,
  arrayOf,
  eventColumns,
  extraColumns,
  keyColumns,
  receiptColumns,
  wholeMs,
  withExtras,
} from "./event-columns.ts";
import { eventRows, leastReceived } from "./event-rows.ts";

/**
 * A batch as parameters. Each statement takes the part it needs: Postgres reads a parameter once when it plans and
 * once when it runs, so the whole batch in each of sixteen statements costs more than all their work
 * (docs/decisions). Times are ISO strings; dictionary entries are named by their key and found by its md5.
 */
export type BatchParameters = {
  /** The least and the greatest id of the batch, bots' included. */
  firstEventId: string;
  lastEventId: string;
  /** What is stored: events, what few of them have, receipts, and the dictionary entries that events refer to. */
  stored: Record<"events" | "extras" | "receipts" | "sources" | "pages" | "agents", string[]>;
  sources: string;
  /** JSON: those with a promo code, which refer to another. */
  codedSources: string;
  pages: string;
  agents: string;
  /** Arrays of equal length, one entry a visitor. */
  visitorSiteIds: string;
  visitorIds: string;
  firstSeenMs: string;
  lastSeenMs: string;
  /** JSON: events that came with yesterday's hash of their visitor. */
  aliases: string;
  /** JSON: the few events of these kinds. */
  orders: string;
  refunds: string;
  identities: string;
  /** Arrays of equal length, one entry an id: of what came twice, that which was received first. */
  siteIds: string;
  eventIds: string;
  occurredMs: string;
  receivedMs: string;
  /** Arrays of the conversions alone. */
  conversionSiteIds: string;
  conversionIds: string;
};

type BatchEvent = PreparedBatch["events"][number];

/** Writes a batch down for its statements. Bots have a fate and nothing else: they are in `events` only. */
export function batchParameters(batch: PreparedBatch): BatchParameters {
  const people = batch.events.filter(({ botReason }) => botReason === null);
  const conversions = people.filter(({ type }) => type === EVENT_TYPE_CODES.conversion);
  return {
    ...dictionaryParameters(batch),
    ...rareParameters(people),
    ...idRange(batch.events),
    ...visitorParameters(people),
    ...idParameters(leastReceived(people)),
    stored: storedParameters(batch),
    aliases: JSON.stringify(aliasesOf(people)),
    conversionSiteIds: arrayOf(conversions.map(({ siteId }) => siteId)),
    conversionIds: arrayOf(conversions.map(({ eventId }) => eventId)),
  };
}

function storedParameters(batch: PreparedBatch): BatchParameters["stored"] {
  const { rows, counts, ...references } = eventRows(batch);
  return {
    events: eventColumns.write(rows),
    extras: extraColumns.write(withExtras(rows)),
    receipts: receiptColumns.write(
      batch.receipts.map((receipt, index) => ({ ...receipt, ...(counts[index] ?? { events: 0, ids: 0 }) })),
    ),
    sources: keyColumns.write(references.sources),
    pages: keyColumns.write(references.pages),
    agents: agentColumns.write(references.agents),
  };
}

function idParameters(
  events: readonly BatchEvent[],
): Pick<BatchParameters, "siteIds" | "eventIds" | "occurredMs" | "receivedMs"> {
  return {
    siteIds: arrayOf(events.map(({ siteId }) => siteId)),
    eventIds: arrayOf(events.map(({ eventId }) => eventId)),
    occurredMs: arrayOf(events.map(({ occurredAtMs }) => wholeMs(occurredAtMs))),
    receivedMs: arrayOf(events.map(({ receivedAtMs }) => wholeMs(receivedAtMs))),
  };
}

const NO_ID = "00000000-0000-0000-0000-000000000000";

/** In lower case the texts of ids sort as Postgres sorts the ids. */
function idRange(events: readonly BatchEvent[]): Pick<BatchParameters, "firstEventId" | "lastEventId"> {
  const ids = events.map(({ eventId }) => eventId.toLowerCase()).toSorted();
  return { firstEventId: ids[0] ?? NO_ID, lastEventId: ids.at(-1) ?? NO_ID };
}

function dictionaryParameters(
  batch: PreparedBatch,
): Pick<BatchParameters, "sources" | "codedSources" | "pages" | "agents"> {
  const isCoded = ({ plainKey }: PreparedBatch["sources"][number]) => plainKey !== null;
  return {
    sources: JSON.stringify(batch.sources.filter((source) => !isCoded(source)).map(sourceJson)),
    codedSources: JSON.stringify(batch.sources.filter(isCoded).map(sourceJson)),
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
  // Of what came twice that which is stored: its terms go with its value.
  const refunds = leastReceived(people).filter(({ type }) => type === EVENT_TYPE_CODES.refund);
  return {
    orders: JSON.stringify(
      people.flatMap(({ siteId, orderId }) => (orderId === null ? [] : [{ s: siteId, oi: orderId }])),
    ),
    refunds: JSON.stringify(
      refunds.map(({ siteId, eventId, refund }) => ({
        s: siteId,
        e: eventId,
        rf: refund?.conversionId,
        nc: refund?.namesCurrency,
        ma: refund?.valueMajor,
      })),
    ),
    identities: JSON.stringify(
      people.flatMap(({ siteId, eventId, personId }) =>
        personId === null ? [] : [{ s: siteId, e: eventId, pe: personId }],
      ),
    ),
  };
}

/** `firstMs` and `lastMs` are null of a hash that has not been seen itself. */
type VisitorEntry = { siteId: number; visitorId: string; firstMs: number | null; lastMs: number | null };

/**
 * Each visitor once, with the first and the last time the batch has of them. Yesterday's hash of one is locked as well,
 * but has not been seen.
 */
function visitorsOf(events: readonly BatchEvent[]): VisitorEntry[] {
  const visitors = new Map<string, VisitorEntry>();
  for (const { siteId, visitorId, occurredAtMs } of events) {
    if (visitorId === null) continue;
    const at = wholeMs(occurredAtMs);
    const known = visitors.get(`${siteId}/${visitorId}`);
    visitors.set(`${siteId}/${visitorId}`, {
      siteId,
      visitorId,
      firstMs: Math.min(at, known?.firstMs ?? at),
      lastMs: Math.max(at, known?.lastMs ?? at),
    });
  }
  for (const { siteId, previousVisitorId: visitorId } of events) {
    const key = `${siteId}/${visitorId}`;
    if (visitorId !== null && !visitors.has(key))
      visitors.set(key, { siteId, visitorId, firstMs: null, lastMs: null });
  }
  return [...visitors.values()];
}

function visitorParameters(
  people: readonly BatchEvent[],
): Pick<BatchParameters, "visitorSiteIds" | "visitorIds" | "firstSeenMs" | "lastSeenMs"> {
  const visitors = visitorsOf(people);
  return {
    visitorSiteIds: arrayOf(visitors.map(({ siteId }) => siteId)),
    visitorIds: arrayOf(visitors.map(({ visitorId }) => visitorId)),
    firstSeenMs: arrayOf(visitors.map(({ firstMs }) => firstMs)),
    lastSeenMs: arrayOf(visitors.map(({ lastMs }) => lastMs)),
  };
}

function aliasesOf(events: readonly BatchEvent[]) {
  return events.flatMap(({ siteId, eventId, previousVisitorId }) =>
    previousVisitorId === null ? [] : [{ s: siteId, e: eventId, v: previousVisitorId }],
  );
}

function sourceJson({ siteId, key, plainKey, tuple, ...meaning }: PreparedBatch["sources"][number]) {
  return {
    s: siteId,
    k: key,
    pk: plainKey,
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
