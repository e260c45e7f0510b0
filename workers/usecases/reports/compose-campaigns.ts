import type { AttributionRow } from "#contract/attribution.ts";
import type { PacingRow } from "#contract/spend.ts";
import { groupCredit, type CreditIn, type DayCredit } from "#core/attribution/credit.ts";
import { isTooFew } from "#core/attribution/interval.ts";
import { groupRows } from "#core/lists/group-rows.ts";
import { foldRows, MOST_CAMPAIGNS } from "#core/report/fold-rows.ts";
import type { ReportCampaignMoney, ReportCampaignRow, ReportFigures } from "#core/report/report-tables.ts";
import type { MarginFigures } from "#core/roi/margin.ts";
import type { CampaignName } from "#db/queries/analytics/load-analytics.ts";
import { moneyFigures, moneyRatios } from "#usecases/analytics/figures.ts";
import { groupTraffic, rangeTraffic } from "#usecases/analytics/united-traffic.ts";
import { creditSum, optionsOf, viewOf, type RangeView } from "./range-figures.ts";
import type { SiteFacts } from "./site-facts.ts";

type Traffic = Pick<ReportFigures, "impressions" | "clicks" | "visitors">;
const NO_TRAFFIC: Traffic = { impressions: 0, clicks: 0, visitors: 0 };

/** The order of a table of campaigns: what cost most, or what earned most, first. */
export type CampaignOrder = "spend" | "revenue";

/**
 * A row for every campaign that cost, earned or brought something, and for what is in none; of a report about some
 * campaigns, their rows alone. The largest are named, all others are one row: totals hold them all.
 */
export function campaignRows(facts: SiteFacts, order: CampaignOrder): ReportCampaignRow[] {
  const view = viewOf(facts.current, facts);
  const rows = namedRows(facts, view).toSorted(byWorth(order));
  const { named, others } = foldRows(rows, MOST_CAMPAIGNS);
  const shown = [...named, ...(others.length === 0 ? [] : [foldedRow(others)])];
  return facts.question.own.length === 0 ? [...shown, ...restRows(facts, view, shown)] : shown;
}

/** Clicks and impressions that rows lack of a whole: of what is in none of them. */
export function missingTraffic(
  whole: Pick<ReportFigures, "clicks" | "impressions">,
  rows: readonly ReportFigures[],
): Pick<ReportFigures, "clicks" | "impressions"> {
  const { clicks, impressions } = sumRows(rows);
  // Rollups of hours may be ahead of those of days for a minute: then nothing is missing.
  return {
    clicks: Math.max(0, whole.clicks - clicks),
    impressions: Math.max(0, whole.impressions - impressions),
  };
}

/** Rows of several sites as one table. */
export function mergedRows(
  tables: readonly ReportCampaignRow[][],
  order: CampaignOrder,
): ReportCampaignRow[] {
  const all = tables.flat();
  const ofKind = (kind: ReportCampaignRow["kind"]) => all.filter((row) => row.kind === kind);
  const { named, others } = foldRows(ofKind("group").toSorted(byWorth(order)), MOST_CAMPAIGNS);
  const folded = [...others, ...ofKind("others")];
  const rest = (["none", "unattributed"] as const).flatMap((kind) => {
    const rows = ofKind(kind);
    return rows.length === 0 ? [] : [{ ...NOBODY, kind, ...sumRows(rows) }];
  });
  return [...named, ...(folded.length === 0 ? [] : [foldedRow(folded)]), ...rest];
}

/** What rows come to; visitors as they are added up. */
export function sumRows(rows: readonly ReportFigures[]): ReportFigures {
  const sum = (of: (row: ReportFigures) => number) => rows.reduce((total, row) => total + of(row), 0);
  const spent = rows.flatMap(({ spendMinor }) => (spendMinor === null ? [] : [spendMinor]));
  return {
    visitors: sum((row) => row.visitors),
    clicks: sum((row) => row.clicks),
    impressions: sum((row) => row.impressions),
    conversions: tidy(sum((row) => row.conversions)),
    revenueMinor: sum((row) => row.revenueMinor),
    isRevenueForeign: rows.some((row) => row.isRevenueForeign === true),
    spendMinor: spent.length === 0 ? null : spent.reduce((total, minor) => total + minor, 0),
  };
}

const NOBODY = {
  name: "",
  channel: null,
  conversionsInterval: null,
  revenueInterval: null,
  tooFew: false,
  money: null,
} as const;

function foldedRow(rows: readonly ReportCampaignRow[]): ReportCampaignRow {
  return { ...NOBODY, kind: "others", ...sumRows(rows) };
}

function namedRows(facts: SiteFacts, view: RangeView): ReportCampaignRow[] {
  const { question, current } = facts;
  const own = new Set(question.own.map(({ id }) => id));
  const isAbout = ({ id }: CampaignName) => own.size === 0 || own.has(id);
  const creditOf = groupCredit(view.groups, ({ campaignId }) => campaignId);
  const spendOfAll = groupRows(view.spend, ({ campaignId }) => campaignId);
  const trafficOf = trafficByCampaign(facts);
  const lookup: Lookup = {
    answered: new Map((facts.answer?.rows ?? []).map((row) => [row.key, row])),
    pacing: new Map(facts.pacing.map((row) => [row.campaignId, row])),
  };
  return current.facts.campaigns.filter(isAbout).flatMap((campaign) => {
    const credit = creditOf.get(campaign.id) ?? [];
    const spend = spendOfAll.get(campaign.id) ?? [];
    const traffic = trafficOf.get(campaign.id) ?? NO_TRAFFIC;
    const isSilent = credit.length === 0 && spend.length === 0 && traffic === NO_TRAFFIC;
    return isSilent && own.size === 0
      ? []
      : [campaignRow(facts, view, { campaign, credit, spend, traffic, lookup })];
  });
}

