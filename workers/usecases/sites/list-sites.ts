import type { Site } from "#contract/sites.ts";
import { selectSites } from "#db/queries/sites/select-sites.ts";
import type { Principal } from "#usecases/accounts/principal.ts";
import type { Deps } from "#usecases/deps.ts";
import { DEFAULT_PAGE_SIZE, pageOf, type Page } from "#usecases/page.ts";
import { showSite } from "./show-site.ts";

export type ListSitesInput = { principal: Principal; afterId: number | null; limit: number | undefined };

/** A page of the account's sites, in the order they were made. */
export async function listSites(
  deps: Pick<Deps, "databases" | "settings">,
  { principal, afterId, limit = DEFAULT_PAGE_SIZE }: ListSitesInput,
): Promise<Page<Site>> {
  const db = deps.databases.named(principal.database);
  const rows = await selectSites(db, { accountId: principal.accountId, afterId, limit: limit + 1 });
  const page = pageOf(rows, limit, ({ siteId }) => [siteId]);
  return { items: page.items.map((record) => showSite(record, deps.settings)), next: page.next };
}
