import type { CampaignStatus, Matcher } from "#contract/campaigns.ts";
import type { MatcherRefusal } from "#core/campaigns/normalise-matcher.ts";

/** Why a campaign cannot be written as asked; nothing of it was. */
export type CampaignRefusal =
  | { kind: "name_taken"; name: string }
  | { kind: "invalid_matcher"; path: string; matcher: Matcher; reason: MatcherRefusal }
  | {
      kind: "matcher_taken";
      path: string;
      matcher: Matcher;
      takenBy: { id: string; name: string; isArchived: boolean };
    }
  | { kind: "invalid_currency"; currency: string }
  | { kind: "invalid_flight"; startsOn: string; endsOn: string };

export type CampaignNotFound = { kind: "campaign_not_found" };

export type StatusConflict = {
  kind: "status_conflict";
  from: CampaignStatus;
  to: CampaignStatus;
  possible: readonly CampaignStatus[];
};
