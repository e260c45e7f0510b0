import type { Basis } from "#contract/analytics.ts";
import { CHANNEL_LABELS, parseChannel } from "#core/channels/channel.ts";
import {
  groupCredit,
  RULE_MODELS,
  sumCreditIn,
  type Credit,
  type DayCredit,
} from "#core/attribution/credit.ts";
import { ok, type Result } from "#core/result.ts";
import type { AnalyticsFacts } from "#db/queries/analytics/load-analytics.ts";
import type { AnalyticsDeps, AnalyticsFailure, AnalyticsInput } from "#usecases/analytics/analytics-input.ts";
import { basisOf } from "#usecases/analytics/basis-of.ts";
import { loadRanges } from "#usecases/analytics/load-ranges.ts";

/** `kind`: a group that earned credit, contacts outside every campaign, or conversions with no eligible touchpoint. */
export type RuleCreditRow = {
  kind: "group" | "none" | "unattributed";
  /** Campaign id or channel code; null for the other kinds. */
  key: string | null;
  name: string;
} & Record<(typeof RULE_MODELS)[number], Credit>;

export type RuleCredit = {
  siteId: string;
  by: "campaign" | "channel";
  range: { from: string; to: string };
  basis: Omit<Basis, "model">;
  models: (typeof RULE_MODELS)[number][];
  rows: RuleCreditRow[];
  /** Equal for every model: all conversions of the range, unattributed included. */
  total: Credit;
};

export type RuleCreditInput = Omit<AnalyticsInput, "model" | "compare"> & { by: "campaign" | "channel" };

/**
 * Credit of a range under first, last and linear touch, from the credit that is kept for each day. The rows of each model add up to the same total: what no
 * campaign and what no touchpoint earned has rows of its own.
 */
export async function getRuleCredit(
  deps: AnalyticsDeps,
  input: RuleCreditInput,
): Promise<Result<RuleCredit, AnalyticsFailure>> {
  const asked: AnalyticsInput = { ...input, model: "last", compare: "none" };
  const ranges = await loadRanges(deps, asked, null);
  if (!ranges.ok) return ranges;
  const facts = ranges.value.current;
  const { model: _, ...basis } = basisOf(facts, asked, deps.clock.now());
  return ok({
    siteId: input.site.publicId,
    by: input.by,
    range: { from: input.from, to: input.to },
    basis,
    models: [...RULE_MODELS],
    rows: ruleCreditRows(facts, input.by),
    total: sumCreditIn(facts.credit, { model: "last", currency: facts.currency }),
  });
}

type Group = Pick<RuleCreditRow, "kind" | "key" | "name">;

function ruleCreditRows(
  { credit, campaigns, currency }: AnalyticsFacts,
  by: RuleCreditInput["by"],
): RuleCreditRow[] {
  const names = new Map(campaigns.map(({ id, publicId, name }) => [id, { publicId, name }]));
  const describe = (row: DayCredit): Group => {
    if (row.isUnattributed) return { kind: "unattributed", key: null, name: "(unattributed)" };
    if (by === "channel") return channelGroup(row.channel);
    const campaign = row.campaignId === null ? undefined : names.get(row.campaignId);
    return campaign
      ? { kind: "group", key: campaign.publicId, name: campaign.name }
      : { kind: "none", key: null, name: "(no campaign)" };
  };
  const groups = groupCredit(credit, (row) => JSON.stringify(describe(row)));
  const rows = [...groups].map(([group, members]): RuleCreditRow => ({
    ...(JSON.parse(group) as Group),
    first: sumCreditIn(members, { model: "first", currency }),
    last: sumCreditIn(members, { model: "last", currency }),
    linear: sumCreditIn(members, { model: "linear", currency }),
  }));
  return rows.toSorted(byWorth);
}

function channelGroup(channel: string | null): Group {
  const known = parseChannel(channel ?? "unassigned") ?? "unassigned";
  return { kind: "group", key: known, name: CHANNEL_LABELS[known] };
}

const KIND_ORDER = { group: 0, none: 1, unattributed: 2 };

function byWorth(a: RuleCreditRow, b: RuleCreditRow): number {
  return (
    KIND_ORDER[a.kind] - KIND_ORDER[b.kind] ||
    b.linear.revenueMinor - a.linear.revenueMinor ||
    b.linear.conversions - a.linear.conversions ||
    (a.name < b.name ? -1 : 1)
  );
}
