import type { EventRow } from "#contract/events.ts";
import { fail, ok, type Result } from "#core/result.ts";
import { findCampaignNames } from "#db/queries/campaigns/find-campaign.ts";
import type { Deps } from "#usecases/deps.ts";
import type { Page } from "#usecases/page.ts";
import type { SiteRef } from "#usecases/sites/site-ref.ts";
import { listEvents, type EventsFilter } from "./list-events.ts";

export type ListSiteEventsInput = {
  site: SiteRef;
  /** `campaign`: public id; absent for all. */
  query: EventsFilter & { campaign?: string | undefined };
  afterEventId: string | null;
};
export type UnknownCampaign = { kind: "unknown_campaign"; campaignId: string };

/** A page of a site's event log, of all its campaigns or of one. */
export async function listSiteEvents(
  deps: Pick<Deps, "databases">,
  { site, query, afterEventId }: ListSiteEventsInput,
): Promise<Result<Page<EventRow>, UnknownCampaign>> {
  const { campaign, ...filter } = query;
  if (campaign === undefined) {
    return ok(await listEvents(deps, { site, campaignId: null, filter, afterEventId }));
  }
  const db = deps.databases.named(site.database);
  const [found] = await findCampaignNames(db, { siteId: site.siteId, publicIds: [campaign] });
  if (!found) return fail({ kind: "unknown_campaign", campaignId: campaign });
  return ok(await listEvents(deps, { site, campaignId: found.id, filter, afterEventId }));
}
