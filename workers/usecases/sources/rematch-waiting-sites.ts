import type { Databases } from "#db/database.ts";
import { listRematchSites } from "#db/queries/sources/list-rematch-sites.ts";
import { eachApart } from "#usecases/each-apart.ts";
import { rematchSources } from "./rematch-sources.ts";

/** Matches again every site whose sources wait for it: the net under the queue's message, which may be lost. */
export async function rematchWaitingSites(deps: { databases: Databases }): Promise<void> {
  await eachApart(deps.databases.names(), async (database) => {
    const siteIds = await listRematchSites(deps.databases.named(database));
    await eachApart(siteIds, async (siteId) => void (await rematchSources(deps, { database, siteId })));
  });
}
