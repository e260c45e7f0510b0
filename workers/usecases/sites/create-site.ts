import type { CreateSiteRequest, Site } from "#contract/sites.ts";
import { ok, type Result } from "#core/result.ts";
import { noteNewSite, releaseSite, reserveSite } from "#db/queries/sites/reserve-site.ts";
import { insertSite, type SiteRow } from "#db/queries/sites/write-site.ts";
import type { Principal } from "#usecases/accounts/principal.ts";
import { controlDatabase, type Deps } from "#usecases/deps.ts";
import { checkSettings, type SettingsRefusal } from "./check-settings.ts";
import { edgeSiteOf, projectSite } from "./edge-site.ts";
import { rotateSalts } from "./rotate-salts.ts";
import { showSite } from "./show-site.ts";

export type CreateSiteDeps = Pick<Deps, "databases" | "clock" | "ids" | "edgeConfig" | "log" | "settings">;
export type CreateSiteInput = { principal: Principal; request: CreateSiteRequest };

const KEY_LENGTH = 20;

/**
 * Makes a site and tells the edge of it, so that its pixel works at once. Its int is allocated in control first; its
 * own row, perhaps in another database, is what makes it exist. If that fails the reservation is taken back, and
 * whoever asked may ask again.
 */
export async function createSite(
  deps: CreateSiteDeps,
  { principal, request }: CreateSiteInput,
): Promise<Result<Site, SettingsRefusal>> {
  const db = deps.databases.named(principal.database);
  const checked = await checkSettings(db, request);
  if (!checked.ok) return checked;

  const control = controlDatabase(deps);
  const site = newSite(deps, { principal, request });
  const { accountId, publicId, siteKey, createdAt } = site;
  const siteId = await reserveSite(control, { accountId, publicId, siteKey, createdAt });
  try {
    await insertSite(db, { ...site, id: siteId });
  } catch (error) {
    await releaseSite(control, siteId);
    throw error;
  }
  await noteNewSite(control, {
    accountId,
    userId: principal.kind === "user" ? principal.userId : null,
    apiKeyId: principal.kind === "key" ? principal.apiKeyId : null,
    at: createdAt,
    action: "site.create",
    subject: publicId,
    detail: { name: site.name, domain: site.domain },
  });

  await ensureSalts(deps);
  await projectSite(deps, edgeSiteOf({ ...site, siteId }, principal.database));
  return ok(showSite({ ...site, siteId, firstEventAt: null, lastEventAt: null }, deps.settings));
}

type MadeSite = Omit<
  SiteRow,
  | "id"
  | "firstEventAt"
  | "matcherVersion"
  | "spendVersion"
  | "sealedBefore"
  | "rawSince"
  | "rawDay"
  | "journeysSince"
>;

function newSite(deps: CreateSiteDeps, { principal, request }: CreateSiteInput): MadeSite {
  const createdAt = deps.clock.now();
  return {
    accountId: principal.accountId,
    publicId: deps.ids.publicId("site", createdAt),
    siteKey: `wms_${deps.ids.word(KEY_LENGTH)}`,
    name: request.name,
    domain: request.domain,
    origins: request.origins ?? [],
    ownDomains: request.ownDomains ?? [],
    timeZone: request.timeZone,
    currency: request.currency,
    identity: request.identity ?? "first-party",
    consentRequired: request.consentRequired ?? false,
    withoutConsent: request.withoutConsent ?? "cookieless",
    honourGpc: request.honourGpc ?? true,
    honourDnt: request.honourDnt ?? false,
    identifyKey: deps.ids.secretHex(32),
    silent: false,
    marginPercent: request.marginPercent ?? null,
    createdAt,
  };
}

/** A new installation has no salts until its first cron: the first site must not wait for it. */
async function ensureSalts(deps: CreateSiteDeps): Promise<void> {
  try {
    await rotateSalts(deps);
  } catch (error) {
    deps.log("warn", "salts_not_ensured", { error: error instanceof Error ? error.name : "unknown" });
  }
}
