import { prepareBatch, type RefusedEvent } from "#core/ingest/prepare-batch.ts";
import type { IngestSite } from "#core/ingest/ingest-site.ts";
import type { IngestMessage } from "#contract/ingest-message.ts";
import type { Database } from "#db/database.ts";
import { pgCode } from "#db/pg-error.ts";
import { loadIngestSites } from "#db/queries/ingest/load-ingest-sites.ts";
import { writeBatch, type ErasedEvent, type ReceiptCounts } from "#db/queries/ingest/write-batch.ts";
import type { Clock } from "#platform/clock.ts";
import { againWhenRolledBack } from "#usecases/again-when-rolled-back.ts";
import { buryMessage } from "./bury-message.ts";

export type IngestDeps = {
  db: Database;
  clock: Clock;
  /** The isolate's memory of sites; see `rememberedSites`. */
  sites: SiteMemory;
  /** Whether to say which events were refused: for a sender that waits. The queue's have gone. */
  namesRefused?: boolean;
};

export type SiteMemory = Map<number, { site: IngestSite; loadedAtMs: number }>;

export type IngestOutcome = {
  /** Receipts written now; a body that had been ingested before has none. */
  receipts: ReceiptCounts[];
  /** The events that the receipts count as rejected, collect's own aside; empty unless `namesRefused`. */
  refused: Refused[];
  /** Bodies that no retry can store, kept as dead letters with the reason. */
  deadLetters: { receiptId: string; reason: string }[];
};

/** An event that was not kept, by its place in its body's events, from 0. */
export type Refused = Omit<RefusedEvent, "code"> & { code: RefusedEvent["code"] | "erased" };

/** The reason of a body whose site is not in this database: it has no ledger there, so the caller must keep the body. */
export const UNKNOWN_SITE = "unknown_site";

const NOTHING: IngestOutcome = { receipts: [], refused: [], deadLetters: [] };
const SITE_MEMORY_MS = 30_000;
/** Data exception and integrity violation: the statement will fail again however often it is sent. */
const DATA_ERROR = /^(22|23)/;

/**
 * Stores bodies of one database: all of them in one transaction. When Postgres refuses the data the batch is halved
 * until the body at fault stands alone; that one becomes a dead letter and the others are stored (decisions 8).
 * Throws when Postgres cannot be reached: the caller retries, and a second time is harmless.
 */
export async function ingestEvents(
  deps: IngestDeps,
  messages: readonly IngestMessage[],
): Promise<IngestOutcome> {
  const sites = await rememberedSites(deps, messages);
  const known = messages.filter((message) => sites.has(message.siteId));
  const unknown = messages.filter((message) => !sites.has(message.siteId));
  const outcome = await storeOrBisect(deps, known, sites);
  // Deleted, or moved to another database, between collect and here: no ledger of this one can count its events.
  return {
    ...outcome,
    deadLetters: [
      ...outcome.deadLetters,
      ...unknown.map(({ receiptId }) => ({ receiptId, reason: UNKNOWN_SITE })),
    ],
  };
}

async function rememberedSites(
  deps: IngestDeps,
  messages: readonly IngestMessage[],
): Promise<ReadonlyMap<number, IngestSite>> {
  const nowMs = deps.clock.now().getTime();
  const wanted = [...new Set(messages.map(({ siteId }) => siteId))];
  const missing = wanted.filter(
    (id) => nowMs - (deps.sites.get(id)?.loadedAtMs ?? -Infinity) > SITE_MEMORY_MS,
  );
  if (missing.length > 0) {
    const loaded = await loadIngestSites(deps.db, missing);
    for (const id of missing) deps.sites.delete(id);
    for (const [id, site] of loaded) deps.sites.set(id, { site, loadedAtMs: nowMs });
  }
  return new Map(
    wanted.flatMap((id) => {
      const site = deps.sites.get(id)?.site;
      return site ? [[id, site] as const] : [];
    }),
  );
}

async function storeOrBisect(
  deps: IngestDeps,
  messages: readonly IngestMessage[],
  sites: ReadonlyMap<number, IngestSite>,
): Promise<IngestOutcome> {
  if (messages.length === 0) return NOTHING;
  try {
    const batch = prepareBatch(messages, sites);
    const namesErased = deps.namesRefused ?? false;
    const { receipts, erased } = await againWhenRolledBack(
      async () => await writeBatch(deps.db, batch, { namesErased }),
    );
    const refused = namesErased ? [...batch.refused, ...erased.map(asErased)] : [];
    return { receipts, refused, deadLetters: [] };
  } catch (error) {
    const code = pgCode(error);
    if (code === null || !DATA_ERROR.test(code)) throw error;
    const [only] = messages;
    if (messages.length === 1 && only) {
      const reason = `sqlstate_${code}`;
      await buryMessage(deps, only, reason);
      return { ...NOTHING, deadLetters: [{ receiptId: only.receiptId, reason }] };
    }
    const middle = Math.ceil(messages.length / 2);
    const first = await storeOrBisect(deps, messages.slice(0, middle), sites);
    const second = await storeOrBisect(deps, messages.slice(middle), sites);
    return {
      receipts: [...first.receipts, ...second.receipts],
      refused: [...first.refused, ...second.refused],
      deadLetters: [...first.deadLetters, ...second.deadLetters],
    };
  }
}

function asErased(event: ErasedEvent): Refused {
  return { ...event, code: "erased" };
}
