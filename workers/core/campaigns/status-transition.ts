export type CampaignStatus = "draft" | "active" | "paused" | "completed";

/**
 * Completed leads back to active only: a flight is extended, or was closed by mistake. Nothing is missed meanwhile,
 * because a status never decides what is counted. Nothing leads back to draft: a campaign that ran has a history.
 */
const NEXT: Readonly<Record<CampaignStatus, readonly CampaignStatus[]>> = {
  draft: ["active"],
  active: ["paused", "completed"],
  paused: ["active", "completed"],
  completed: ["active"],
};

/** Whether a campaign may go from one status to another; staying where it is always may. */
export function mayChangeStatus(from: CampaignStatus, to: CampaignStatus): boolean {
  return from === to || NEXT[from].includes(to);
}

/** The statuses a campaign may go to from here, for a message that says what is possible. */
export function nextStatuses(from: CampaignStatus): readonly CampaignStatus[] {
  return NEXT[from];
}
