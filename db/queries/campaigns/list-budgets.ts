import { and, asc, eq, isNotNull, isNull } from "drizzle-orm";

import type { Database } from "#db/database.ts";
import { campaigns } from "#db/schema/site/campaigns.ts";

/** Budget and flight of every campaign of a site that has a budget and is not archived, by name. */
export async function listBudgets(db: Database, siteId: number) {
  return await db
    .select({
      id: campaigns.id,
      publicId: campaigns.publicId,
      name: campaigns.name,
      status: campaigns.status,
      startsOn: campaigns.startsOn,
      endsOn: campaigns.endsOn,
      budgetMinor: campaigns.budgetMinor,
      currency: campaigns.currency,
    })
    .from(campaigns)
    .where(and(eq(campaigns.siteId, siteId), isNotNull(campaigns.budgetMinor), isNull(campaigns.archivedAt)))
    .orderBy(asc(campaigns.name), asc(campaigns.id));
}

export type CampaignBudget = Awaited<ReturnType<typeof listBudgets>>[number];
