import type { Campaign } from "#contract/campaigns.ts";
import type { CampaignRecord } from "#db/queries/campaigns/campaign-record.ts";

/** A stored campaign as the API shows it. */
export function showCampaign(record: CampaignRecord): Campaign {
  const { currency } = record;
  const money = (minor: number | null) => (minor === null ? null : { minor, currency });
  return {
    id: record.publicId,
    siteId: record.sitePublicId,
    name: record.name,
    channel: record.channel,
    status: record.status,
    startsOn: record.startsOn,
    endsOn: record.endsOn,
    budget: money(record.budgetMinor),
    currency,
    goal: record.goal,
    targetCpa: money(record.targetCpaMinor),
    targetRoas: record.targetRoas,
    marginPercent: record.marginPercent,
    owner: record.owner,
    notes: record.notes,
    matchers: record.matchers,
    createdAt: record.createdAt.toISOString(),
    updatedAt: record.updatedAt.toISOString(),
    archivedAt: record.archivedAt?.toISOString() ?? null,
  };
}
