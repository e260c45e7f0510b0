import type { Database } from "#db/database.ts";
import { selectEdgeLinks, selectEdgeSites } from "#db/queries/sites/select-edge-entries.ts";
import type { EdgeEntry, EdgeKind } from "#platform/edge-config-writer.ts";
import type { Deps } from "#usecases/deps.ts";
import { eachApart } from "#usecases/each-apart.ts";
import { edgeSiteOf } from "./edge-site.ts";

type ReconcileDeps = Pick<Deps, "databases" | "edgeConfig">;
type Named = { name: string; entry: EdgeEntry };

const AT_ONCE = 6;

/**
 * Makes the edge know exactly the sites and links that the databases hold: writes what is missing or different, removes
 * what is gone (decisions 12). KV is listed before Postgres is read: what is projected meanwhile is then never taken
 * for something that is gone. While a database does not answer, the others' entries are written and nothing at all is
 * removed: that would be a guess. The run then counts as failed.
 */
export async function reconcileEdgeConfig(
  deps: ReconcileDeps,
): Promise<{ written: number; removed: number }> {
  const stored = { site: await deps.edgeConfig.stored("site"), link: await deps.edgeConfig.stored("link") };
  const { wanted, failure } = await readAll(deps);

  let written = 0;
  let removed = 0;
  for (const kind of ["site", "link"] as const) {
    const different = wanted[kind].filter(
      ({ name, entry }) => stored[kind].get(name) !== deps.edgeConfig.digest(entry.value),
    );
    const names = new Set(wanted[kind].map(({ name }) => name));
    const gone = failure === null ? [...stored[kind].keys()].filter((name) => !names.has(name)) : [];
    await inGroups(different, ({ entry }) => deps.edgeConfig.put(entry));
    await inGroups(gone, (name) => deps.edgeConfig.remove(kind satisfies EdgeKind, name));
    written += different.length;
    removed += gone.length;
  }
  if (failure !== null) throw failure.error;
  return { written, removed };
}

type Wanted = { site: Named[]; link: Named[] };

/** What every database that answers wants the edge to know, and the first failure of one that does not. */
async function readAll({
  databases,
}: ReconcileDeps): Promise<{ wanted: Wanted; failure: { error: unknown } | null }> {
  const wanted: Wanted = { site: [], link: [] };
  try {
    await eachApart(databases.names(), async (database) => {
      const db = databases.named(database);
      const found = [await sitesOf(db, database), await linksOf(db)] as const;
      wanted.site.push(...found[0]);
      wanted.link.push(...found[1]);
    });
    return { wanted, failure: null };
  } catch (error) {
    return { wanted, failure: { error } };
  }
}

async function sitesOf(db: Database, database: string): Promise<Named[]> {
  const sites = await selectEdgeSites(db);
  return sites.map((site) => ({
    name: site.siteKey,
    entry: { kind: "site", value: edgeSiteOf({ ...site, siteId: site.id }, database) } as const,
  }));
}

async function linksOf(db: Database): Promise<Named[]> {
  const links = await selectEdgeLinks(db);
  return links.map(({ siteId, siteKey, slug, destination }) => ({
    name: slug,
    entry: { kind: "link", value: { siteId, siteKey, slug, destination } } as const,
  }));
}

/** A Worker has six connections at a time. */
async function inGroups<T>(all: readonly T[], work: (one: T) => Promise<void>): Promise<void> {
  for (let at = 0; at < all.length; at += AT_ONCE) {
    await Promise.all(all.slice(at, at + AT_ONCE).map((one) => work(one)));
  }
}
