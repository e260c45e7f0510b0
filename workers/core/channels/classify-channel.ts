import { foldedField, type SourceTuple } from "#core/sources/source-tuple.ts";
import { parseChannel, type Channel } from "./channel.ts";
import { sourceKind, type SourceKind } from "./known-hosts.ts";

/** What a source says of itself, folded; an empty text says nothing. */
type Signs = {
  source: string;
  kind: SourceKind | null;
  medium: string;
  campaign: string;
  /** By utm or click id: somebody made this link. Else only a referrer tells. */
  isTagged: boolean;
  isPaid: boolean;
};
type Rule = { channel: Channel; holds(signs: Signs): boolean };

/** GA4's definition of a paid medium, and remarketing, the other word for retargeting. */
const PAID_MEDIUM = /^(.*cp.*|ppc|retargeting|remarketing|paid.*)$/;
const SHOPPING_CAMPAIGN = /^(.*(([^a-df-z]|^)shop|shopping).*)$/;
const EMAIL_NAMES: ReadonlySet<string> = new Set(["email", "e-mail"]);

const fromShop = ({ kind, campaign }: Signs): boolean =>
  kind === "shopping" || SHOPPING_CAMPAIGN.test(campaign);
const mediumIs =
  (...media: string[]) =>
  ({ medium }: Signs): boolean =>
    media.includes(medium);

/**
 * GA4's default channel group for manual traffic, in its order: the first rule that holds decides.
 * Source: Google Analytics help, "Default channel group".
 * Ours beside it: Podcast, Influencer and Offline stand first, for no rule of GA4 names them; a click id stands for the
 * medium that auto-tagged ads leave out; newsletter, affiliates and partner are media too; a source without a medium
 * that sends mail is E-mail; assistants (ChatGPT and the like) put utm_source into the links they show, which are
 * Referral like the links of any other site.
 */
const RULES: readonly Rule[] = [
  { channel: "direct", holds: ({ source, medium }) => source === "(direct)" && medium === "" },
  { channel: "podcast", holds: mediumIs("podcast", "podcast-ad", "host-read") },
  { channel: "influencer", holds: mediumIs("influencer", "creator", "ambassador") },
  {
    channel: "offline",
    holds: mediumIs("offline", "print", "flyer", "poster", "ooh", "radio", "tv", "direct-mail", "qr"),
  },
  { channel: "cross-network", holds: ({ campaign }) => campaign.includes("cross-network") },
  { channel: "paid-shopping", holds: (signs) => signs.isPaid && fromShop(signs) },
  { channel: "paid-search", holds: ({ isPaid, kind }) => isPaid && kind === "search" },
  { channel: "paid-social", holds: ({ isPaid, kind }) => isPaid && kind === "social" },
  { channel: "paid-video", holds: ({ isPaid, kind }) => isPaid && kind === "video" },
  { channel: "display", holds: mediumIs("display", "banner", "expandable", "interstitial", "cpm") },
  { channel: "paid-other", holds: ({ isPaid }) => isPaid },
  { channel: "organic-shopping", holds: fromShop },
  {
    channel: "organic-social",
    holds: (signs) =>
      signs.kind === "social" || mediumIs("social", "social-network", "social-media", "sm")(signs),
  },
  { channel: "organic-video", holds: ({ kind, medium }) => kind === "video" || medium.includes("video") },
  { channel: "organic-search", holds: ({ kind, medium }) => kind === "search" || medium === "organic" },
  { channel: "referral", holds: mediumIs("referral", "app", "link") },
  {
    channel: "email",
    holds: ({ source, kind, medium }) =>
      EMAIL_NAMES.has(medium) ||
      EMAIL_NAMES.has(source) ||
      medium === "newsletter" ||
      (medium === "" && kind === "email"),
  },
  { channel: "affiliates", holds: mediumIs("affiliate", "affiliates", "partner") },
  { channel: "audio", holds: mediumIs("audio") },
  { channel: "sms", holds: ({ source, medium }) => source === "sms" || medium === "sms" },
  {
    channel: "push",
    holds: ({ source, medium }) =>
      medium.endsWith("push") || /mobile|notification/.test(medium) || source === "firebase",
  },
  {
    channel: "referral",
    holds: ({ isTagged, kind, medium }) => !isTagged || (medium === "" && kind === "assistant"),
  },
];

/**
 * The channel of a source. What the sender named wins; else the utm tuple and click id, else the referrer.
 * `campaignChannel`: the matched campaign's own channel, for contacts that carry no sign of their own
 * (an explicit campaign, a bare short link, a promo code, utm_campaign alone) or signs that no rule knows.
 */
export function classifyChannel(tuple: SourceTuple, campaignChannel: Channel | null): Channel {
  const named = tuple.namedChannel === null ? null : parseChannel(tuple.namedChannel);
  if (named) return named;
  if (campaignChannel && !hasSigns(tuple)) return campaignChannel;
  // A promo code that no campaign knows says nothing of where somebody came from.
  if (isBare({ ...tuple, promoCode: null })) return "direct";

  const signs = readSigns(tuple);
  return RULES.find((rule) => rule.holds(signs))?.channel ?? campaignChannel ?? "unassigned";
}

function readSigns(tuple: SourceTuple): Signs {
  const isTagged = tuple.referrerHost === null || isMarked(tuple);
  const source = said(isTagged ? tuple.utmSource : tuple.referrerHost);
  const medium = said(tuple.utmMedium);
  const click = clickOf(tuple);
  const isPaid = medium === "" ? click.isPaid : PAID_MEDIUM.test(medium);
  const isClickTheSource = isPaid || source + medium === "";
  const kind = sourceKind(source) ?? (isClickTheSource ? click.kind : null);
  const campaign = foldedField(tuple.utmCampaign) ?? "";
  return { source, kind, medium, campaign, isTagged, isPaid };
}

function clickOf({ clickIdKind }: SourceTuple): Click {
  return CLICKS.get(clickIdKind ?? "") ?? NO_CLICK;
}

type Click = { kind: SourceKind | null; isPaid: boolean };
const NO_CLICK: Click = { kind: null, isPaid: false };

/**
 * What a click id tells where utm does not. Facebook marks every link that leaves it, so `fbclid` alone is no ad; the
 * others come with ads.
 */
const CLICKS: ReadonlyMap<string, Click> = new Map<string, Click>([
  ["gclid", { kind: "search", isPaid: true }],
  ["gbraid", { kind: "search", isPaid: true }],
  ["wbraid", { kind: "search", isPaid: true }],
  ["msclkid", { kind: "search", isPaid: true }],
  ["fbclid", { kind: "social", isPaid: false }],
  ["ttclid", { kind: "social", isPaid: true }],
  ["li_fat_id", { kind: "social", isPaid: true }],
  ["twclid", { kind: "social", isPaid: true }],
]);

/**
 * A field folded, its spaces and underscores as dashes, for people write `e_mail` and `social media`;
 * `(none)` and `(not set)` are how GA4 writes that nothing was said.
 */
function said(field: string | null): string {
  const folded = foldedField(field) ?? "";
  return folded === "(none)" || folded === "(not set)" ? "" : folded.replace(/[\s_]+/g, "-");
}

function isMarked({ utmSource, utmMedium, clickIdKind }: SourceTuple): boolean {
  return utmSource !== null || utmMedium !== null || clickIdKind !== null;
}

function hasSigns(tuple: SourceTuple): boolean {
  return isMarked(tuple) || tuple.referrerHost !== null;
}

function isBare(tuple: SourceTuple): boolean {
  return Object.values(tuple).every((field) => field === null);
}
