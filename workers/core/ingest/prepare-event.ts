import { eventTypeCode, type EventType } from "#core/events/event-type.ts";
import { EVENT_FLAGS } from "#core/events/event-flags.ts";
import { isEventIdInWindow } from "#core/events/event-id-window.ts";
import { occurredAt, type OccurredAt } from "#core/events/event-clock.ts";
import { uuidV7TimeMs } from "#core/events/uuid-v7.ts";
import { decimalText } from "#core/money/decimal-text.ts";
import { parseMinorUnits } from "#core/money/parse-minor-units.ts";
import { fail, ok, type Result } from "#core/result.ts";
import { readPageAddress, type PageAddress } from "#core/sources/page-address.ts";
import { readSource, type SourceAnswer } from "#core/sources/read-source.ts";
import { foldPromoCode, sourceField, sourceKey, type SourceTuple } from "#core/sources/source-tuple.ts";
import { cleanText } from "#core/text/clean-text.ts";
import type { IngestSite } from "./ingest-site.ts";
import type { MessageEventLike, MessageLike } from "./message-like.ts";
import type { PreparedEvent, PreparedPage, RefundTerms } from "./prepared-event.ts";

/** Why ingest refuses an event that collect let through; counted in the ledger. */
export type IngestRejection = "invalid_id" | "invalid_value" | "not_allowed" | "too_old";

export type Prepared = { event: PreparedEvent; tuple: SourceTuple | null; page: PreparedPage | null };

const SESSION_TYPES: ReadonlySet<EventType> = new Set(["pageview", "click", "conversion", "custom"]);
const WM_CLICK = /^([a-z0-9-]{1,64})\.([0-9a-f-]{36})$/;
/** An address with an older `wm_click` was bookmarked or passed on: the link no longer says where somebody comes from. */
const MAX_CLICK_AGE_MS = 86_400_000;
/** A landing follows its click at once. After a session's silence the same address is a visit, and a touchpoint, of its own. */
const MAX_LANDING_MS = 30 * 60_000;
const MAX_CLOCK_GAP_MS = 60_000;
/** As on the collect paths: a clock may be ahead of ours by this much. */
const MAX_AHEAD_MS = 5 * 60_000;
const MAX_PATH = 1_024;

/** Decides on one event of a body: when it happened, what it opens, what it is worth; or why it is refused. */
export function prepareEvent(
  event: MessageEventLike,
  message: MessageLike,
  site: IngestSite,
): Result<Prepared, IngestRejection> {
  if (!isEventIdInWindow(event.id, message.receivedAt)) return fail("invalid_id");
  if (event.type === "refund" && message.via !== "api") return fail("not_allowed");
  if (isBehindSeal(event, message, site)) return fail("too_old");
  const amount = readAmount(event, site.currency);
  return amount ? ok(describe(event, amount, { message, site })) : fail("invalid_value");
}

/** What occurred before the seal has been summed for good; an id older than all partitions has no place (decisions 5). */
function isBehindSeal(event: MessageEventLike, message: MessageLike, site: IngestSite): boolean {
  const idTimeMs = uuidV7TimeMs(event.id) ?? -Infinity;
  if (site.idsSinceMs !== null && idTimeMs < site.idsSinceMs) return true;
  return site.sealedBeforeMs !== null && timeOf(event, message).occurredAtMs < site.sealedBeforeMs;
}

type Context = { message: MessageLike; site: IngestSite };

function describe(event: MessageEventLike, amount: Amount, { message, site }: Context): Prepared {
  const time = timeOf(event, message);
  const address = event.url === undefined ? null : readPageAddress(event.url);
  const click = address && followedClick(event.type, address, time.occurredAtMs);
  const source = sourceOf(event, { address, followedSlug: click?.slug, site, via: message.via });
  const page = address && pageOf(address);
  const row: PreparedEvent = {
    ...receiptOf(message),
    ...amount,
    ...namesOf(event),
    eventId: event.id,
    occurredAtMs: time.occurredAtMs,
    type: eventTypeCode(event.type),
    opens: source.opens,
    flags: flagsOf(event, message, time.isReplaced),
    ...visitorOf(event, message),
    sourceKey: source.tuple && sourceKey(source.tuple),
    pageKey: page && page.key,
    clickId: click && click.landed,
    props: propsOf(event),
  };
  return { tuple: source.tuple, page, event: row };
}

/** An event that names its own visitor is not the one whose hash changed with the salt. */
function visitorOf(event: MessageEventLike, message: MessageLike) {
  const visitorId = event.visitor ?? message.visitor;
  const isHashed = event.visitor === undefined && visitorId !== null;
  return { visitorId, previousVisitorId: isHashed ? (message.previousVisitor ?? null) : null };
}

function receiptOf(message: MessageLike) {
  const { siteId, receiptId, receivedAt, country, bot } = message;
  return { siteId, receiptId, receivedAtMs: receivedAt, country, botReason: bot };
}

/** An import keeps any past time since 1970 that it is given; collect's clock is corrected. */
function timeOf(event: MessageEventLike, message: MessageLike): OccurredAt {
  const { at } = event;
  if (message.via !== "api") return occurredAt({ ...message, at });
  const isPast = at >= 0 && at <= message.receivedAt + MAX_AHEAD_MS;
  return { occurredAtMs: isPast ? at : message.receivedAt, isReplaced: !isPast };
}

type Amount = { valueMinor: number | null; currency: string | null };

/**
 * Conversions default to 0 of the site's currency; a refund without value is in full, and so has none. One without a
 * currency is in the site's until its order is known (`refundTerms`).
 */
