import type { Credit, CreditIn } from "#core/attribution/credit.ts";
import { parseChannel } from "#core/channels/channel.ts";
import { groupRows } from "#core/lists/group-rows.ts";
import type { ReportChannelRow, ReportFigures } from "#core/report/report-tables.ts";
import { channelRows as analyticsChannels } from "#usecases/analytics/figures.ts";
import { groupTraffic, type GroupTraffic } from "#usecases/analytics/united-traffic.ts";
import { isKept } from "./range-credit.ts";
import { creditSum, viewOf } from "./range-figures.ts";
import { missingTraffic, sumRows } from "./compose-campaigns.ts";
import type { SiteFacts } from "./site-facts.ts";

/**
 * A row for every channel with traffic or credit, and one for what no touchpoint earned. Null where the model says
 * nothing of the channels of single campaigns.
 */
export function channelRows(facts: SiteFacts): ReportChannelRow[] | null {
  const { options, own } = facts.question;
  const { whole } = viewOf(facts.current, facts).traffic;
  if (!isKept(options.model)) return own.length > 0 ? null : withRest(answeredChannels(facts), whole);
  const { current } = facts;
  const ids = new Set(own.map(({ id }) => id));
  const { currency } = current.facts;
  const credit = current.facts.credit.filter(
    ({ campaignId }) => ids.size === 0 || (campaignId !== null && ids.has(campaignId)),
  );
  const asked = { model: options.model, currency };
  const rows = analyticsChannels(trafficOf(facts), credit, asked).map(shownRow);
  const view = viewOf(current, facts);
  const attributed = view.whole.filter(({ isUnattributed }) => !isUnattributed);
  const shown = withRest(adjusted(rows, creditSum(attributed, view).revenueMinor), whole);
  return [...shown, ...unattributedRow(facts)];
}

/** Traffic of channels beyond those that a day keeps apart is unassigned. */
function withRest(
  rows: readonly ReportChannelRow[],
  whole: Pick<ReportFigures, "clicks" | "impressions">,
): ReportChannelRow[] {
  const missing = missingTraffic(whole, rows);
  if (missing.clicks === 0 && missing.impressions === 0) return [...rows];
  const rest = { kind: "group", channel: "unassigned", ...NOBODY, conversions: 0, revenueMinor: 0 } as const;
  const isRest = (row: ReportChannelRow) => row.kind === "group" && row.channel === "unassigned";
  const all = rows.some(isRest) ? rows : [...rows, rest];
  return all.map((row) =>
    isRest(row)
      ? { ...row, clicks: row.clicks + missing.clicks, impressions: row.impressions + missing.impressions }
      : row,
  );
}

/** Rows of several sites as one table. */
export function mergedChannels(tables: readonly ReportChannelRow[][]): ReportChannelRow[] {
  const groups = groupRows(tables.flat(), ({ kind, channel }) => `${kind} ${channel}`);
  const rows = [...groups.values()].flatMap((members): ReportChannelRow[] => {
    const [first] = members;
    return first ? [{ kind: first.kind, channel: first.channel, ...sumRows(members) }] : [];
  });
  return rows.toSorted(byWorth);
}

function trafficOf({ question, current }: SiteFacts): GroupTraffic[] {
  if (question.own.length === 0)
    return groupTraffic(current.facts.byChannel, { scope: "site", dimension: "channel" });
  const all = current.traffic.flatMap(({ byChannel }) =>
    groupTraffic(byChannel, { scope: "campaign", dimension: "channel" }),
  );
  return [...groupRows(all, ({ key }) => key)].map(([key, rows]) => {
    const sum = (of: (row: GroupTraffic) => number) => rows.reduce((total, row) => total + of(row), 0);
    return {
      key,
      impressions: sum((row) => row.impressions),
      clicks: sum((row) => row.clicks),
      sessions: sum((row) => row.sessions),
      visitors: sum((row) => row.visitors),
    };
  });
}

