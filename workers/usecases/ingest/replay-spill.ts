import type { IngestMessage } from "#contract/ingest-message.ts";
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
    list(limit: number): Promise<string[]>;
    /** The body, or null for an object that is no message of ours. */
    read(key: string): Promise<IngestMessage | null>;
    remove(key: string): Promise<void>;
    /** Moves an object out of the list as it is. */
    setAside(key: string): Promise<void>;
  };
};

const OBJECTS_A_RUN = 200;

/**
 * Ingests what collect put into storage while its queue refused. An object goes only after its body is in Postgres; a
 * run that is broken off repeats bodies, which their receipts make harmless. What cannot be read, or belongs to
 * no site, is set aside for a person; what cannot be stored stays, holds up no other, and is thrown at the end.
 */
export async function replaySpill(deps: SpillDeps): Promise<{ replayed: number; unreadable: number }> {
  let replayed = 0;
  let unreadable = 0;
  await eachApart(await deps.spilled.list(OBJECTS_A_RUN), async (key) => {
    const message = await deps.spilled.read(key);
    if (message === null) {
      await deps.spilled.setAside(key);
      unreadable += 1;
      return;
    }
    const { deadLetters } = await ingestAtHome(deps, message.database, [message]);
    if (deadLetters.some(({ reason }) => reason === UNKNOWN_SITE)) {
      await deps.spilled.setAside(key);
      return;
    }
    await deps.spilled.remove(key);
    replayed += 1;
  });
  return { replayed, unreadable };
}
