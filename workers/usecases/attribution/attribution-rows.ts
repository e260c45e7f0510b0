import type { AttributionRow, ModelCredit } from "#contract/attribution.ts";
import type { GroupKind } from "#contract/glass-box.ts";
import { CHANNEL_LABELS, parseChannel } from "#core/channels/channel.ts";
import { groupRows } from "#core/lists/group-rows.ts";
import type { Grouping } from "#core/attribution/grouping.ts";
import { cpaInterval, isTooFew, roasInterval, type Interval } from "#core/attribution/interval.ts";
import { creditSpread } from "#core/attribution/model-spread.ts";
import { MODELS, type Model } from "#core/attribution/models.ts";
import { cpa, roas, roi } from "#core/roi/ratios.ts";
import type { CampaignName, SpendDay } from "#db/queries/analytics/load-analytics.ts";
import { spendOf } from "#usecases/analytics/figures.ts";
import type { CreditGroup, EarnedCredit } from "./credit-groups.ts";

export type RowFacts = {
  by: Grouping;
  currency: string;
  campaigns: readonly CampaignName[];
  spend: readonly SpendDay[];
  /** Host and path by page id. */
  pages: ReadonlyMap<string, string>;
};

/** A site may have ten thousand campaigns: nothing is searched for each of them. */
type RowLookup = RowFacts & {
  spendByCampaign: ReadonlyMap<string, readonly SpendDay[]>;
  /** Of campaigns that have no row of their own. */
  restSpend: readonly SpendDay[];
  campaignById: ReadonlyMap<string, CampaignName>;
};

type Spend = ReturnType<typeof spendOf>;

/**
 * A row for each group that earned something or cost something, the one with most linear revenue first. Where the smallest
 * are one row, "(other)", it has the spend of all campaigns without a row of their own.
 */
export function attributionRows(groups: readonly CreditGroup[], facts: RowFacts): AttributionRow[] {
  const known = new Set(groups.flatMap(({ kind, key }) => (kind === "group" && key !== null ? [key] : [])));
  const hasRest = groups.some(({ kind }) => kind === "other");
  // Which of those without a row are among the rest, and which earned nothing, nobody has counted: the rest has their cost.
  const all = facts.by === "campaign" && !hasRest ? [...groups, ...unearned(groups, facts)] : groups;
  const lookup: RowLookup = {
    ...facts,
    spendByCampaign: groupRows(facts.spend, ({ campaignId }) => String(campaignId)),
    restSpend: facts.spend.filter(({ campaignId }) => !known.has(String(campaignId))),
    campaignById: new Map(facts.campaigns.map((campaign) => [String(campaign.id), campaign])),
  };
  return all.map((group) => row(group, lookup)).toSorted(byWorth("linear"));
}

/** What cost money stays, also when it earned nothing. */
function unearned(groups: readonly CreditGroup[], { campaigns, spend }: RowFacts): CreditGroup[] {
  const known = new Set(groups.map(({ key }) => key));
  const models = new Set(groups.flatMap(({ credits }) => [...credits.keys()]));
  const paid = new Set(spend.map(({ campaignId }) => campaignId));
  return campaigns
    .filter(({ id }) => paid.has(id) && !known.has(String(id)))
    .map(({ id }) => ({
      kind: "group",
      key: String(id),
      credits: new Map([...models].map((model) => [model, NOTHING_EARNED])),
    }));
}

const AT_NOTHING: Interval = { low: 0, high: 0 };
const NOTHING_EARNED: EarnedCredit = {
  conversions: 0,
  conversionsInterval: AT_NOTHING,
  revenueMinor: 0,
  revenueInterval: AT_NOTHING,
  convertingJourneys: 0,
  isRevenueForeign: false,
};

function row(group: CreditGroup, facts: RowLookup): AttributionRow {
  const { kind, key, credits } = group;
  const spend = spendFor(group, facts);
  const models = MODELS.filter((model) => credits.has(model));
  return {
    ...nameOf(kind, key, facts),
    spendMinor: spend.spendMinor,
    credits: Object.fromEntries(
      models.map((model) => [model, modelCredit(credits.get(model) ?? NOTHING_EARNED, spend)]),
    ),
    spread: creditSpread(credits),
  };
}