function readAmount(event: MessageEventLike, siteCurrency: string): Amount | null {
  if (event.type === "conversion") return amountOf(event.conversion ?? {}, siteCurrency, 0);
  if (event.type === "refund") return amountOf(event.refund ?? {}, siteCurrency, null);
  return { valueMinor: null, currency: null };
}

type AmountBody = { value?: string | number | undefined; currency?: string | undefined };

function amountOf(body: AmountBody, siteCurrency: string, absentMinor: number | null): Amount | null {
  const currency = body.currency ?? siteCurrency;
  if (body.value === undefined) return { valueMinor: absentMinor, currency };
  const valueMinor = parseMinorUnits(body.value, currency);
  return valueMinor === null ? null : { valueMinor, currency };
}

type FollowedClick = {
  slug: string;
  /** Id of the click, where this event is its landing. */
  landed: string | null;
};

/**
 * The click that a landing carries as `wm_click=<slug>.<event id>`, unless it is too old. Later events of the page carry
 * it too: they name the same link, so that they stay in the landing's session, but are not its landing.
 */
function followedClick(type: EventType, { query }: PageAddress, occurredAtMs: number): FollowedClick | null {
  const carried = query.get("wm_click");
  if (carried === undefined || !SESSION_TYPES.has(type)) return null;
  const [, slug = "", id = ""] = WM_CLICK.exec(carried) ?? [];
  const ageMs = clickAgeMs(id, occurredAtMs);
  if (ageMs === null || ageMs > MAX_CLICK_AGE_MS) return null;
  return { slug, landed: type === "pageview" && ageMs <= MAX_LANDING_MS ? id : null };
}

/** The clocks of edge and client differ: a minute of "before the click" is no reason to doubt it, more is. */
function clickAgeMs(clickId: string, landedAtMs: number): number | null {
  const clickedAtMs = uuidV7TimeMs(clickId);
  if (clickedAtMs === null || landedAtMs < clickedAtMs - MAX_CLOCK_GAP_MS) return null;
  return landedAtMs - clickedAtMs;
}

type SourceContext = {
  address: PageAddress | null;
  followedSlug: string | undefined;
  site: IngestSite;
  via: MessageLike["via"];
};

function sourceOf(
  event: MessageEventLike,
  { address, followedSlug, site, via }: SourceContext,
): SourceAnswer {
  return readSource({
    type: event.type,
    address,
    referrer: event.referrer,
    campaign: event.campaign,
    channel: event.channel,
    slug: event.slug,
    followedSlug,
    ownHosts: site.ownHosts,
    isImported: via === "api",
  });
}

function pageOf(address: PageAddress): PreparedPage {
  // The cut may fall within a character, and half of one cannot be stored.
  const path = cleanText(address.path.slice(0, MAX_PATH));
  return { key: `${address.host}${path}`, host: address.host, path };
}

/** Activity is what a person did on a page: a redirect has none, and what a server reports without a page neither. */
function isActivity(event: MessageEventLike, message: MessageLike): boolean {
  if (!SESSION_TYPES.has(event.type)) return false;
  if (message.via === "redirect" || message.via === "image") return false;
  return message.via === "pixel" || event.url !== undefined;
}

function flagsOf(event: MessageEventLike, message: MessageLike, isTimeReplaced: boolean): number {
  const isUnsalted = message.visitor === null && message.identity === "cookieless";
  return (
    (isTimeReplaced ? EVENT_FLAGS.timeReplaced : 0) |
    (event.cleaned ? EVENT_FLAGS.cleaned : 0) |
    (message.via === "api" ? EVENT_FLAGS.keyed : 0) |
    (isActivity(event, message) ? EVENT_FLAGS.inSession : 0) |
    (event.conversion?.test ? EVENT_FLAGS.test : 0) |
    (isUnsalted ? EVENT_FLAGS.noSalt : 0)
  );
}

type Names = Pick<PreparedEvent, "name" | "orderId" | "promoCode" | "personId" | "refund">;

function namesOf(event: MessageEventLike): Names {
  return {
    ...outcomeOf(event),
    promoCode: foldPromoCode(event.conversion?.promoCode ?? event.promoCode),
    personId: event.customerHash ?? null,
    refund: event.type === "refund" ? refundTerms(event.refund ?? {}) : null,
  };
}

function refundTerms(refund: NonNullable<MessageEventLike["refund"]>): RefundTerms {
  const { value, currency, conversionId = null } = refund;
  const namesCurrency = currency !== undefined;
  const isOfOrder = !namesCurrency && value !== undefined;
  return { conversionId, namesCurrency, valueMajor: isOfOrder ? decimalText(value) : null };
}

/** What kind of outcome or action it was, and the order it belongs to. */
function outcomeOf({
  type,
  name,
  state,
  conversion,
  refund,
}: MessageEventLike): Pick<Names, "name" | "orderId"> {
  if (type === "conversion") {
    return { name: sourceField(conversion?.type) ?? "conversion", orderId: sourceField(conversion?.orderId) };
  }
  return { name: name ?? state ?? null, orderId: sourceField(refund?.orderId) };
}

/** What has no column of its own stays readable in the log. */
function propsOf(event: MessageEventLike): PreparedEvent["props"] {
  const extra = {
    ...event.props,
    ...(event.link === undefined ? {} : { link: event.link }),
    ...(event.text === undefined ? {} : { text: event.text }),
  };
  return Object.keys(extra).length === 0 ? null : extra;
}
