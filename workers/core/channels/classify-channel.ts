import type { SourceTuple } from "#core/sources/source-tuple.ts";
import { parseChannel, type Channel } from "./channel.ts";
import {
  EMAIL_SOURCES,
  isKnownSource,
  SEARCH_SOURCES,
  SHOPPING_SOURCES,
  SOCIAL_SOURCES,
  VIDEO_SOURCES,
} from "./known-hosts.ts";

type Signs = {
  source: string;
  medium: string;
  campaign: string;
  clickIdKind: string | null;
  isTagged: boolean;
};
type Rule = { channel: Channel; holds(signs: Signs): boolean };

/** GA4's definition of a paid medium. */
const PAID_MEDIUM = /^(.*cp.*|ppc|retargeting|remarketing|paid.*)$/;
const SHOPPING_CAMPAIGN = /^(.*(([^a-df-z]|^)shop|shopping).*)$/;
const SOCIAL_MEDIA = /^(social|social-network|social-media|sm|social network|social media)$/;
const SEARCH_CLICK_IDS = new Set(["gclid", "gbraid", "wbraid", "msclkid"]);
const SOCIAL_CLICK_IDS = new Set(["ttclid", "li_fat_id", "twclid"]);

const isPaid = ({ medium, clickIdKind }: Signs): boolean =>
  PAID_MEDIUM.test(medium) || (medium === "" && clickIdKind !== null && SEARCH_CLICK_IDS.has(clickIdKind));
const from =
  (names: ReadonlySet<string>) =>
  ({ source }: Signs): boolean =>
    isKnownSource(source, names);
const fromSearch = from(SEARCH_SOURCES);
const fromSocial = from(SOCIAL_SOURCES);
const fromVideo = from(VIDEO_SOURCES);
const fromShopping = from(SHOPPING_SOURCES);
const mediumIs =
  (...media: string[]) =>
  ({ medium }: Signs): boolean =>
    media.includes(medium);

/**
 * GA4's default channel group, in its order, with Podcast, Influencer and Offline before it because no rule of GA4
 * names them, and a click id standing for the paid medium that auto-tagged ads leave out.
 * Source: Google Analytics help, "Default channel group" (manual traffic). The first rule that holds decides.
 */
const RULES: readonly Rule[] = [
  { channel: "direct", holds: (signs) => !signs.isTagged && signs.source === "" },
  { channel: "podcast", holds: mediumIs("podcast", "podcast-ad", "host-read") },
  { channel: "influencer", holds: mediumIs("influencer", "creator", "ambassador") },
  {
    channel: "offline",
    holds: mediumIs("offline", "print", "flyer", "poster", "ooh", "radio", "tv", "direct-mail", "qr"),
  },
  { channel: "cross-network", holds: ({ campaign }) => campaign.includes("cross-network") },
  {
    channel: "paid-shopping",
    holds: (signs) => isPaid(signs) && (fromShopping(signs) || SHOPPING_CAMPAIGN.test(signs.campaign)),
  },
  { channel: "paid-search", holds: (signs) => isPaid(signs) && (fromSearch(signs) || isSearchClick(signs)) },
  { channel: "paid-social", holds: (signs) => (isPaid(signs) && fromSocial(signs)) || isSocialClick(signs) },
  { channel: "paid-video", holds: (signs) => isPaid(signs) && fromVideo(signs) },
  { channel: "display", holds: mediumIs("display", "banner", "expandable", "interstitial", "cpm") },
  { channel: "paid-other", holds: isPaid },
  {
    channel: "organic-shopping",
    holds: (signs) => fromShopping(signs) || SHOPPING_CAMPAIGN.test(signs.campaign),
  },
  { channel: "organic-social", holds: (signs) => fromSocial(signs) || SOCIAL_MEDIA.test(signs.medium) },
  { channel: "organic-video", holds: (signs) => fromVideo(signs) || signs.medium.includes("video") },
  {
    channel: "email",
    holds: (signs) =>
      /^(email|e-mail|e_mail|e mail|newsletter)$/.test(signs.medium) || from(EMAIL_SOURCES)(signs),
  },
  { channel: "organic-search", holds: (signs) => fromSearch(signs) || signs.medium === "organic" },
  { channel: "affiliates", holds: mediumIs("affiliate", "affiliates", "partner") },
  { channel: "audio", holds: mediumIs("audio") },
  { channel: "sms", holds: (signs) => signs.source === "sms" || signs.medium === "sms" },
  {
    channel: "push",
    holds: ({ source, medium }) =>
      medium.endsWith("push") || /mobile|notification/.test(medium) || source === "firebase",
  },
  { channel: "referral", holds: (signs) => !signs.isTagged || mediumIs("referral", "app", "link")(signs) },
];

/**
 * The channel of a source. What the sender named wins; else the utm tuple and click id, else the referrer.
 * `campaignChannel`: the matched campaign's own channel, for contacts that carry no sign of their own
 * (an explicit campaign, a bare short link, a promo code) or signs that no rule knows.
 */
export function classifyChannel(tuple: SourceTuple, campaignChannel: Channel | null): Channel {
  const named = tuple.namedChannel === null ? null : parseChannel(tuple.namedChannel);
  if (named) return named;
  if (!hasSigns(tuple)) return campaignChannel ?? (isBare(tuple) ? "direct" : "unassigned");

  const signs = readSigns(tuple);
  const channel = RULES.find((rule) => rule.holds(signs))?.channel ?? "unassigned";
  return channel === "unassigned" ? (campaignChannel ?? channel) : channel;
}

function readSigns(tuple: SourceTuple): Signs {
  const isTagged = tuple.utmSource !== null || tuple.utmMedium !== null || tuple.clickIdKind !== null;
  return {
    source: (isTagged ? tuple.utmSource : tuple.referrerHost) ?? "",
    medium: tuple.utmMedium?.toLowerCase() ?? "",
    campaign: tuple.utmCampaign?.toLowerCase() ?? "",
    clickIdKind: tuple.clickIdKind,
    isTagged,
  };
}

function hasSigns(tuple: SourceTuple): boolean {
  return [tuple.utmSource, tuple.utmMedium, tuple.clickIdKind, tuple.referrerHost].some(
    (field) => field !== null,
  );
}

function isBare(tuple: SourceTuple): boolean {
  return Object.values(tuple).every((field) => field === null);
}

function isSearchClick({ clickIdKind, source }: Signs): boolean {
  return source === "" && clickIdKind !== null && SEARCH_CLICK_IDS.has(clickIdKind);
}

function isSocialClick({ clickIdKind, source, medium }: Signs): boolean {
  return source === "" && medium === "" && clickIdKind !== null && SOCIAL_CLICK_IDS.has(clickIdKind);
}
