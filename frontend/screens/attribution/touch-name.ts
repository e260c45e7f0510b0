import type { TimelineTouchpoint } from "#contract/glass-box.ts";
import { channelLabel } from "#frontend/format/channel.ts";

/** What a touch is called: its campaign, else where it came from, else its channel. */
export function touchName({
  campaign,
  source,
  channel,
}: Pick<TimelineTouchpoint, "campaign" | "source" | "channel">): string {
  return campaign?.name ?? source ?? channelLabel(channel);
}