function spendFor({ kind, key }: CreditGroup, facts: RowLookup): Spend {
  const { by, spendByCampaign, restSpend, currency } = facts;
  if (by === "campaign" && kind === "group") return spendOf(spendByCampaign.get(key ?? "") ?? [], currency);
  if (by === "campaign" && kind === "other") return spendOf(restSpend, currency);
  return { spendMinor: null, isSpendForeign: false };
}

function modelCredit(earned: EarnedCredit, spend: Spend): ModelCredit {
  const { conversions, conversionsInterval, revenueMinor, revenueInterval, convertingJourneys } = earned;
  const { isRevenueForeign } = earned;
  const money = { conversions, revenueMinor, isRevenueForeign, ...spend };
  const figures = { impressions: 0, clicks: 0, visitors: 0, ...money };
  const { spendMinor } = spend;
  const hasRange = spendMinor !== null && revenueInterval !== null && !isRevenueForeign;
  const roasRange = hasRange ? roasInterval(revenueInterval, spendMinor) : null;
  return {
    conversions,
    conversionsInterval,
    revenueMinor,
    isRevenueForeign,
    revenueInterval,
    cpa: cpa(figures),
    cpaInterval:
      spendMinor === null || conversionsInterval === null
        ? null
        : cpaInterval(spendMinor, conversionsInterval),
    roas: roas(figures),
    roasInterval: roasRange,
    roi: roi(figures),
    roiInterval: roasRange && { low: roasRange.low - 1, high: roasRange.high - 1 },
    ...(earned.removalEffect === undefined ? {} : { removalEffect: earned.removalEffect }),
    convertingJourneys,
    tooFew: isTooFew(convertingJourneys),
  };
}

function nameOf(
  kind: GroupKind,
  key: string | null,
  facts: RowLookup,
): Pick<AttributionRow, "kind" | "key" | "name"> {
  switch (kind) {
    case "unattributed":
      return { kind, key: null, name: "(unattributed)" };
    case "other":
      return { kind, key: null, name: "(other)" };
    case "none":
      return { kind, key: null, name: NO_GROUP[facts.by] };
    case "group":
      return groupName(key ?? "", facts);
  }
}

const NO_GROUP: Readonly<Record<Grouping, string>> = {
  campaign: "(no campaign)",
  channel: "(no channel)",
  source: "(no source)",
  creative: "(no creative)",
  landing_page: "(no landing page)",
};

function groupName(
  key: string,
  { by, campaignById, pages }: RowLookup,
): Pick<AttributionRow, "kind" | "key" | "name"> {
  if (by === "campaign") {
    const campaign = campaignById.get(key);
    return campaign
      ? { kind: "group", key: campaign.publicId, name: campaign.name }
      : { kind: "none", key: null, name: NO_GROUP.campaign };
  }
  if (by === "channel") {
    const code = parseChannel(key) ?? "unassigned";
    return { kind: "group", key: code, name: CHANNEL_LABELS[code] };
  }
  return { kind: "group", key, name: by === "landing_page" ? (pages.get(key) ?? key) : key };
}

const KIND_ORDER: Readonly<Record<GroupKind, number>> = { group: 0, other: 1, none: 2, unattributed: 3 };

/** What comes first: groups before the rest, and of each kind what earned most under the model. */
export function byWorth(model: Model): (a: AttributionRow, b: AttributionRow) => number {
  const worth = ({ credits }: AttributionRow, field: "revenueMinor" | "conversions") =>
    credits[model]?.[field] ?? 0;
  return (a, b) =>
    KIND_ORDER[a.kind] - KIND_ORDER[b.kind] ||
    worth(b, "revenueMinor") - worth(a, "revenueMinor") ||
    worth(b, "conversions") - worth(a, "conversions") ||
    (a.name < b.name ? -1 : 1);
}
