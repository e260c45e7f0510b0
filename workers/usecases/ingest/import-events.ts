import type { ImportAnswer } from "#contract/events.ts";
import type { IngestMessage, MessageEvent } from "#contract/ingest-message.ts";
import { hasValidAmount } from "#core/ingest/prepare-event.ts";
import { loadIdentifyKey } from "#db/queries/sites/load-identify-key.ts";
import type { Databases } from "#db/database.ts";
import type { Clock } from "#platform/clock.ts";
import type { Ids } from "#platform/ids.ts";
import { checkEvents, countByCode, type CheckedEvents } from "#usecases/collect/check-events.ts";
import type { CollectDeps } from "#usecases/collect/collect-deps.ts";
import type { SiteRef } from "#usecases/sites/site-ref.ts";
import { ingestEvents, type SiteMemory } from "./ingest-events.ts";

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
  const checked = refuseAmounts(
    await checkEvents(deps, {
      site: { siteId: site.siteId, identifyKey },
      receivedAtMs: receivedAt,
      rawEvents,
    }),
    { rawEvents, currency: site.currency },
  );
  const message = importMessage(deps, { site, requestId, receivedAt, checked });
  const { receipts } = await ingestEvents({ db, clock: deps.clock, sites: deps.sites }, [message]);
  const [receipt] = receipts;
  if (!receipt) throw new Error(`Cannot import for site ${site.siteId}: its receipt was not written`);
  return { accepted: receipt.stored, duplicate: receipt.duplicate, rejected: checked.rejected };
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

const AMOUNT_MESSAGE = "value: must be zero or more and at most 9007199254740991 minor units";

/** Says here, with its index, what ingest would only count: an amount that no whole minor units can hold. */
function refuseAmounts(
  checked: CheckedEvents,
  { rawEvents, currency }: { rawEvents: readonly unknown[]; currency: string },
): CheckedEvents {
  const refused = new Set(checked.rejected.map(({ index }) => index));
  const indexes = rawEvents.map((_, index) => index).filter((index) => !refused.has(index));
  const events: MessageEvent[] = [];
  const rejected = [...checked.rejected];
  for (const [position, event] of checked.events.entries()) {
    if (hasValidAmount(event, currency)) events.push(event);
    else
      rejected.push({ index: indexes[position] ?? position, code: "invalid_value", message: AMOUNT_MESSAGE });
  }
  return { events, rejected: rejected.toSorted((a, b) => a.index - b.index) };
}
