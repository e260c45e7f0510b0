import { sql } from "drizzle-orm";

import type { Database } from "#db/database.ts";

export type CampaignSite = {
  siteId: number;
  accountId: number;
  publicId: string;
  name: string;
  siteKey: string;
  domain: string;
  timeZone: string;
  currency: string;
  /** Some campaign that runs has a budget with a flight; some has a target CPA. */
  hasBudget: boolean;
  hasTarget: boolean;
};

export type CampaignSiteQuestion = {
  /** Only sites whose id leaves this remainder: all of them take turns. */
  share: { of: number; remainder: number };
  openSiteIds: readonly number[];
  limit: number;
};

/** Sites whose turn it is and that have a campaign which money can be judged of; those with an open alert come first. */
export async function listCampaignSites(
  db: Database,
  { share, openSiteIds, limit }: CampaignSiteQuestion,
): Promise<CampaignSite[]> {
  const isOpen = sql`s.id in (select o::int from jsonb_array_elements_text(${JSON.stringify(openSiteIds)}::jsonb) as o)`;
  const { rows } = await db.execute<CampaignSite>(sql`
    select s.id as "siteId", s.account_id as "accountId", s.public_id as "publicId", s.name, s.site_key as "siteKey",
      s.domain, s.time_zone as "timeZone", s.currency,
      bool_or(c.budget_minor > 0 and c.starts_on is not null and c.ends_on is not null) is true as "hasBudget",
      bool_or(c.target_cpa_minor > 0) is true as "hasTarget"
    from site.sites s
    left join site.campaigns c on c.site_id = s.id and c.status = 'active' and c.archived_at is null
    where s.id % ${share.of}::int = ${share.remainder}::int or ${isOpen}
    group by s.id
    having bool_or(c.budget_minor > 0 and c.starts_on is not null and c.ends_on is not null or c.target_cpa_minor > 0)
      or ${isOpen}
    order by ${isOpen} desc, s.id limit ${limit}`);
  return rows;
}
