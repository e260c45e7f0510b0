import type { CreditedTouchpoint } from "#contract/glass-box.ts";
import type { ExplainedTouch } from "#core/attribution/explain-item.ts";
import type { Touch } from "#core/attribution/journey.ts";
import { sourceLabel } from "#core/campaigns/source-label.ts";
import type { ItemTouchpoint } from "#db/queries/attribution/item-touchpoints.ts";
import type { NameGroup } from "./group-names.ts";

/** No stored text is empty, so that this is no group's key. */
const NO_GROUP = "";

/** A contact as core sees it, with what is shown of it. */
export type FactTouch<Facts extends ItemTouchpoint = ItemTouchpoint> = Touch & { facts: Facts };

/** A stored contact as core judges it. */
export function touchOf<Facts extends ItemTouchpoint>(facts: Facts): FactTouch<Facts> {
  return {
    id: facts.touchpointId,
    atMs: facts.atMs,
    rank: facts.rank,
    group: facts.key ?? NO_GROUP,
    isDirect: facts.channel === "direct",
    isUnclaimed: facts.rank > 0 && facts.campaign === null,
    facts,
  };
}

export type ShownTouchpoint = Omit<CreditedTouchpoint, "credit" | "isOfGroup">;

/** What is shown of a contact: everything but its visitor. */
export function showTouchpoint(
  { touch, exclusion, place }: Pick<ExplainedTouch<FactTouch>, "touch" | "exclusion" | "place">,
  { convertedAtMs, nameGroup }: { convertedAtMs: number; nameGroup: NameGroup },
): ShownTouchpoint {
  const { facts } = touch;
  return {
    place,
    at: new Date(facts.atMs).toISOString(),
    ageMs: convertedAtMs - facts.atMs,
    kind: facts.rank > 0 ? "promo_code" : "visit",
    channel: facts.channel,
    campaign: facts.campaign,
    source: sourceLabel(facts.source),
    landingPage: facts.page,
    group: nameGroup(facts.key),
    exclusion,
  };
}
