import type { PreparedBatch } from "#core/ingest/prepare-batch.ts";

/**
 * A batch as the one JSON parameter that every statement of ingest takes: short names, because it travels once a
 * statement. Times are ISO strings; dictionary entries are named by their key and found by its md5.
 */
export function batchJson(batch: PreparedBatch): string {
  return JSON.stringify({
    events: batch.events.map(eventJson),
    receipts: batch.receipts.map(receiptJson),
    sources: batch.sources.map(sourceJson),
    pages: batch.pages.map(({ siteId, key, host, path }) => ({ s: siteId, k: key, h: host, a: path })),
    agents: batch.agents.map(({ siteId, browser, os, device }) => ({
      s: siteId,
      b: browser,
      o: os,
      d: device,
    })),
  });
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
