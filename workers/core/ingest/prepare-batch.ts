import { classifyChannel } from "#core/channels/classify-channel.ts";
import { matchCampaign } from "#core/sources/match-campaign.ts";
import { DIRECT_TUPLE, plainTuple, sourceKey, type SourceTuple } from "#core/sources/source-tuple.ts";
import type { IngestSite } from "./ingest-site.ts";
import type { MessageLike } from "./message-like.ts";
import { prepareEvent, type IngestRejection } from "./prepare-event.ts";
import type { PreparedEvent, PreparedPage, PreparedSource } from "./prepared-event.ts";

export type PreparedReceipt = {
  siteId: number;
  receiptId: string;
  receivedAtMs: number;
  received: number;
  rejected: Record<string, number>;
};

/** An event of a body that ingest does not keep; `position` is its place in the body's events, from 0. */
export type RefusedEvent = { receiptId: string; position: number; code: IngestRejection };

/** Everything one transaction writes: events, receipts and the dictionary entries they need. */
export type PreparedBatch = {
  /** `agent`: browser, system, device class; `position`: its place in its body's events, from 0. */
  events: (PreparedEvent & { agent: readonly [string, string, string]; position: number })[];
  receipts: PreparedReceipt[];
  /** What is left out of `events`; counted in its receipt's `rejected`. */
  refused: RefusedEvent[];
  sources: (PreparedSource & { siteId: number; matcherVersion: number })[];
  pages: (PreparedPage & { siteId: number })[];
  agents: { siteId: number; browser: string; os: string; device: string }[];
};

/** Turns accepted bodies into one batch. A body that came twice in it counts once. */
export function prepareBatch(
  messages: readonly MessageLike[],
  sites: ReadonlyMap<number, IngestSite>,
): PreparedBatch {
  const entries = { sources: new Map(), pages: new Map(), agents: new Map() } as Entries;
  const events: PreparedBatch["events"] = [];
  const refused: RefusedEvent[] = [];
  const receipts = new Map<string, PreparedReceipt>();
  for (const message of messages) {
    const site = sites.get(message.siteId);
    const receiptKey = `${message.siteId}/${message.receiptId}`;
    if (!site || receipts.has(receiptKey)) continue;
    const rejected = { ...message.rejected };
    receipts.set(receiptKey, {
      siteId: message.siteId,
      receiptId: message.receiptId,
      receivedAtMs: message.receivedAt,
      received: message.received,
      rejected,
    });
    addEvents(message, site, { events, entries, rejected, refused });
  }
  return {
    events,
    receipts: [...receipts.values()],
    refused,
    sources: [...entries.sources.values()],
    pages: [...entries.pages.values()],
    agents: [...entries.agents.values()],
  };
}

type Entries = {
  sources: Map<string, PreparedBatch["sources"][number]>;
  pages: Map<string, PreparedBatch["pages"][number]>;
  agents: Map<string, PreparedBatch["agents"][number]>;
};
type Into = Pick<PreparedBatch, "events" | "refused"> & {
  entries: Entries;
  rejected: Record<string, number>;
};

function addEvents(
  message: MessageLike,
  site: IngestSite,
  { events, entries, rejected, refused }: Into,
): void {
  const { browser, os, device } = message.agent;
  entries.agents.set(JSON.stringify([site.siteId, browser, os, device]), {
    siteId: site.siteId,
    browser,
    os,
    device,
  });
  for (const [position, sent] of message.events.entries()) {
    const prepared = prepareEvent(sent, message, site);
    if (!prepared.ok) {
      rejected[prepared.error] = (rejected[prepared.error] ?? 0) + 1;
      refused.push({ receiptId: message.receiptId, position, code: prepared.error });
      continue;
    }
    const { event, tuple, page } = prepared.value;
    events.push({ ...event, agent: [browser, os, device], position });
    for (const source of sourcesOf(tuple, event.promoCode)) addSource(entries, site, source);
    if (page) entries.pages.set(`${site.siteId}/${page.key}`, { ...page, siteId: site.siteId });
  }
}

/** With a code go two more: the source without it, by which sessions are told apart, and the code alone, a touchpoint's. */
function sourcesOf(tuple: SourceTuple | null, usedCode: string | null): SourceTuple[] {
  const codes = [tuple?.promoCode ?? null, usedCode].filter((code) => code !== null);
  const alone = codes.map((promoCode) => ({ ...DIRECT_TUPLE, promoCode }));
  const plain = [tuple, ...alone].map((coded) => coded && plainTuple(coded));
  return [tuple, ...alone, ...plain].filter((source) => source !== null);
}

function addSource(entries: Entries, site: IngestSite, tuple: SourceTuple): void {
  const key = sourceKey(tuple);
  const id = `${site.siteId}/${key}`;
  if (entries.sources.has(id)) return;
  const plain = plainTuple(tuple);
  entries.sources.set(id, {
    key,
    plainKey: plain && sourceKey(plain),
    siteId: site.siteId,
    matcherVersion: site.matcherVersion,
    ...meaningOf(tuple, site),
  });
}

/** What a raw tuple means with the matchers of now: its campaign and its channel. */
export function meaningOf(tuple: SourceTuple, site: IngestSite): Omit<PreparedSource, "key" | "plainKey"> {
  const campaignId = matchCampaign(tuple, site.matchers);
  const campaignChannel = campaignId === null ? null : (site.campaignChannels.get(campaignId) ?? null);
  return { tuple, campaignId, channel: classifyChannel(tuple, campaignChannel) };
}
