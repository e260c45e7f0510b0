/** Eight colours for more channels: those that meet on one page most often are kept apart. */
const SLOTS: Readonly<Record<string, number>> = {
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

/** Which of the eight categorical colours (1 to 8) a channel has, on every screen and in every report. */
export function channelPaletteSlot(channel: string): number {
  return SLOTS[channel] ?? NO_CHANNEL;
}
