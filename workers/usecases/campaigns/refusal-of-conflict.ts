import type { Matcher } from "#contract/campaigns.ts";
import type { Database } from "#db/database.ts";
import { pgConstraint } from "#db/pg-error.ts";
import { findMatcherOwners } from "#db/queries/campaigns/find-matcher-owners.ts";
import type { CampaignRefusal } from "./campaign-refusal.ts";

export type AttemptedWrite = {
  siteId: number;
  /** Null while the campaign is new. */
  campaignId: number | null;
  name: string;
  matchers: readonly Matcher[];
  startsOn: string | null;
  endsOn: string | null;
};

/**
 * What a failed write of a campaign means to whoever asked: the unique keys decide, so that two who take the same name
 * at the same moment cannot both have it. Throws the error again when it is no conflict.
 */
export async function refusalOfConflict(
  db: Database,
  attempted: AttemptedWrite,
  error: unknown,
): Promise<CampaignRefusal> {
  const constraint = pgConstraint(error);
  if (constraint === "campaigns_site_name_key") return { kind: "name_taken", name: attempted.name };
  if (constraint === "campaign_matchers_value_key") return await takenMatcher(db, attempted, error);
  if (constraint !== "campaigns_flight_check") throw error;
  return { kind: "invalid_flight", startsOn: attempted.startsOn ?? "", endsOn: attempted.endsOn ?? "" };
}

async function takenMatcher(
  db: Database,
  attempted: AttemptedWrite,
  error: unknown,
): Promise<CampaignRefusal> {
  const owners = await findMatcherOwners(db, attempted);
  const owner = owners.find(({ campaignId }) => campaignId !== attempted.campaignId);
  // Whoever held it let go of it since: the same request would pass now.
  if (!owner) throw error;
  const index = attempted.matchers.findIndex(
    ({ kind, value }) => kind === owner.kind && value === owner.value,
  );
  return {
    kind: "matcher_taken",
    path: `matchers.${index}.value`,
    matcher: { kind: owner.kind, value: owner.value },
    takenBy: { id: owner.campaignPublicId, name: owner.campaignName, isArchived: owner.isArchived },
  };
}
