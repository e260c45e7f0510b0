import type { Site } from "#contract/sites.ts";
import { selectSite } from "#db/queries/sites/select-sites.ts";
import type { Deps } from "#usecases/deps.ts";
import { showSite } from "./show-site.ts";
import type { SiteRef } from "./site-ref.ts";

/** One site, with its snippet and the times of its first and latest event. Throws when it vanished since it was resolved. */
export async function getSite(deps: Pick<Deps, "databases" | "settings">, site: SiteRef): Promise<Site> {
  const record = await selectSite(deps.databases.named(site.database), site);
  if (record === null) throw new Error(`Site ${site.siteId} vanished while it was read`);
  return showSite(record, deps.settings);
}
