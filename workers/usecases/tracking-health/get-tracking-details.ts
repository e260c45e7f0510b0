import type { TrackingDetails } from "#contract/tracking.ts";
import { LOOKED_EVENTS, loadTrackingDetails } from "#db/queries/ledger/tracking-details.ts";
import type { Deps } from "#usecases/deps.ts";
import type { SiteRef } from "#usecases/sites/site-ref.ts";

/** Which pages of a site report, what its visitors are known by, and why events count as bots. */
export async function getTrackingDetails(
  deps: Pick<Deps, "databases" | "clock">,
  site: Pick<SiteRef, "siteId" | "database">,
): Promise<TrackingDetails> {
  const asOf = deps.clock.now().toISOString();
  const db = deps.databases.named(site.database);
  const row = await loadTrackingDetails(db, { siteId: site.siteId, nowIso: asOf });
  return {
    asOf,
    looked: { events: row.looked, since: row.since, isWhole: row.looked < LOOKED_EVENTS },
    pages: row.pages,
    morePages: row.pageCount - row.pages.length,
    identity: { firstParty: row.firstParty, cookieless: row.cookieless, none: row.none },
    bots: { looked: row.botsLooked, reasons: row.bots },
  };
}
