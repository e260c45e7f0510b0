import type { CollectAnswer, CollectBody } from "#contract/collect.ts";
import type { EdgeSite } from "#contract/edge-config.ts";
import { botVerdict } from "#core/bots/bot-verdict.ts";
import { decideIdentity, isRefusal, type IdentityDecision } from "#core/privacy/identity-decision.ts";
import { isOriginAllowed } from "#core/privacy/origin-allowed.ts";
import { decideVisitorCookie, type CookieChange } from "#core/privacy/visitor-cookie.ts";
import { fail, ok, type Result } from "#core/result.ts";

import { checkEvents, countByCode, refuseAll, type Rejected } from "./collect/check-events.ts";
import type { CollectDeps, RequestFacts } from "./collect/collect-deps.ts";
import { composeMessages } from "./collect/compose-messages.ts";
import { handOver, type NotDurable } from "./collect/hand-over.ts";
import { noteRefusal } from "./collect/note-refusal.ts";
import { NO_VISITOR, visitorKey, type VisitorKey } from "./collect/visitor-key.ts";

export type AcceptEventsInput = {
  body: CollectBody;
  facts: RequestFacts;
  /** The page's origin by `Origin`, else by `Referer`; null when the request names neither. */
  origin: string | null;
};

export type AcceptedEvents = {
  answer: CollectAnswer;
  /** What becomes of the visitor's cookie. */
  cookie: CookieChange;
};

/** Why a whole body was refused; none of its events is in the ledger. */
export type BodyRefusal =
  | { kind: "unknown_site" }
  | { kind: "origin_not_allowed"; origin: string }
  | { kind: "rate_limited" }
  | { kind: "nothing_usable"; rejected: Rejected }
  | { kind: "config_unavailable" }
  | NotDurable;

/**
 * Accepts a body of the pixel. When this says ok, what it says it accepted is in durable hands; a body that is refused
 * is counted as such.
 */
export async function acceptEvents(
  deps: CollectDeps,
  input: AcceptEventsInput,
): Promise<Result<AcceptedEvents, BodyRefusal>> {
  const outcome = await accept(deps, input);
  if (!outcome.ok) noteRefusal(deps, { siteKey: input.body.site, code: outcome.error.kind });
  return outcome;
}

async function accept(
  deps: CollectDeps,
  input: AcceptEventsInput,
): Promise<Result<AcceptedEvents, BodyRefusal>> {
  const { body, facts } = input;
  const receivedAtMs = deps.clock.now().getTime();
  const admitted = await admit(deps, input);
  if (!admitted.ok) return admitted;
  const { site, identity } = admitted.value;

  const checked = await checkEvents(deps, { site, receivedAtMs, rawEvents: body.events });
  if (checked.events.length === 0) return fail({ kind: "nothing_usable", rejected: checked.rejected });

  const kept = identity === "drop" ? refuseAll(body.events.length, checked.rejected) : checked;
  const { visitor, cookie } = await recognise(deps, { ...admitted.value, input, receivedAtMs });
  const messages = composeMessages(deps, {
    site,
    facts,
    via: "pixel",
    receivedAtMs,
    sentAtMs: body.sentAt ?? null,
    visitor,
    bot: botVerdict({ ...facts, knownBot: deps.findKnownBot(facts.userAgent) }, kept.events),
    events: kept.events,
    rejected: countByCode(kept.rejected),
  });
  const handed = await handOver(deps, messages);
  if (!handed.ok) return handed;
  const answer: CollectAnswer = { accepted: kept.events.length, rejected: kept.rejected };
  return ok({ answer: site.silent ? { ...answer, silence: true } : answer, cookie });
}

type Admitted = { site: EdgeSite; identity: IdentityDecision };

/** Known site → origin allowed → privacy signals → rate. */
async function admit(
  deps: CollectDeps,
  { body, facts, origin }: AcceptEventsInput,
): Promise<Result<Admitted, BodyRefusal>> {
  const known = await deps.config.site(body.site);
  if (!known.ok) return fail({ kind: "config_unavailable" });
  const site = known.value;
  if (site === null) return fail({ kind: "unknown_site" });
  if (origin !== null && !isOriginAllowed(origin, site.origins)) {
    return fail({ kind: "origin_not_allowed", origin });
  }

  const identity = decideIdentity(site, { ...facts, consent: body.consent });
  const [isIpWithin, isSiteWithin] = await Promise.all([
    deps.rateByIp.isWithin(facts.ip),
    deps.rateBySite.isWithin(site.siteKey),
  ]);
  return isIpWithin && isSiteWithin ? ok({ site, identity }) : fail({ kind: "rate_limited" });
}

type Recognising = Admitted & { input: AcceptEventsInput; receivedAtMs: number };

/** Who the sender is, as far as it may be known, and what becomes of the cookie that says so. */
async function recognise(
  deps: CollectDeps,
  { site, identity, input, receivedAtMs }: Recognising,
): Promise<{ visitor: VisitorKey; cookie: CookieChange }> {
  const { body, facts, origin } = input;
  const { visitor: firstPartyId, change: cookie } = decideVisitorCookie({
    domain: site.domain,
    requestHost: facts.host,
    pageOrigin: origin,
    identity,
    isRefused: site.identity === "cookieless" || isRefusal(site, { ...facts, consent: body.consent }),
    cookieVisitor: facts.cookieVisitor,
    bodyVisitor: body.visitor ?? null,
  });
  if (identity === "drop") return { visitor: NO_VISITOR, cookie };
  return {
    visitor: await visitorKey(deps, { siteId: site.siteId, facts, receivedAtMs, firstPartyId }),
    cookie,
  };
}
