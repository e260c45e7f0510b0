import type { Databases } from "#db/database.ts";
import { listRematchSites } from "#db/queries/sources/list-rematch-sites.ts";
import { rematchSources } from "./rematch-sources.ts";

/** Matches again every site whose sources wait for it: the net under the queue's message, which may be lost. */
export async function rematchWaitingSites(deps: { databases: Databases }): Promise<void> {
  for (const database of deps.databases.names()) {
    for (const siteId of await listRematchSites(deps.databases.named(database))) {
      await rematchSources(deps, { database, siteId });
    }
  }
}
