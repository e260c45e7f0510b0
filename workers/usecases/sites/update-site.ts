import type { Site, UpdateSiteRequest } from "#contract/sites.ts";
import { ok, type Result } from "#core/result.ts";
import { recordAudit } from "#db/queries/accounts/record-audit.ts";
import { selectSite } from "#db/queries/sites/select-sites.ts";
import { updateSite as writeSite, type SiteChanges } from "#db/queries/sites/write-site.ts";
import type { Principal } from "#usecases/accounts/principal.ts";
import { controlDatabase, type Deps } from "#usecases/deps.ts";
import { checkSettings, type SettingsRefusal } from "./check-settings.ts";
import { closeSite } from "#usecases/maintenance/close-site.ts";
import { edgeSiteOf, projectSite } from "./edge-site.ts";
import { rebuildNextPart } from "./rebuild-zones.ts";
import { showSite } from "./show-site.ts";
import type { SiteRef } from "./site-ref.ts";

export type UpdateSiteDeps = Pick<Deps, "databases" | "clock" | "edgeConfig" | "log" | "settings">;
export type UpdateSiteInput = { principal: Principal; site: SiteRef; request: UpdateSiteRequest };

/**
 * Writes the settings that are given and tells the edge. A new time zone has history cut and rolled up anew: its latest
 * days at once, the others by the cron; what is sealed stays as it is. A new currency is for what comes without one from
 * now on: money keeps the currency it came in.
 */
export async function updateSite(
  deps: UpdateSiteDeps,
  { principal, site, request }: UpdateSiteInput,
): Promise<Result<Site, SettingsRefusal>> {
  const db = deps.databases.named(site.database);
  const isZoneNew = request.timeZone !== undefined && request.timeZone !== site.timeZone;
  const checked = await checkSettings(db, {
    timeZone: isZoneNew ? request.timeZone : undefined,
    currency: request.currency,
  });
  if (!checked.ok) return checked;

  const changes = changesOf(request, isZoneNew);
  const changed = Object.keys(changes);
  const settle = isZoneNew ? settleInZone : writeSite;
  if (changed.length > 0) await settle(db, { ...site, now: deps.clock.now() }, changes);
  const record = await selectSite(db, site);
  if (record === null) throw new Error(`Site ${site.siteId} vanished while it was changed`);
  if (changed.length === 0) return ok(showSite(record, deps.settings));

  await projectSite(deps, edgeSiteOf(record, site.database));
  await recordAudit(controlDatabase(deps), {
    accountId: principal.accountId,
    userId: principal.kind === "user" ? principal.userId : null,
    apiKeyId: principal.kind === "key" ? principal.apiKeyId : null,
    at: deps.clock.now(),
    action: "site.update",
    subject: site.publicId,
    detail: { changed },
  });
  return ok(showSite(record, deps.settings));
}

/** What is stale behind a seal is rolled up by the old zone first: by the new one those are no hours. */
const settleInZone: typeof writeSite = async (db, site, changes) => {
  await closeSite(db, site.siteId);
  await writeSite(db, site, changes);
  await rebuildNextPart(db, site.siteId);
};

/** What was given; a zone that stays the same has nothing rolled up anew. */
function changesOf(request: UpdateSiteRequest, isZoneNew: boolean): SiteChanges {
  const given = Object.entries(request).filter(
    ([field, value]) => value !== undefined && (field !== "timeZone" || isZoneNew),
  );
  return Object.fromEntries(given) as SiteChanges;
}
