import type { Campaign, UpdateCampaignRequest } from "#contract/campaigns.ts";
import { endsBeforeItStarts } from "#core/campaigns/flight.ts";
import { mayChangeStatus, nextStatuses } from "#core/campaigns/status-transition.ts";
import { fail, ok, type Result } from "#core/result.ts";
import type { CampaignRecord } from "#db/queries/campaigns/campaign-record.ts";
import {
  changesMatching,
  updateCampaign as writeCampaign,
  type CampaignChanges,
} from "#db/queries/campaigns/write-campaign.ts";
import type { Principal } from "#usecases/accounts/principal.ts";
import type { Deps } from "#usecases/deps.ts";
import { rematchSources } from "./after-commit.ts";
import type { CampaignNotFound, CampaignRefusal, StatusConflict } from "./campaign-refusal.ts";
import { findCampaign } from "./find-campaign.ts";
import { givenFields } from "./given-fields.ts";
import { isKnownCurrency } from "./known-currency.ts";
import { noteChange } from "./note-change.ts";
import { prepareMatchers } from "./prepare-matchers.ts";
import { refusalOfConflict } from "./refusal-of-conflict.ts";
import { showCampaign } from "./show-campaign.ts";

export type UpdateCampaignDeps = Pick<Deps, "databases" | "clock" | "workQueue" | "log">;
export type UpdateCampaignInput = {
  principal: Principal;
  campaignId: string;
  request: UpdateCampaignRequest;
};
export type UpdateRefusal = CampaignRefusal | CampaignNotFound | StatusConflict;

/** Writes the fields that are given; null clears one that may be empty. All of it happens or nothing. */
export async function updateCampaign(
  deps: UpdateCampaignDeps,
  { principal, campaignId, request }: UpdateCampaignInput,
): Promise<Result<Campaign, UpdateRefusal>> {
  const found = await findCampaign(deps, principal, campaignId);
  if (found === null) return fail({ kind: "campaign_not_found" });
  const { campaign, site } = found;
  const checked = checkChanges(campaign, request);
  if (!checked.ok) return checked;
  const changes = checked.value;
  if (Object.keys(changes).length === 0) return ok(showCampaign(campaign));

  const db = deps.databases.named(site.database);
  const after: CampaignRecord = { ...campaign, ...changes, updatedAt: deps.clock.now() };
  try {
    await writeCampaign(db, { campaign, changes, at: after.updatedAt });
  } catch (error) {
    return fail(await refusalOfConflict(db, { ...after, campaignId: campaign.id }, error));
  }

  if (changesMatching(changes)) await rematchSources(deps, site);
  await noteChange(deps, principal, {
    action: "campaign.update",
    subject: campaign.publicId,
    detail: { changed: Object.keys(changes), ...(changes.status && { status: changes.status }) },
  });
  return ok(showCampaign(after));
}

function checkChanges(
  campaign: CampaignRecord,
  request: UpdateCampaignRequest,
): Result<CampaignChanges, CampaignRefusal | StatusConflict> {
  const { currency } = request;
  if (currency !== undefined && !isKnownCurrency(currency)) {
    return fail({ kind: "invalid_currency", currency });
  }
  const changes: CampaignChanges = givenFields(request);
  if (request.matchers !== undefined) {
    const prepared = prepareMatchers(request.matchers);
    if (!prepared.ok) return prepared;
    changes.matchers = prepared.value;
  }
  const flight = { startsOn: campaign.startsOn, endsOn: campaign.endsOn, ...changes };
  if (endsBeforeItStarts(flight)) {
    return fail({ kind: "invalid_flight", startsOn: flight.startsOn, endsOn: flight.endsOn });
  }
  const { status: from } = campaign;
  const to = changes.status ?? from;
  return mayChangeStatus(from, to)
    ? ok(changes)
    : fail({ kind: "status_conflict", from, to, possible: nextStatuses(from) });
}
