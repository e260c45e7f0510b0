/** Source and medium that lead back to the channel by the rules of `core/channels/classify-channel.ts`. */
const UTM: Readonly<Record<string, { source: string; medium: string }>> = {
  "paid-search": { source: "google", medium: "cpc" },
  "organic-search": { source: "google", medium: "organic" },
  "paid-social": { source: "facebook", medium: "paid" },
  "organic-social": { source: "instagram", medium: "social" },
  "paid-video": { source: "youtube", medium: "cpc" },
  "organic-video": { source: "youtube", medium: "video" },
  "paid-shopping": { source: "shopping", medium: "cpc" },
  "organic-shopping": { source: "shopping", medium: "organic" },
  "paid-other": { source: "partner", medium: "cpc" },
  "cross-network": { source: "cross-network", medium: "cross-network" },
  display: { source: "display", medium: "display" },
  email: { source: "newsletter", medium: "email" },
  affiliates: { source: "partner", medium: "affiliate" },
  referral: { source: "partner", medium: "referral" },
  audio: { source: "spotify", medium: "audio" },
  sms: { source: "sms", medium: "sms" },
  push: { source: "app", medium: "push" },
  podcast: { source: "podcast", medium: "podcast" },
  influencer: { source: "instagram", medium: "influencer" },
  offline: { source: "flyer", medium: "offline" },
};

/** What a link of this channel carries unless the user says otherwise. */
export function utmForChannel(channel: string): { source: string; medium: string } {
  return UTM[channel] ?? { source: "waymark", medium: channel };
}

const MAX_SLUG = 60;

/** "Autumn Sale 2026" → "autumn-sale-2026": what a utm_campaign can be read aloud as. */
export function campaignSlug(name: string): string {
  const plain = name.normalize("NFD").replaceAll(/\p{M}/gu, "").toLowerCase();
  return plain
    .replaceAll(/[^\p{L}\p{N}]+/gu, "-")
    .replaceAll(/^-+|-+$/g, "")
    .slice(0, MAX_SLUG);
}
