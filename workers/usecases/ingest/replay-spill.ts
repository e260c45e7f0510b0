import type { IngestMessage } from "#contract/ingest-message.ts";
import type { ReadBodies } from "#contract/queue-message.ts";
import type { Databases } from "#db/database.ts";
import type { Clock } from "#platform/clock.ts";
import { eachApart } from "#usecases/each-apart.ts";
import { ingestAtHome, type SitesByDatabase } from "./ingest-at-home.ts";
import { UNKNOWN_SITE } from "./ingest-events.ts";

export type SpillDeps = {
  databases: Databases;
  clock: Clock;
  sites: SitesByDatabase;
  spilled: {
    /** Keys in their order, those after `after` if that is given. */
    list(limit: number, after?: string): Promise<string[]>;
    read(key: string): Promise<ReadBodies>;
    remove(key: string): Promise<void>;
    /** Moves an object out of the list as it is; one that is gone meanwhile is dealt with. */
    setAside(key: string): Promise<void>;
    /** Keeps one body where a person may look at it. */
    keepUnreadable(name: string, body: unknown): Promise<void>;
  };
};

const OBJECTS_A_PAGE = 200;
/** Objects that cannot be stored now stay at the head of the list: the run looks past them, within bounds. */
const PAGES_A_RUN = 5;

/**
 * Ingests what collect put into storage while its queue refused. An object goes only after all its bodies are in
 * Postgres; a run that is broken off repeats bodies, which their receipts make harmless. What cannot be read, or belongs
 * to no site, is set aside for a person, body by body. What cannot be stored now stays, holds up no other, and is
 * thrown at the end.
 */
export async function replaySpill(deps: SpillDeps): Promise<{ replayed: number; unreadable: number }> {
  const counts = { replayed: 0, unreadable: 0 };
  await eachApart(await keysOfRun(deps), async (key) => {
    const object = await deps.spilled.read(key);
    const strays = [...object.unreadable, ...(await ingestBodies(deps, object.bodies))];
    counts.unreadable += object.unreadable.length;
    counts.replayed += object.bodies.length - (strays.length - object.unreadable.length);
    const isWhole = strays.length === object.bodies.length + object.unreadable.length;
    await putAway(deps, key, { strays, isWhole });
  });
  return counts;
}

async function keysOfRun({ spilled }: SpillDeps): Promise<string[]> {
  const keys: string[] = [];
  for (let page = 0; page < PAGES_A_RUN; page += 1) {
    // oxlint-disable-next-line no-await-in-loop -- a page begins where the one before it ended
    const found = await spilled.list(OBJECTS_A_PAGE, keys.at(-1));
    keys.push(...found);
    if (found.length < OBJECTS_A_PAGE) break;
  }
  return keys;
}

/** Stores the bodies, database by database, and gives back those that belong to no site. */
async function ingestBodies(deps: SpillDeps, bodies: readonly IngestMessage[]): Promise<IngestMessage[]> {
  const strays: IngestMessage[] = [];
  await eachApart(new Set(bodies.map(({ database }) => database)), async (name) => {
    const group = bodies.filter(({ database }) => database === name);
    const { deadLetters } = await ingestAtHome(deps, name, group);
    const unknown = new Set(
      deadLetters.filter(({ reason }) => reason === UNKNOWN_SITE).map(({ receiptId }) => receiptId),
    );
    strays.push(...group.filter(({ receiptId }) => unknown.has(receiptId)));
  });
  return strays;
}

type Rest = { strays: readonly unknown[]; isWhole: boolean };

async function putAway({ spilled }: SpillDeps, key: string, { strays, isWhole }: Rest): Promise<void> {
  if (isWhole) {
    await spilled.setAside(key);
    return;
  }
  const name = key.replace(/^spill\//, "").replace(/\.json$/, "");
  await Promise.all(strays.map((body, index) => spilled.keepUnreadable(`${name}-${index}`, body)));
  await spilled.remove(key);
}
