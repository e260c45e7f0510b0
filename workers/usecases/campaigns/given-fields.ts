import type { UpdateCampaignRequest } from "#contract/campaigns.ts";
import type { CampaignChanges } from "#db/queries/campaigns/write-campaign.ts";

/** The fields that were given, matchers aside; a line that was emptied is no line. */
export function givenFields(request: UpdateCampaignRequest): Omit<CampaignChanges, "matchers"> {
  const { matchers: _, ...fields } = request;
  return Object.fromEntries(
    Object.entries(fields)
      .filter(([, value]) => value !== undefined)
      .map(([name, value]) => [name, value === "" ? null : value]),
  );
}
