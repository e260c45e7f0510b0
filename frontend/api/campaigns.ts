import type {
  Campaign,
  CreateCampaignRequest,
  PutSpendRequest,
  SpendRow,
  UpdateCampaignRequest,
} from "#contract/campaigns.ts";
import type { CreateLinkRequest, Link } from "#contract/links.ts";
import { call, invalidate } from "./client.ts";
import { paths } from "./paths.ts";

export async function createCampaign(siteId: string, body: CreateCampaignRequest): Promise<Campaign> {
  const campaign = await call<Campaign>({ method: "POST", path: paths.campaigns(siteId), body });
  invalidate(paths.site(siteId));
  return campaign;
}

export async function updateCampaign(campaign: Campaign, body: UpdateCampaignRequest): Promise<Campaign> {
  const changed = await call<Campaign>({ method: "PATCH", path: paths.campaign(campaign.id), body });
  invalidate(paths.campaign(campaign.id), paths.site(campaign.siteId));
  return changed;
}

export async function archiveCampaign(campaign: Campaign): Promise<void> {
  await call<void>({ method: "DELETE", path: paths.campaign(campaign.id) });
  invalidate(paths.site(campaign.siteId));
}

/** Sets the spend of days; a day and source that is there already is replaced. */
export async function putSpend(campaign: Campaign, body: PutSpendRequest): Promise<void> {
  await call<unknown>({ method: "PUT", path: paths.spend(campaign.id), body });
  invalidate(paths.campaign(campaign.id), paths.site(campaign.siteId));
}

export async function deleteSpend(campaign: Campaign, row: SpendRow): Promise<void> {
  const source = encodeURIComponent(row.source);
  await call<void>({ method: "DELETE", path: `${paths.spend(campaign.id)}/${row.day}?source=${source}` });
  invalidate(paths.campaign(campaign.id), paths.site(campaign.siteId));
}

export async function createLink(siteId: string, body: CreateLinkRequest): Promise<Link> {
  const link = await call<Link>({ method: "POST", path: paths.links(siteId), body });
  invalidate(paths.links(siteId));
  return link;
}

export async function deleteLink(siteId: string, link: Link): Promise<void> {
  await call<void>({ method: "DELETE", path: `/links/${link.id}` });
  invalidate(paths.links(siteId));
}
