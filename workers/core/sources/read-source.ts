import type { EventType } from "#core/events/event-type.ts";
import { OPENS, type Opens } from "./opening.ts";
import { opensNoTouchpoint } from "./no-touchpoint-hosts.ts";
import { readPageAddress, type PageAddress } from "./page-address.ts";
import { DIRECT_TUPLE, foldedField, foldPromoCode, sourceField, type SourceTuple } from "./source-tuple.ts";

/** The click-id parameters of the ad platforms, in the order in which they are looked for. */
export const CLICK_ID_KINDS = [
  "gclid",
  "gbraid",
  "wbraid",
  "msclkid",
  "fbclid",
  "ttclid",
  "li_fat_id",
  "twclid",
] as const;

/** The parameters that shops put a promo code into, in the order in which they are looked for. */
export const PROMO_PARAMETERS = [
  "promo",
  "promo_code",
  "promocode",
  "coupon",
  "coupon_code",
  "couponcode",
  "discount",
  "discount_code",
] as const;

export type SourceQuestion = {
  type: EventType;
  /** Of the page it was made on; null when it names none. */
  address: PageAddress | null;
  referrer?: string | undefined;
  /** As the sender named them. */
  campaign?: string | undefined;
  channel?: string | undefined;
  /** The short link of a redirect's own click. */
  slug?: string | undefined;
  /** The short link that led to this page, by its `wm_click`. */
  followedSlug?: string | undefined;
  ownHosts: readonly string[];
  /** Came through the bulk API, where a named contact is always one of its own. */
  isImported: boolean;
};

export type SourceAnswer = { opens: Opens; tuple: SourceTuple | null };

const OPENS_NOTHING: SourceAnswer = { opens: OPENS.nothing, tuple: null };

/** Kinds that say nothing of where somebody came from, whatever page they were made on. */
const SOURCELESS: ReadonlySet<EventType> = new Set(["refund", "identify", "consent"]);

/**
 * Where an event says it came from, and what it opens (product.md §3).
 * A named campaign or channel is a contact of its own when it is imported, an impression or a click; on other events of
 * a page it is the page's source, so that ten views of a tagged page are one visit. A landing's utm, click id and short
 * link make the tuple, its referrer only where there is none of them: so a later event of the page, which carries no
 * referrer, tells the same tuple. A promo code in the address goes with either, and alone it is direct: it is no tag, so
 * that a code which no campaign knows hides no referrer, and no code begins a session (`plainTuple`). Own hosts and payment
 * or login providers open nothing, whatever code a banner of the site's own puts into the address; a page view without any
 * of these is direct.
 */
export function readSource(question: SourceQuestion): SourceAnswer {
  if (SOURCELESS.has(question.type)) return OPENS_NOTHING;
  const named = namedTuple(question);
  if (named) return { opens: isOwnContact(question) ? OPENS.own : OPENS.source, tuple: named };
  if (question.type === "impression") return OPENS_NOTHING;

  const { address } = question;
  const tagged = address && taggedTuple(address, question.followedSlug);
  if (tagged) return { opens: OPENS.source, tuple: tagged };
  return question.type === "pageview" && address ? fromReferrer(address, question) : OPENS_NOTHING;
}

function isOwnContact({ type, isImported }: SourceQuestion): boolean {
  return isImported || type === "impression" || type === "click";
}

function namedTuple({ type, campaign, channel, slug }: SourceQuestion): SourceTuple | null {
  const namedCampaign = sourceField(campaign);
  const namedChannel = foldedField(channel);
  const isRedirect = slug !== undefined && type === "click";
  if (namedCampaign === null && namedChannel === null && !isRedirect) return null;
  return { ...DIRECT_TUPLE, namedCampaign, namedChannel, linkSlug: isRedirect ? foldedField(slug) : null };
}

function taggedTuple({ query }: PageAddress, followedSlug: string | undefined): SourceTuple | null {
  if (query.size === 0 && followedSlug === undefined) return null;
  const tuple: SourceTuple = {
    ...DIRECT_TUPLE,
    utmSource: foldedField(query.get("utm_source")),
    utmMedium: foldedField(query.get("utm_medium")),
    utmCampaign: sourceField(query.get("utm_campaign")),
    utmContent: sourceField(query.get("utm_content")),
    utmTerm: sourceField(query.get("utm_term")),
    clickIdKind: CLICK_ID_KINDS.find((kind) => sourceField(query.get(kind)) !== null) ?? null,
    linkSlug: foldedField(followedSlug),
  };
  const isTagged = Object.values(tuple).some((field) => field !== null);
  return isTagged ? { ...tuple, promoCode: promoCodeIn(query) } : null;
}

function promoCodeIn(query: PageAddress["query"]): string | null {
  if (query.size === 0) return null;
  const name = PROMO_PARAMETERS.find((parameter) => foldPromoCode(query.get(parameter)) !== null);
  return name === undefined ? null : foldPromoCode(query.get(name));
}

function fromReferrer(address: PageAddress, { referrer = "", ownHosts }: SourceQuestion): SourceAnswer {
  const host = readPageAddress(referrer)?.host ?? appPackage(referrer);
  if (host !== null && opensNoTouchpoint(host, [address.host, ...ownHosts])) return OPENS_NOTHING;
  const promoCode = promoCodeIn(address.query);
  const tuple = { ...DIRECT_TUPLE, promoCode, referrerHost: sourceField(host) };
  return { opens: tuple.referrerHost === null ? OPENS.direct : OPENS.source, tuple };
}

/** Android apps refer as `android-app://com.google.android.gm/`: the package stands for the host. */
function appPackage(referrer: string): string | null {
  return foldedField(/^android-app:\/\/([^/?#]*)/i.exec(referrer)?.[1]);
}
