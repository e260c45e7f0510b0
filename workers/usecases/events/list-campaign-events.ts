import type { EventRow } from "#contract/events.ts";
import { fail, ok, type Result } from "#core/result.ts";
import type { Principal } from "#usecases/accounts/principal.ts";
import type { CampaignNotFound } from "#usecases/campaigns/campaign-refusal.ts";
import { findCampaign } from "#usecases/campaigns/find-campaign.ts";
import type { Deps } from "#usecases/deps.ts";
import type { Page } from "#usecases/page.ts";
import { listEvents, type EventsFilter } from "./list-events.ts";

export type ListCampaignEventsInput = {
  principal: Principal;
  campaignId: string;
  query: EventsFilter;
  afterEventId: string | null;
};

/** A page of the events that came by a campaign: their own source or their session's is one of it. */
export async function listCampaignEvents(
  deps: Pick<Deps, "databases">,
  { principal, campaignId, query, afterEventId }: ListCampaignEventsInput,
): Promise<Result<Page<EventRow>, CampaignNotFound>> {
  const found = await findCampaign(deps, principal, campaignId);
  if (found === null) return fail({ kind: "campaign_not_found" });
  const { campaign, site } = found;
  return ok(await listEvents(deps, { site, campaignId: campaign.id, filter: query, afterEventId }));
}
