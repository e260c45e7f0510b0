import type { RejectionCode } from "#contract/collect.ts";
import { botVerdict } from "#core/bots/bot-verdict.ts";
import { decideIdentity } from "#core/privacy/identity-decision.ts";
import { fail, ok, type Result } from "#core/result.ts";
import { REFUSAL_CODES } from "#core/tracking/refusal-code.ts";

import { checkEvents } from "./collect/check-events.ts";
import type { CollectDeps, RequestFacts } from "./collect/collect-deps.ts";
import { noteRefusal } from "./collect/note-refusal.ts";
import { recordOne } from "./collect/record-one.ts";
import { visitorKey } from "./collect/visitor-key.ts";

/** What the query of an image pixel says; an absent parameter is undefined. */
export type ImageQuery = {
  site: string | undefined;
  type: string | undefined;
  id: string | undefined;
  campaign: string | undefined;
  promo: string | undefined;
  name: string | undefined;
  url: string | undefined;
  link: string | undefined;
  conversionType: string | undefined;
  value: string | undefined;
  currency: string | undefined;
  order: string | undefined;
};

export type ImageRefusal = {
  code: RejectionCode | "unknown_site" | "rate_limited" | "config_unavailable";
};

/**
 * Accepts the event of an image pixel. Mails, partner pages and pages without scripts have no origin of the site's
 * own, so none is asked for. The image never waits for the queue.
 */
export async function acceptImage(
  deps: CollectDeps,
  request: ImageRequest,
): Promise<Result<null, ImageRefusal>> {
  const outcome = await accept(deps, request);
  if (!outcome.ok) {
    // What is wrong with the event itself is the caller's to know; a person is told that nothing of it could be used.
    const code = REFUSAL_CODES.find((known) => known === outcome.error.code) ?? "nothing_usable";
    noteRefusal(deps, { siteKey: request.query.site ?? null, code });
  }
  return outcome;
}

type ImageRequest = { query: ImageQuery; facts: RequestFacts };

async function accept(
  deps: CollectDeps,
  { query, facts }: ImageRequest,
): Promise<Result<null, ImageRefusal>> {
  const receivedAtMs = deps.clock.now().getTime();
  const known = await deps.config.site(query.site ?? "");
  if (!known.ok) return fail({ code: "config_unavailable" });
  const site = known.value;
  if (site === null) return fail({ code: "unknown_site" });

  // An image can bring no consent along and no id of the browser's: it is cookieless, or dropped where that is asked.
  const identity = decideIdentity({ ...site, identity: "cookieless" }, { ...facts, consent: undefined });
  if (identity === "drop") return fail({ code: "no_consent" });
  const isWithin = (await deps.rateByIp.isWithin(facts.ip)) && (await deps.rateBySite.isWithin(site.siteKey));
  if (!isWithin) return fail({ code: "rate_limited" });

  const rawEvents = [
    toRawEvent(query, facts, { receivedAtMs, newId: deps.ids.uuid7(new Date(receivedAtMs)) }),
  ];
  const { events, rejected } = await checkEvents(deps, { site, receivedAtMs, rawEvents });
  const [event] = events;
  if (event === undefined) return fail({ code: rejected[0]?.code ?? "invalid_event" });

  const visitor = await visitorKey(deps, { siteId: site.siteId, facts, receivedAtMs, firstPartyId: null });
  const bot = botVerdict({ ...facts, knownBot: deps.findKnownBot(facts.userAgent) }, [event]);
  deps.defer(recordOne(deps, { site, facts, via: "image", receivedAtMs, visitor, bot, event }));
  return ok(null);
}

type Made = { receivedAtMs: number; newId: string };

/** The event in the shape of `POST /e`, so that one set of rules holds for both. */
function toRawEvent(
  query: ImageQuery,
  facts: RequestFacts,
  { receivedAtMs, newId }: Made,
): Record<string, unknown> {
  const type = query.type ?? "impression";
  const common = {
    id: query.id ?? newId,
    at: receivedAtMs,
    type,
    url: query.url ?? referringPage(facts.referrer),
    campaign: query.campaign,
    promoCode: query.promo,
  };
  if (type === "conversion") return { ...common, conversion: conversionOf(query) };
  if (type === "custom") return { ...common, name: query.name };
  return type === "click" ? { ...common, link: query.link } : common;
}

/** An app, a file or an empty frame names itself as what no page can be: the sender gave no address, and none is refused. */
function referringPage(referrer: string | null): string | undefined {
  const isPage = referrer !== null && /^https?:\/\/[^/]/i.test(referrer) && URL.canParse(referrer);
  return isPage ? referrer : undefined;
}

function conversionOf(query: ImageQuery): Record<string, string | undefined> {
  return {
    type: query.conversionType,
    value: query.value,
    currency: query.currency,
    orderId: query.order,
    promoCode: query.promo,
  };
}
