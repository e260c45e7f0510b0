import type { ImportAnswer } from "#contract/events.ts";
import type { IngestMessage } from "#contract/ingest-message.ts";
import { loadIdentifyKey } from "#db/queries/sites/load-identify-key.ts";
import type { Databases } from "#db/database.ts";
import type { Clock } from "#platform/clock.ts";
import type { Ids } from "#platform/ids.ts";
import { checkEvents, countByCode, ID_MESSAGE, type CheckedEvents } from "#usecases/collect/check-events.ts";
import type { CollectDeps } from "#usecases/collect/collect-deps.ts";
import type { SiteRef } from "#usecases/sites/site-ref.ts";
import { ingestEvents, type Refused, type SiteMemory } from "./ingest-events.ts";

export type ImportDeps = Pick<CollectDeps, "parseEvent" | "hash"> & {
  databases: Databases;
  clock: Clock;
  ids: Ids;
  sites: SiteMemory;
};

export type ImportInput = {
  site: Pick<SiteRef, "siteId" | "database" | "currency">;
  requestId: string;
  rawEvents: readonly unknown[];
};

const MESSAGE_VERSION = 1;
const SERVER_AGENT = { browser: "Server", os: "Server", device: "other" } as const;

/**
 * Stores a program's events at once, through the same ingest as collect's: when this answers, they are in Postgres.
 * `accepted` were new, `duplicate` were there already; with `rejected` the three add up to what was sent.
 */
export async function importEvents(
  deps: ImportDeps,
  { site, requestId, rawEvents }: ImportInput,
): Promise<ImportAnswer> {
  const db = deps.databases.named(site.database);
  const receivedAt = deps.clock.now().getTime();
  const needsKey = rawEvents.some((raw) => typeof raw === "object" && raw !== null && "customer" in raw);
  const identifyKey = needsKey ? await loadIdentifyKey(db, site.siteId) : "";
  const checked = await checkEvents(deps, {
    site: { siteId: site.siteId, identifyKey, currency: site.currency },
    receivedAtMs: receivedAt,
    rawEvents,
  });
  const message = importMessage(deps, { site, requestId, receivedAt, checked });
  const ingest = { db, clock: deps.clock, sites: deps.sites, namesRefused: true };
  const { receipts, refused } = await ingestEvents(ingest, [message]);
  const [receipt] = receipts;
  if (!receipt) throw new Error(`Cannot import for site ${site.siteId}: its receipt was not written`);
  const rejected = [...checked.rejected, ...refusedAt(indexesOf(rawEvents, checked), refused)];
  return {
    accepted: receipt.stored,
    duplicate: receipt.duplicate,
    rejected: rejected.toSorted((a, b) => a.index - b.index),
  };
}

/** Where the events that were not refused stand in the request, in their order. */
function indexesOf(rawEvents: readonly unknown[], { rejected }: Pick<CheckedEvents, "rejected">): number[] {
  const refused = new Set(rejected.map(({ index }) => index));
  return rawEvents.map((_, index) => index).filter((index) => !refused.has(index));
}

/** In words for whoever sent it; ingest knows no more than the code. */
const REFUSED_MESSAGES: Readonly<Record<Refused["code"], string>> = {
  invalid_id: ID_MESSAGE,
  invalid_value: "value: must be zero or more and at most 9007199254740991 minor units",
  not_allowed: "type: a refund is taken from API keys only",
  too_old: "at: lies before the days whose figures this site can still change",
  erased: "visitor: was erased, with all that happened before",
};

function refusedAt(indexes: readonly number[], refused: readonly Refused[]): ImportAnswer["rejected"] {
  return refused.map(({ position, code }) => ({
    index: indexes[position] ?? position,
    code,
    message: REFUSED_MESSAGES[code],
  }));
}

type Received = {
  site: ImportInput["site"];
  requestId: string;
  receivedAt: number;
  checked: CheckedEvents;
};

function importMessage(deps: ImportDeps, { site, requestId, receivedAt, checked }: Received): IngestMessage {
  return {
    v: MESSAGE_VERSION,
    receiptId: deps.ids.uuid7(new Date(receivedAt)),
    requestId,
    siteId: site.siteId,
    database: site.database,
    via: "api",
    receivedAt,
    sentAt: null,
    received: checked.events.length + checked.rejected.length,
    rejected: { ...countByCode(checked.rejected) },
    visitor: null,
    identity: "none",
    agent: SERVER_AGENT,
    country: null,
    bot: null,
    events: checked.events,
  };
}
