import { and, desc, eq, ilike, isNull, lt } from "drizzle-orm";

import type { CampaignStatus } from "#core/campaigns/status-transition.ts";
import type { Database } from "#db/database.ts";
import { campaigns } from "#db/schema/site/campaigns.ts";
import { sites } from "#db/schema/site/sites.ts";
import { campaignColumns, type CampaignRecord } from "./campaign-record.ts";

export type CampaignFilter = {
  siteId: number;
  status: CampaignStatus | null;
  /** Part of the name, any case; null for all. */
  search: string | null;
  /** Id of the last campaign of the page before; null for the first page. */
  afterId: number | null;
  limit: number;
};

/** A site's campaigns that are not archived, newest first. */
export async function listCampaigns(db: Database, filter: CampaignFilter): Promise<CampaignRecord[]> {
  return await db
    .select(campaignColumns)
    .from(campaigns)
    .innerJoin(sites, eq(sites.id, campaigns.siteId))
    .where(
      and(
        eq(campaigns.siteId, filter.siteId),
        isNull(campaigns.archivedAt),
        filter.status === null ? undefined : eq(campaigns.status, filter.status),
        filter.search === null ? undefined : ilike(campaigns.name, `%${escapeLike(filter.search)}%`),
        filter.afterId === null ? undefined : lt(campaigns.id, filter.afterId),
      ),
    )
    .orderBy(desc(campaigns.id))
    .limit(filter.limit);
}

/** A search for "50%" means the characters, not a pattern. */
function escapeLike(text: string): string {
  return text.replaceAll(/[\\%_]/g, String.raw`\$&`);
}
