import type {
  ReportAttribution,
  ReportAttributionRow,
  ReportCredits,
  ReportHowComputed,
} from "#core/report/report-model.ts";
import type { RuleCredit, RuleCreditRow } from "#usecases/attribution/get-rule-credit.ts";

const NO_CREDIT: ReportCredits = {
  first: { conversions: 0, revenueMinor: 0 },
  last: { conversions: 0, revenueMinor: 0 },
  linear: { conversions: 0, revenueMinor: 0 },
};

export type AttributionScope = {
  /** Public id of the report's campaign; null for the whole site. */
  campaignId: string | null;
  lookbackDays: number;
};

/**
 * Credit by every model. A campaign's report names that campaign only and sums the others up: who gets the report of
 * one need not know what the others are called, but sees the same totals.
 */
export function composeAttribution(attribution: RuleCredit, scope: AttributionScope): ReportAttribution {
  const { total } = attribution;
  const earned = attribution.rows.filter(({ kind }) => kind !== "unattributed");
  const unattributed = attribution.rows.find(({ kind }) => kind === "unattributed");
  return {
    by: attribution.by,
    lookbackDays: scope.lookbackDays,
    models: attribution.models,
    rows: scope.campaignId === null ? earned.map(reportRow) : ownAndOthers(earned, scope.campaignId),
    unattributed: unattributed ? creditsOf(unattributed) : NO_CREDIT,
    totals: { first: total, last: total, linear: total },
  };
}

/** Share of what no touchpoint earned; the same under every model. Null where there is nothing to share. */
export function unattributedShare({ rows, total }: RuleCredit): ReportHowComputed["unattributedShare"] {
  const none = rows.find(({ kind }) => kind === "unattributed")?.last ?? NO_CREDIT.last;
  return {
    conversions: total.conversions === 0 ? null : none.conversions / total.conversions,
    revenue: total.revenueMinor <= 0 ? null : none.revenueMinor / total.revenueMinor,
  };
}

function ownAndOthers(earned: readonly RuleCreditRow[], campaignId: string): ReportAttributionRow[] {
  const own = earned.filter(({ key }) => key === campaignId);
  const none = earned.filter(({ kind }) => kind === "none");
  const others = earned.filter(({ kind, key }) => kind === "group" && key !== campaignId);
  return [
    ...own.map(reportRow),
    ...(others.length === 0
      ? []
      : [{ key: "others", label: "Other campaigns", credits: others.map(creditsOf).reduce(sumOf) }]),
    ...none.map(reportRow),
  ];
}

function reportRow(row: RuleCreditRow): ReportAttributionRow {
  return { key: row.key ?? row.kind, label: row.name, credits: creditsOf(row) };
}

function creditsOf({ first, last, linear }: RuleCreditRow): ReportCredits {
  return { first, last, linear };
}

function sumOf(a: ReportCredits, b: ReportCredits): ReportCredits {
  const plus = (model: keyof ReportCredits) => ({
    conversions: a[model].conversions + b[model].conversions,
    revenueMinor: a[model].revenueMinor + b[model].revenueMinor,
  });
  return { first: plus("first"), last: plus("last"), linear: plus("linear") };
}
