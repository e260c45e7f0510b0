import { selectEdgeLinks, selectEdgeSites } from "#db/queries/sites/select-edge-entries.ts";
import type { EdgeEntry, EdgeKind } from "#platform/edge-config-writer.ts";
import type { Deps } from "#usecases/deps.ts";
import { edgeSiteOf } from "./edge-site.ts";

type ReconcileDeps = Pick<Deps, "databases" | "edgeConfig">;
type Named = { name: string; entry: EdgeEntry };

const AT_ONCE = 6;

/**
 * Makes the edge know exactly the sites and links that the databases hold: writes what is missing or different, removes
 * what is gone (decisions 12). KV is listed before Postgres is read: what is projected meanwhile is then never taken
 * for something that is gone. A database that does not answer fails the whole run: nothing is removed on a guess.
 */
export async function reconcileEdgeConfig(
  deps: ReconcileDeps,
): Promise<{ written: number; removed: number }> {
  const stored = { site: await deps.edgeConfig.stored("site"), link: await deps.edgeConfig.stored("link") };
  const wanted = { site: await allSites(deps), link: await allLinks(deps) };

  let written = 0;
  let removed = 0;
  for (const kind of ["site", "link"] as const) {
    const different = wanted[kind].filter(
      ({ name, entry }) => stored[kind].get(name) !== deps.edgeConfig.digest(entry.value),
    );
    const names = new Set(wanted[kind].map(({ name }) => name));
    const gone = [...stored[kind].keys()].filter((name) => !names.has(name));
    await inGroups(different, ({ entry }) => deps.edgeConfig.put(entry));
    await inGroups(gone, (name) => deps.edgeConfig.remove(kind satisfies EdgeKind, name));
    written += different.length;
    removed += gone.length;
  }
  return { written, removed };
}

async function allSites({ databases }: ReconcileDeps): Promise<Named[]> {
  const lists = await Promise.all(
    databases.names().map(async (database) => {
      const sites = await selectEdgeSites(databases.named(database));
      return sites.map((site) => ({
        name: site.siteKey,
        entry: { kind: "site", value: edgeSiteOf({ ...site, siteId: site.id }, database) } as const,
      }));
    }),
  );
  return lists.flat();
}

async function allLinks({ databases }: ReconcileDeps): Promise<Named[]> {
  const lists = await Promise.all(
    databases.names().map(async (database) => await selectEdgeLinks(databases.named(database))),
  );
  return lists.flat().map(({ siteId, siteKey, slug, destination }) => ({
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
