import type { EdgeLink } from "#contract/edge-config.ts";
import type { MessageEvent } from "#contract/ingest-message.ts";
import { botVerdict } from "#core/bots/bot-verdict.ts";
import { clickDestination } from "#core/events/click-destination.ts";
import { fail, ok, type Result } from "#core/result.ts";

import type { CollectDeps, RequestFacts } from "./collect/collect-deps.ts";
import { recordOne } from "./collect/record-one.ts";
import { NO_VISITOR } from "./collect/visitor-key.ts";

export type LinkRefusal = { kind: "unknown_link" } | { kind: "config_unavailable" };

/** Where a short link leads, its click recorded after the answer: the redirect waits for nothing but the link. */
export async function followLink(
  deps: CollectDeps,
  { slug, facts }: { slug: string; facts: RequestFacts },
): Promise<Result<{ destination: string }, LinkRefusal>> {
  const known = await deps.config.link(slug);
  if (!known.ok) return fail({ kind: "config_unavailable" });
  const link = known.value;
  if (link === null) return fail({ kind: "unknown_link" });

  const receivedAt = deps.clock.now();
  const eventId = deps.ids.uuid7(receivedAt);
  deps.defer(recordClick(deps, { link, facts, eventId, receivedAtMs: receivedAt.getTime() }));
  return ok({ destination: clickDestination(link.destination, link.slug, eventId) });
}

type Click = { link: EdgeLink; facts: RequestFacts; eventId: string; receivedAtMs: number };

/** The click has no visitor: the landing that carries its `wm_click` brings one (decisions 16). */
async function recordClick(deps: CollectDeps, { link, facts, eventId, receivedAtMs }: Click): Promise<void> {
  const unrecorded = (reason: string): void =>
    deps.report({ kind: "click_unrecorded", requestId: facts.requestId, slug: link.slug, reason });

  const known = await deps.config.site(link.siteKey);
  if (!known.ok) return unrecorded("config_unavailable");
  if (known.value === null) return unrecorded("unknown_site");
  if (!(await deps.rateByIp.isWithin(facts.ip))) return unrecorded("rate_limited");

  const event: MessageEvent = {
    id: eventId,
    at: receivedAtMs,
    type: "click",
    slug: link.slug,
    link: link.destination,
    ...(facts.referrer === null ? {} : { referrer: facts.referrer }),
  };
  await recordOne(deps, {
    site: known.value,
    facts,
    via: "redirect",
    receivedAtMs,
    visitor: NO_VISITOR,
    bot: botVerdict({ ...facts, knownBot: deps.findKnownBot(facts.userAgent) }, [event]),
    event,
  });
}
