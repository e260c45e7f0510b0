import type { AttributionReady, AttributionRow } from "#contract/attribution.ts";
import {
  RULE_MODELS,
  sumCreditIn,
  groupCredit,
  type Credit,
  type DayCredit,
} from "#core/attribution/credit.ts";
import { isDataDriven, type Model } from "#core/attribution/models.ts";
import { isTooFew } from "#core/attribution/interval.ts";
import { creditSpread } from "#core/attribution/model-spread.ts";
import { foldRows, MOST_CAMPAIGNS } from "#core/report/fold-rows.ts";
import type { ReportHowComputed } from "#core/report/report-basis.ts";
import type { ReportAttribution, ReportAttributionRow, ReportCredit } from "#core/report/report-tables.ts";
import type { SiteFacts } from "./site-facts.ts";
import { shownModels } from "./site-question.ts";

/**
 * Credit by every model that is shown. A report about some campaigns names those alone and sums the others up, with the
 * site's totals; `isOwnOnly`: for somebody outside, whose business the site's other revenue is not, it is of those alone.
 */
export function composeAttribution(
  facts: SiteFacts,
  { isOwnOnly }: { isOwnOnly: boolean },
): ReportAttribution {
  const { options, own } = facts.question;
  const models = facts.answer
    ? shownModels(options.model).filter((model) => facts.answer?.models.includes(model))
    : [...RULE_MODELS];
  const rows = facts.answer ? answeredRows(facts.answer, models) : keptRows(facts);
  const keys = new Set(own.map(({ publicId }) => publicId));
  const shown = isOwnOnly ? rows.filter(isOf(keys)) : own.length === 0 ? rows : ownAndOthers(rows, keys);
  return {
    by: "campaign",
    lookbackDays: options.lookbackDays,
    models,
    rows: folded(shown.toSorted(byKind)),
    totals: models.map((_, n) => sumCredits(shown.map(({ credits }) => credits[n]))),
  };
}

/** Share of what no touchpoint earned; null where there is nothing to share. */
export function unattributedShare(facts: SiteFacts): ReportHowComputed["unattributedShare"] {
  const { whole, none } = facts.answer ? answeredShare(facts.answer, facts) : keptShare(facts);
  return {
    conversions: whole.conversions === 0 ? null : none.conversions / whole.conversions,
    revenue:
      whole.revenueMinor <= 0 || whole.isRevenueForeign ? null : none.revenueMinor / whole.revenueMinor,
  };
}

function answeredShare({ totals }: AttributionReady, { question }: SiteFacts) {
  const set = isDataDriven(question.options.model) ? totals.dataDriven : totals.rules;
  return { whole: totals, none: set.unattributed };
}

function keptShare(facts: SiteFacts) {
  const { credit, currency } = facts.current.facts;
  const options = { model: "last", currency } as const;
  return {
    whole: sumCreditIn(credit, options),
    none: sumCreditIn(
      credit.filter(({ isUnattributed }) => isUnattributed),
      options,
    ),
  };
}

function answeredRows({ rows }: AttributionReady, models: readonly Model[]): ReportAttributionRow[] {
  return rows.map((row) => {
    const credits = models.map((model) => creditOf(row.credits[model]));
    return {
      kind: row.kind === "other" ? "others" : row.kind,
      ...(row.kind === "group" ? { key: row.key ?? "", name: row.name } : { key: "", name: "" }),
      credits,
      tooFew: Object.values(row.credits).every(({ tooFew }) => tooFew),
      verdict: row.kind === "group" ? verdictOf(row, models) : null,
    };
  });
}

function creditOf(credit: AttributionRow["credits"][Model]): ReportCredit {
  const { conversions = 0, revenueMinor = 0 } = credit ?? {};
  return {
    conversions,
    revenueMinor,
    conversionsInterval: credit?.conversionsInterval ?? null,
    revenueInterval: credit?.revenueInterval ?? null,
  };
}

/**
 * Of the models that stand beside it, on conversions and revenue: they agree when they do on both. On conversions alone
 * where not all of the revenue is known.
 */
