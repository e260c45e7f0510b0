import { sql } from "drizzle-orm";

import type { CampaignStatus } from "#core/campaigns/status-transition.ts";
import type { MatcherKind } from "#core/campaigns/normalise-matcher.ts";
import { campaigns } from "#db/schema/site/campaigns.ts";
import { sites } from "#db/schema/site/sites.ts";

export type MatcherRecord = { kind: MatcherKind; value: string };

/** A campaign as it is stored, with its matchers in the order in which they were added. */
export type CampaignRecord = {
  id: number;
  publicId: string;
  siteId: number;
  sitePublicId: string;
  name: string;
  channel: string;
  status: CampaignStatus;
  startsOn: string | null;
  endsOn: string | null;
  budgetMinor: number | null;
  currency: string;
  goal: string | null;
  targetCpaMinor: number | null;
  targetRoas: number | null;
  marginPercent: number | null;
  owner: string | null;
  notes: string | null;
  matchers: MatcherRecord[];
  createdAt: Date;
  updatedAt: Date;
  archivedAt: Date | null;
};

/** Columns of a `CampaignRecord`, for a select of `campaigns` joined with `sites`. */
export const campaignColumns = {
  id: campaigns.id,
  publicId: campaigns.publicId,
  siteId: campaigns.siteId,
  sitePublicId: sites.publicId,
  name: campaigns.name,
  channel: campaigns.channel,
  status: campaigns.status,
  startsOn: campaigns.startsOn,
  endsOn: campaigns.endsOn,
  budgetMinor: campaigns.budgetMinor,
  currency: campaigns.currency,
  goal: campaigns.goal,
  targetCpaMinor: campaigns.targetCpaMinor,
  targetRoas: campaigns.targetRoas,
  marginPercent: campaigns.marginPercent,
  owner: campaigns.owner,
  notes: campaigns.notes,
  matchers: sql<MatcherRecord[]>`coalesce((
    select json_agg(json_build_object('kind', m.kind, 'value', m.value) order by m.id)
    from site.campaign_matchers m where m.campaign_id = ${campaigns.id}), '[]')`,
  createdAt: campaigns.createdAt,
  updatedAt: campaigns.updatedAt,
  archivedAt: campaigns.archivedAt,
};
