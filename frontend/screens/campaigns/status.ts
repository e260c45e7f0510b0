import type { CampaignStatus } from "#contract/campaigns.ts";
import { formatDay, formatDayRange } from "#frontend/format/date.ts";
import type { BadgeTone } from "#frontend/parts/badge-tone.ts";

export const STATUS_LABELS: Readonly<Record<CampaignStatus, string>> = {
  draft: "Draft",
  active: "Active",
  paused: "Paused",
  completed: "Completed",
};

export const STATUS_TONES: Readonly<Record<CampaignStatus, BadgeTone>> = {
  draft: "neutral",
  active: "good",
  paused: "warn",
  completed: "accent",
};

/** "from 1 Oct 2026", "1 Oct – 30 Nov 2026", "no dates". */
export function flightLabel(startsOn: string | null, endsOn: string | null): string {
  if (startsOn && endsOn) return formatDayRange(startsOn, endsOn);
  if (startsOn) return `from ${formatDay(startsOn)}`;
  if (endsOn) return `until ${formatDay(endsOn)}`;
  return "no dates";
}
