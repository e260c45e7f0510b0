/**
 * The channels: GA4's default channel group plus Podcast, Influencer and Offline (product.md §3). The code is what is
 * stored and sent, the label what is shown.
 */
export const CHANNEL_LABELS = {
  direct: "Direct",
  "organic-search": "Organic Search",
  "paid-search": "Paid Search",
  "organic-social": "Organic Social",
  "paid-social": "Paid Social",
  "organic-video": "Organic Video",
  "paid-video": "Paid Video",
  "organic-shopping": "Organic Shopping",
  "paid-shopping": "Paid Shopping",
  display: "Display",
  "paid-other": "Paid Other",
  "cross-network": "Cross-network",
  email: "E-mail",
  affiliates: "Affiliates",
  referral: "Referral",
  audio: "Audio",
  sms: "SMS",
  push: "Mobile Push",
  podcast: "Podcast",
  influencer: "Influencer",
  offline: "Offline",
  unassigned: "Unassigned",
} as const;

export type Channel = keyof typeof CHANNEL_LABELS;

export const CHANNELS = Object.keys(CHANNEL_LABELS) as readonly Channel[];

/** The channel named by a code or a label, whatever its case; null for a word that names none. */
export function parseChannel(text: string): Channel | null {
  const folded = text.trim().toLowerCase();
  return (
    CHANNELS.find((channel) => channel === folded || CHANNEL_LABELS[channel].toLowerCase() === folded) ?? null
  );
}
