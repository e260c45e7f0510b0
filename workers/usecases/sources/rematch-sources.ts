import { meaningOf } from "#core/ingest/prepare-batch.ts";
import type { Databases } from "#db/database.ts";
import { loadIngestSites } from "#db/queries/ingest/load-ingest-sites.ts";
import { listStaleSources, rewriteSources } from "#db/queries/sources/rematch-sources.ts";

const SOURCES_A_CHUNK = 1_000;

/**
 * Matches a site's sources again after its matchers changed: history is re-attributed, nothing is lost by naming
 * things late (product.md §3). Chunk by chunk: broken off, it goes on where it stopped, since what is done carries the
 * new version. Answers how many sources were read.
 */
export async function rematchSources(
  deps: { databases: Databases },
  { database, siteId }: { database: string; siteId: number },
): Promise<{ sources: number }> {
  const db = deps.databases.named(database);
  let count = 0;
  for (;;) {
    const site = (await loadIngestSites(db, [siteId])).get(siteId);
    if (!site) return { sources: count };
    const stale = await listStaleSources(db, siteId, SOURCES_A_CHUNK);
    if (stale.length === 0) return { sources: count };
    const sources = stale.map(({ id, tuple }) => {
      const { channel, campaignId } = meaningOf(tuple, site);
      return { id, channel, campaignId };
    });
    await rewriteSources(db, { siteId, matcherVersion: site.matcherVersion, sources });
    count += stale.length;
  }
}
