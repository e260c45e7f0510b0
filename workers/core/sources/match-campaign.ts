import type { SourceTuple } from "./source-tuple.ts";
import { CLICK_ID_KINDS } from "./read-source.ts";
import { foldedField, foldPromoCode } from "./source-tuple.ts";

/** What a site's campaigns answer to, by folded value → campaign id (int). Read once for many sources. */
export type CampaignMatchers = {
  /** `cmp_…` and folded names. */
  byName: ReadonlyMap<string, number>;
  bySlug: ReadonlyMap<string, number>;
  byPromoCode: ReadonlyMap<string, number>;
  byUtmPair: ReadonlyMap<string, number>;
  byUtmCampaign: ReadonlyMap<string, number>;
  byClickId: ReadonlyMap<string, number>;
  byReferrer: ReadonlyMap<string, number>;
};

/**
 * The campaign a source belongs to, in the order of product.md §3: short link or explicit campaign → promo code →
 * utm aliases → utm_campaign → click id → referrer rule → none.
 */
export function matchCampaign(tuple: SourceTuple, matchers: CampaignMatchers): number | null {
  return (
    lookUp(matchers.bySlug, tuple.linkSlug) ??
    lookUp(matchers.byName, foldedCampaignName(tuple.namedCampaign)) ??
    lookUp(matchers.byPromoCode, foldPromoCode(tuple.promoCode)) ??
    lookUp(matchers.byUtmPair, utmPair(tuple)) ??
    lookUp(matchers.byUtmCampaign, foldedField(tuple.utmCampaign)) ??
    lookUp(matchers.byClickId, CLICK_ID_KINDS.find((kind) => kind === tuple.clickIdKind) ?? null) ??
    byReferrer(tuple.referrerHost, matchers.byReferrer)
  );
}

/** A public id is kept as it is, a name is folded: ids are case-sensitive, people are not. */
export function foldedCampaignName(name: string | null): string | null {
  if (name === null) return null;
  return name.startsWith("cmp_") ? name : foldedField(name);
}

/** How a utm pair is written in a matcher: `source / medium`, folded; null unless both are said. */
export function utmPair(tuple: Pick<SourceTuple, "utmSource" | "utmMedium">): string | null {
  const source = foldedField(tuple.utmSource);
  const medium = foldedField(tuple.utmMedium);
  return source === null || medium === null ? null : `${source} / ${medium}`;
}

function lookUp(campaigns: ReadonlyMap<string, number>, value: string | null): number | null {
  return value === null ? null : (campaigns.get(value) ?? null);
}

/** A referrer rule holds for the host and everything under it; the longest rule wins. */
function byReferrer(host: string | null, rules: ReadonlyMap<string, number>): number | null {
  for (let rest = host; rest !== null && rest.includes("."); rest = rest.slice(rest.indexOf(".") + 1)) {
    const campaign = rules.get(rest);
    if (campaign !== undefined) return campaign;
  }
  return null;
}
