import type { TrackingDetails } from "#contract/tracking.ts";
import { formatMinute } from "#frontend/format/date.ts";
import { formatCount } from "#frontend/format/number.ts";

/** What the counts rest on: all of seven days, or the newest so many events and how far those reach. */
export function lookedWords({ looked }: TrackingDetails, zone: string): string {
  if (looked.isWhole || looked.since === null) return "Events of the last seven days, by page.";
  return `The newest ${formatCount(looked.events)} events, since ${formatMinute(looked.since, zone)}: a busy site reaches less far back.`;
}