/**
 * Each table splits a day's foreign money at its own finest rows (docs/decisions/0012), so that those of channels and of
 * campaigns may lie a cent a day apart: the largest channel takes it, and the report adds up.
 */
function adjusted(rows: readonly ReportChannelRow[], revenueMinor: number): ReportChannelRow[] {
  const missing = revenueMinor - sumRows(rows).revenueMinor;
  if (missing === 0 || rows.length === 0) return [...rows];
  const largest = rows.reduce((best, row) => (row.revenueMinor > best.revenueMinor ? row : best));
  return rows.map((row) => (row === largest ? { ...row, revenueMinor: row.revenueMinor + missing } : row));
}

function unattributedRow(facts: SiteFacts): ReportChannelRow[] {
  if (facts.question.own.length > 0) return [];
  const view = viewOf(facts.current, facts);
  const rows = view.whole.filter(({ isUnattributed }) => isUnattributed);
  return restOf(creditSum(rows, view));
}

function restOf(sum: CreditIn): ReportChannelRow[] {
  if (sum.conversions === 0 && sum.revenueMinor === 0 && !sum.isRevenueForeign) return [];
  return [{ kind: "unattributed", channel: "unassigned", ...NOBODY, ...sum }];
}

const NOBODY: Omit<ReportFigures, "conversions" | "revenueMinor"> = {
  visitors: 0,
  clicks: 0,
  impressions: 0,
  spendMinor: null,
};

type Credits = Map<string, CreditIn>;
const NO_CREDIT: CreditIn = { conversions: 0, revenueMinor: 0, isRevenueForeign: false };

/** What each channel earned under the report's model; '': what no touchpoint did. */
function answeredCredits({ question, byChannel }: SiteFacts): Credits {
  const credits: Credits = new Map();
  for (const { kind, key, credits: earned } of byChannel?.rows ?? []) {
    const name = kind === "unattributed" ? "" : (parseChannel(key ?? "unassigned") ?? "unassigned");
    credits.set(name, together(credits.get(name) ?? NO_CREDIT, earned[question.options.model] ?? NO_CREDIT));
  }
  return credits;
}

function together(a: CreditIn, b: Credit & { isRevenueForeign?: boolean | undefined }): CreditIn {
  return {
    conversions: a.conversions + b.conversions,
    revenueMinor: a.revenueMinor + b.revenueMinor,
    isRevenueForeign: a.isRevenueForeign || b.isRevenueForeign === true,
  };
}

function answeredChannels(facts: SiteFacts): ReportChannelRow[] {
  const traffic = groupTraffic(facts.current.facts.byChannel, { scope: "site", dimension: "channel" });
  const trafficByKey = new Map(traffic.map((row) => [row.key, row]));
  const credits = answeredCredits(facts);
  const channels = new Set([...trafficByKey.keys(), ...credits.keys()].filter((channel) => channel !== ""));
  const rows = [...channels].map((channel): ReportChannelRow => {
    const { impressions, clicks, visitors } = trafficByKey.get(channel) ?? NOBODY;
    const earned = credits.get(channel) ?? NO_CREDIT;
    return { kind: "group", channel, impressions, clicks, visitors, ...earned, spendMinor: null };
  });
  return [...rows.toSorted(byWorth), ...restOf(credits.get("") ?? NO_CREDIT)];
}

function shownRow(row: ReturnType<typeof analyticsChannels>[number]): ReportChannelRow {
  const { sessions: _, ...figures } = row;
  // Spend belongs to campaigns, not to channels.
  return { kind: "group", ...figures, spendMinor: null };
}

const LAST = { group: 0, unattributed: 1 };

function byWorth(a: ReportChannelRow, b: ReportChannelRow): number {
  return (
    LAST[a.kind] - LAST[b.kind] ||
    b.revenueMinor - a.revenueMinor ||
    b.visitors - a.visitors ||
    (a.channel < b.channel ? -1 : 1)
  );
}
