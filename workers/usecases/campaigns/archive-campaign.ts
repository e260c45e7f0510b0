import { fail, ok, type Result } from "#core/result.ts";
import { updateCampaign } from "#db/queries/campaigns/write-campaign.ts";
import type { Principal } from "#usecases/accounts/principal.ts";
import type { Deps } from "#usecases/deps.ts";
import { rematchSources } from "./after-commit.ts";
import type { CampaignNotFound } from "./campaign-refusal.ts";
import { findCampaign } from "./find-campaign.ts";
import { noteChange } from "./note-change.ts";

/**
 * Takes a campaign out of the lists. It keeps its matchers, its links and its history, so every total stays what it
 * was; only its name is free again. A second time changes nothing.
 */
export async function archiveCampaign(
  deps: Pick<Deps, "databases" | "clock" | "workQueue" | "log">,
  { principal, campaignId }: { principal: Principal; campaignId: string },
): Promise<Result<null, CampaignNotFound>> {
  const found = await findCampaign(deps, principal, campaignId);
  if (found === null) return fail({ kind: "campaign_not_found" });
  const { campaign, site } = found;
  if (campaign.archivedAt !== null) return ok(null);

  const at = deps.clock.now();
  const db = deps.databases.named(site.database);
  await updateCampaign(db, { campaign, changes: { archivedAt: at }, at });
  await rematchSources(deps, site);
  await noteChange(deps, principal, { action: "campaign.archive", subject: campaign.publicId });
  return ok(null);
}
