import { and, eq, inArray } from "drizzle-orm";

import type { Database } from "#db/database.ts";
import { campaigns } from "#db/schema/site/campaigns.ts";
import { sites } from "#db/schema/site/sites.ts";
import { campaignColumns, type CampaignRecord } from "./campaign-record.ts";

/** What a use case needs to know of the site that a campaign belongs to. */
export type CampaignSite = {
  siteId: number;
  publicId: string;
  siteKey: string;
  name: string;
  domain: string;
  timeZone: string;
  currency: string;
};

export type CampaignOfAccount = { campaign: CampaignRecord; site: CampaignSite };

/** A campaign of any of the account's sites, archived or not; null when the account has none of that id. */
export async function findCampaign(
  db: Database,
  { accountId, publicId }: { accountId: number; publicId: string },
): Promise<CampaignOfAccount | null> {
  const rows = await db
    .select({
      campaign: campaignColumns,
      site: {
        siteId: sites.id,
        publicId: sites.publicId,
        siteKey: sites.siteKey,
        name: sites.name,
        domain: sites.domain,
        timeZone: sites.timeZone,
        currency: sites.currency,
      },
    })
    .from(campaigns)
    .innerJoin(sites, eq(sites.id, campaigns.siteId))
    .where(and(eq(sites.accountId, accountId), eq(campaigns.publicId, publicId)));
  return rows[0] ?? null;
}

export type CampaignName = { id: number; publicId: string; name: string; currency: string };

/** Names of a site's campaigns by public id, archived ones too. */
export async function findCampaignNames(
  db: Database,
  { siteId, publicIds }: { siteId: number; publicIds: readonly string[] },
): Promise<CampaignName[]> {
  return await db
    .select(nameColumns)
    .from(campaigns)
    .where(and(eq(campaigns.siteId, siteId), inArray(campaigns.publicId, [...publicIds])));
}

/** Names of all of a site's campaigns, archived ones too. */
export async function listCampaignNames(db: Database, siteId: number): Promise<CampaignName[]> {
  return await db.select(nameColumns).from(campaigns).where(eq(campaigns.siteId, siteId));
}

const nameColumns = {
  id: campaigns.id,
  publicId: campaigns.publicId,
  name: campaigns.name,
  currency: campaigns.currency,
};
