import type { EdgeSite } from "#contract/edge-config.ts";
import type { Deps } from "#usecases/deps.ts";

/** What of a site the edge must know. Of one shape everywhere, so that equal sites have equal digests. */
export function edgeSiteOf(
  site: Omit<EdgeSite, "database" | "domain"> & { domain: string },
  database: string,
): EdgeSite {
  return {
    siteId: site.siteId,
    siteKey: site.siteKey,
    database,
    domain: site.domain,
    origins: site.origins,
    currency: site.currency,
    identity: site.identity,
    consentRequired: site.consentRequired,
    withoutConsent: site.withoutConsent,
    honourGpc: site.honourGpc,
    honourDnt: site.honourDnt,
    identifyKey: site.identifyKey,
    silent: site.silent,
  };
}

/** Tells the edge of a change that is committed. A failure is left to the cron that reconciles. */
export async function projectSite(deps: Pick<Deps, "edgeConfig" | "log">, site: EdgeSite): Promise<void> {
  try {
    await deps.edgeConfig.put({ kind: "site", value: site });
  } catch (error) {
    deps.log("warn", "site_not_projected", {
      siteId: site.siteId,
      error: error instanceof Error ? error.name : "unknown",
    });
  }
}