function verdictOf({ credits }: AttributionRow, models: readonly Model[]): ReportAttributionRow["verdict"] {
  const shown = models.flatMap((model) => {
    const credit = credits[model];
    return credit ? [[model, credit] as const] : [];
  });
  const spread = creditSpread(new Map(shown));
  if (spread === null) return null;
  const { conversions, revenueMinor } = spread;
  const isUnknown = shown.some(([, { isRevenueForeign }]) => isRevenueForeign);
  return conversions.verdict === "agree" && !isUnknown ? revenueMinor.verdict : conversions.verdict;
}

/** Of kept credit: three models, without intervals. */
function keptRows(facts: SiteFacts): ReportAttributionRow[] {
  const { campaigns, credit, currency } = facts.current.facts;
  const names = new Map(campaigns.map((campaign) => [campaign.id, campaign]));
  const keyOf = ({ isUnattributed, campaignId }: DayCredit): string => {
    if (isUnattributed) return "unattributed";
    return campaignId !== null && names.has(campaignId) ? String(campaignId) : "none";
  };
  return [...groupCredit(credit, keyOf)].map(([key, members]) => {
    const campaign = names.get(Number(key));
    const credits = RULE_MODELS.map((model) => shownCredit(sumCreditIn(members, { model, currency })));
    const kind = campaign ? "group" : key === "unattributed" ? "unattributed" : "none";
    return {
      kind,
      key: campaign?.publicId ?? "",
      name: campaign?.name ?? "",
      credits,
      tooFew: credits.every(({ conversions }) => isTooFew(conversions)),
      verdict: null,
    };
  });
}

function shownCredit({ conversions, revenueMinor }: Credit): ReportCredit {
  return { conversions, revenueMinor, conversionsInterval: null, revenueInterval: null };
}

/** The largest are named, as in the table of campaigns; those beyond join the others. */
function folded(rows: readonly ReportAttributionRow[]): ReportAttributionRow[] {
  const isGroup = ({ kind }: ReportAttributionRow) => kind === "group";
  const { named, others } = foldRows(rows.filter(isGroup), MOST_CAMPAIGNS);
  const rest = rows.filter((row) => !isGroup(row));
  if (others.length === 0) return [...named, ...rest];
  const beyond = [...others, ...rest.filter(({ kind }) => kind === "others")];
  return [...named, othersRow(beyond), ...rest.filter(({ kind }) => kind !== "others")];
}

function othersRow(rows: readonly ReportAttributionRow[]): ReportAttributionRow {
  const [first] = rows;
  const credits = (first?.credits ?? []).map((_, n) => sumCredits(rows.map((row) => row.credits[n])));
  return { kind: "others", key: "", name: "", credits, tooFew: false, verdict: null };
}

function isOf(own: ReadonlySet<string>): (row: ReportAttributionRow) => boolean {
  return ({ kind, key }) => kind === "group" && own.has(key);
}

function ownAndOthers(
  rows: readonly ReportAttributionRow[],
  own: ReadonlySet<string>,
): ReportAttributionRow[] {
  const isOwn = isOf(own);
  const isOther = (row: ReportAttributionRow) =>
    row.kind === "others" || (row.kind === "group" && !isOwn(row));
  const others = rows.filter(isOther);
  return others.length === 0 ? [...rows] : [...rows.filter((row) => !isOther(row)), othersRow(others)];
}

function sumCredits(credits: readonly (ReportCredit | undefined)[]): ReportCredit {
  const sum = (of: (credit: ReportCredit) => number) =>
    credits.reduce((total, credit) => total + (credit ? of(credit) : 0), 0);
  return {
    conversions: tidy(sum(({ conversions }) => conversions)),
    revenueMinor: sum(({ revenueMinor }) => revenueMinor),
    conversionsInterval: null,
    revenueInterval: null,
  };
}

const ORDER = { group: 0, others: 1, none: 2, unattributed: 3 };

function byKind(a: ReportAttributionRow, b: ReportAttributionRow): number {
  return ORDER[a.kind] - ORDER[b.kind];
}

/** Thirds that add up to a whole number differ from it by rounding noise only. */
function tidy(conversions: number): number {
  const whole = Math.round(conversions);
  return Math.abs(conversions - whole) < 1e-9 ? whole : conversions;
}
