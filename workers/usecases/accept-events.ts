import type { CollectAnswer, CollectBody } from "#contract/collect.ts";
import type { EdgeSite } from "#contract/edge-config.ts";
import { botVerdict } from "#core/bots/bot-verdict.ts";
import { decideIdentity, type IdentityDecision } from "#core/privacy/identity-decision.ts";
import { isOriginAllowed } from "#core/privacy/origin-allowed.ts";
import { fail, ok, type Result } from "#core/result.ts";

import { checkEvents, countByCode, refuseAll, type Rejected } from "./collect/check-events.ts";
import type { CollectDeps, RequestFacts } from "./collect/collect-deps.ts";
import { composeMessages } from "./collect/compose-messages.ts";
import { handOver, type NotDurable } from "./collect/hand-over.ts";
import { NO_VISITOR, visitorKey, type VisitorKey } from "./collect/visitor-key.ts";

export type AcceptEventsInput = {
  body: CollectBody;
  facts: RequestFacts;
  /** The page's origin by `Origin`, else by `Referer`; null when the request names neither. */
  origin: string | null;
};

/** Why a whole body was refused; none of its events is in the ledger. */
export type BodyRefusal =
  | { kind: "unknown_site" }
  | { kind: "origin_not_allowed"; origin: string }
  | { kind: "rate_limited" }
  | { kind: "nothing_usable"; rejected: Rejected }
  | { kind: "config_unavailable" }
  | NotDurable;

/** Accepts a body of the pixel. When this says ok, what it says it accepted is in durable hands. */
export async function acceptEvents(
  deps: CollectDeps,
  input: AcceptEventsInput,
): Promise<Result<CollectAnswer, BodyRefusal>> {
  const { body, facts } = input;
  const receivedAtMs = deps.clock.now().getTime();
  const admitted = await admit(deps, input);
  if (!admitted.ok) return admitted;
  const { site, identity } = admitted.value;

  const checked = await checkEvents(deps, { site, receivedAtMs, rawEvents: body.events });
  if (checked.events.length === 0) return fail({ kind: "nothing_usable", rejected: checked.rejected });

  const kept = identity === "drop" ? refuseAll(body.events.length, checked.rejected) : checked;
  const visitor = await visitorUnder(deps, identity, { body, facts, siteId: site.siteId, receivedAtMs });
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
  return ok(site.silent ? { ...answer, silence: true } : answer);
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

type Sender = { body: CollectBody; facts: RequestFacts; siteId: number; receivedAtMs: number };

async function visitorUnder(
  deps: CollectDeps,
  identity: IdentityDecision,
  sender: Sender,
): Promise<VisitorKey> {
  switch (identity) {
    case "drop":
      return NO_VISITOR;
    case "cookieless":
      return visitorKey(deps, { ...sender, firstPartyId: null });
    case "first-party":
      return visitorKey(deps, { ...sender, firstPartyId: sender.body.visitor ?? null });
  }
}