/** A site may have ten thousand campaigns: nothing is searched for each of them. */
type Lookup = {
  answered: ReadonlyMap<string | null, AttributionRow>;
  pacing: ReadonlyMap<string, PacingRow>;
};

type OneCampaign = {
  lookup: Lookup;
  campaign: CampaignName;
  credit: DayCredit[];
  spend: RangeView["spend"];
  traffic: Traffic;
};

function campaignRow(facts: SiteFacts, view: RangeView, one: OneCampaign): ReportCampaignRow {
  const { campaign, credit, spend, traffic, lookup } = one;
  const money = { credit, spend, margins: { ...view.margins, whole: view.margins.of(campaign.id) } };
  const figures = moneyFigures(money, optionsOf(view));
  const earned = lookup.answered.get(campaign.publicId)?.credits[facts.question.options.model];
  return {
    kind: "group",
    name: campaign.name,
    channel: campaign.channel,
    ...traffic,
    conversions: figures.conversions,
    revenueMinor: figures.revenueMinor,
    isRevenueForeign: figures.isRevenueForeign,
    spendMinor: figures.spendMinor,
    conversionsInterval: earned?.conversionsInterval ?? null,
    revenueInterval: earned?.revenueInterval ?? null,
    tooFew: earned?.tooFew ?? isTooFew(figures.conversions),
    money: facts.question.withPacing
      ? moneyOf(facts, view, { ...one, money, figures: { ...traffic, ...figures } })
      : null,
  };
}

type CampaignMoney = OneCampaign & {
  money: Pick<RangeView, "spend" | "margins"> & { credit: DayCredit[] };
  figures: MarginFigures;
};

function moneyOf(facts: SiteFacts, view: RangeView, one: CampaignMoney): ReportCampaignMoney {
  const { campaign, money, figures, lookup } = one;
  const ratios = moneyRatios(money, figures, optionsOf(view));
  const pacing = lookup.pacing.get(campaign.publicId);
  return {
    grossProfitMinor: figures.grossProfitMinor,
    roiWithMargin: ratios.roiWithMargin.value,
    breakEvenCpaMinor: ratios.breakEvenCpa.value,
    paybackDays: facts.current.credit.isDaily ? ratios.paybackDays.value : null,
    budgetSpent: pacing?.spent.value ?? null,
    pace: pacing?.pace.value ?? null,
  };
}

/** A report about some campaigns has their own pages' traffic; one about a site that of its parts. */
function trafficByCampaign({ question, current }: SiteFacts): ReadonlyMap<number, Traffic> {
  if (question.own.length > 0)
    return new Map(
      current.traffic.map((campaign) => [
        campaign.campaignId,
        plain(rangeTraffic(campaign, "campaign").whole),
      ]),
    );
  const groups = groupTraffic(current.facts.byCampaign, { scope: "site", dimension: "campaign" });
  return new Map(groups.map((group) => [Number(group.key), plain(group)]));
}

function plain({ impressions, clicks, visitors }: Traffic): Traffic {
  return { impressions, clicks, visitors };
}

/** What no campaign and what no touchpoint earned, where there is some. */
function restRows(
  { current }: SiteFacts,
  view: RangeView,
  shown: readonly ReportCampaignRow[],
): ReportCampaignRow[] {
  const { groups } = view;
  const known = new Set(current.facts.campaigns.map(({ id }) => id));
  const isOutside = ({ campaignId }: DayCredit) => campaignId === null || !known.has(campaignId);
  const none = creditSum(
    groups.filter((row) => !row.isUnattributed && isOutside(row)),
    view,
  );
  const unattributed = creditSum(
    groups.filter(({ isUnattributed }) => isUnattributed),
    view,
  );
  const traffic = { ...NO_TRAFFIC, ...missingTraffic(view.traffic.whole, shown) };
  const isSome = (row: CreditIn) => row.conversions !== 0 || row.revenueMinor !== 0 || row.isRevenueForeign;
  const hasNone = isSome(none) || traffic.clicks > 0 || traffic.impressions > 0;
  return [
    ...(hasNone ? [{ ...NOBODY, kind: "none" as const, ...traffic, ...none, spendMinor: null }] : []),
    ...(isSome(unattributed)
      ? [{ ...NOBODY, kind: "unattributed" as const, ...NO_TRAFFIC, ...unattributed, spendMinor: null }]
      : []),
  ];
}

function byWorth(order: CampaignOrder) {
  return (a: ReportCampaignRow, b: ReportCampaignRow): number =>
    (order === "spend" ? (b.spendMinor ?? 0) - (a.spendMinor ?? 0) : 0) ||
    b.revenueMinor - a.revenueMinor ||
    b.conversions - a.conversions ||
    b.visitors - a.visitors ||
    (a.name < b.name ? -1 : a.name > b.name ? 1 : 0);
}

function tidy(conversions: number): number {
  const whole = Math.round(conversions);
  return Math.abs(conversions - whole) < 1e-9 ? whole : conversions;
}
