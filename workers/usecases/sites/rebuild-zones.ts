import type { Database, Databases } from "#db/database.ts";
import {
  endZoneRebuild,
  listZoneRebuilds,
  nextZonePart,
  rebuildZonePart,
} from "#db/queries/sites/rebuild-zone.ts";
import { eachApart } from "#usecases/each-apart.ts";

/** Days cut anew in one transaction. */
const DAYS_A_PART = 7;
/** Parts a run: about as many hours as one run of the roller takes, so that the hour of now does not wait long. */
const PARTS_A_RUN = 8;

/**
 * Goes on with every site whose zone has changed, newest days first: part by part, so that a site of any size holds
 * nobody up, and one that is broken off goes on where it stopped.
 */
export async function rebuildZones(deps: { databases: Databases }): Promise<void> {
  await eachApart(deps.databases.names(), async (name) => {
    const db = deps.databases.named(name);
    await eachApart(await listZoneRebuilds(db), async (siteId) => {
      for (let done = 0; done < PARTS_A_RUN; done += 1) {
        // oxlint-disable-next-line no-await-in-loop -- each part begins where the one before ended
        if (!(await rebuildNextPart(db, siteId))) return;
      }
    });
  });
}

/** Cuts the latest part that is left anew; false when there was none, which ends the rebuild. */
export async function rebuildNextPart(db: Database, siteId: number): Promise<boolean> {
  const part = await nextZonePart(db, siteId, DAYS_A_PART);
  if (part === null) {
    await endZoneRebuild(db, siteId);
    return false;
  }
  await rebuildZonePart(db, part);
  return true;
}
