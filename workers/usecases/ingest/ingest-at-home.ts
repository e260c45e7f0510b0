import type { IngestMessage } from "#contract/ingest-message.ts";
import type { Databases } from "#db/database.ts";
import { selectSiteHomes } from "#db/queries/sites/select-site-homes.ts";
import type { Clock } from "#platform/clock.ts";
import { ingestEvents, UNKNOWN_SITE, type IngestOutcome, type SiteMemory } from "./ingest-events.ts";

export type HomeDeps = {
  databases: Databases;
  clock: Clock;
  sites: SitesByDatabase;
};

/** Nobody waits behind the queue to be told which events were refused. */
export type HomeOutcome = Omit<IngestOutcome, "refused">;

/** The isolate's memory, by database: a site that has moved is known in one and unknown in the other. */
export type SitesByDatabase = Map<string, SiteMemory>;

/**
 * Stores bodies in the database that collect knew to be their sites'. A body of a site that is not there follows it to
 * where its account lives now: it waited in a queue or in the spill while the account was moved. What is unknown there,
 * too, is left as `unknown_site`.
 */
export async function ingestAtHome(
  deps: HomeDeps,
  database: string,
  messages: readonly IngestMessage[],
): Promise<HomeOutcome> {
  const outcome = await ingestIn(deps, database, messages);
  const lost = new Set(
    outcome.deadLetters.filter(({ reason }) => reason === UNKNOWN_SITE).map(({ receiptId }) => receiptId),
  );
  if (lost.size === 0) return outcome;

  const strays = messages.filter(({ receiptId }) => lost.has(receiptId));
  const homes = await selectSiteHomes(deps.databases.named("main"), [
    ...new Set(strays.map(({ siteId }) => siteId)),
  ]);
  let whole: HomeOutcome = outcome;
  for (const home of new Set(homes.values())) {
    const moved = home === database ? [] : strays.filter(({ siteId }) => homes.get(siteId) === home);
    // oxlint-disable-next-line no-await-in-loop -- hardly ever more than one
    if (moved.length > 0) whole = joined(whole, moved, await ingestIn(deps, home, moved));
  }
  return whole;
}

async function ingestIn(
  { databases, clock, sites }: HomeDeps,
  name: string,
  messages: readonly IngestMessage[],
): Promise<IngestOutcome> {
  const known = sites.get(name) ?? new Map();
  sites.set(name, known);
  return await ingestEvents({ db: databases.named(name), clock, sites: known }, messages);
}

/** What became of the moved ones counts, not that they were unknown before. */
function joined(outcome: HomeOutcome, moved: readonly IngestMessage[], theirs: HomeOutcome): HomeOutcome {
  const found = new Set(moved.map(({ receiptId }) => receiptId));
  return {
    receipts: [...outcome.receipts, ...theirs.receipts],
    deadLetters: [
      ...outcome.deadLetters.filter(({ receiptId }) => !found.has(receiptId)),
      ...theirs.deadLetters,
    ],
  };
}
