import { CHANNEL_LABELS, CHANNELS } from "#core/channels/channel.ts";

const LABELS: Readonly<Record<string, string>> = CHANNEL_LABELS;

/** Eight colours for more channels: those that meet on one page most often are kept apart. */
const COLOURS: Readonly<Record<string, number>> = {
  "paid-search": 1,
  email: 2,
  "organic-search": 3,
  "paid-social": 4,
  "organic-social": 5,
  influencer: 6,
  podcast: 7,
  direct: 8,
  referral: 5,
  affiliates: 6,
  display: 7,
  "paid-video": 4,
  "organic-video": 5,
  "paid-shopping": 1,
  "organic-shopping": 3,
  "cross-network": 6,
  "paid-other": 7,
  audio: 4,
  sms: 2,
  push: 2,
  offline: 6,
};
const NO_CHANNEL = 8;

/** "paid-search" → "Paid Search"; a channel this version does not know keeps its code. */
export function channelLabel(channel: string): string {
  return LABELS[channel] ?? channel;
}

/** The same channel has the same colour everywhere. */
export function channelColour(channel: string): string {
  return `var(--cat-${COLOURS[channel] ?? NO_CHANNEL})`;
}

/** For select boxes: what a campaign can run on; Direct and Unassigned are what is left when nothing ran. */
export const CAMPAIGN_CHANNELS = CHANNELS.filter(
  (channel) => channel !== "direct" && channel !== "unassigned",
).map((channel) => ({ value: channel, label: CHANNEL_LABELS[channel] }));
