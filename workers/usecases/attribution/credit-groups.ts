import { RULE_MODELS, type Model, type SummedModel } from "#core/attribution/models.ts";
import type { Interval } from "#core/attribution/interval.ts";
import { sumInterval } from "#core/attribution/interval.ts";
import type { RuleSum, SummedCredit } from "#db/queries/attribution/rule-sums.ts";
import type { GroupKind } from "#contract/glass-box.ts";
import type { RulesPart } from "./compute-parts.ts";
import type { MarkovGroup, MarkovPart } from "./markov-part.ts";

/** What a group earned under one model, before money is set against it. */
export type EarnedCredit = {
  conversions: number;
  conversionsInterval: Interval | null;
  revenueMinor: number;
  revenueInterval: Interval | null;
  removalEffect?: number;
  convertingJourneys: number;
  /** It holds orders or refunds without a rate. */
  isRevenueForeign: boolean;
};

export type CreditGroup = { kind: GroupKind; key: string | null; credits: Map<Model, EarnedCredit> };

export type GroupedParts = { rules: RulesPart; dataDriven: RulesPart; markov: MarkovPart };

type Summed = Exclude<keyof SummedCredit, "isRevenueForeign">;

/**
 * The groups of all parts side by side. Each part names its 500 largest groups: one that another part has among its rest
 * goes with the rest in all of them, so that every column adds up.
 */
export function creditGroups({ rules, dataDriven, markov }: GroupedParts): CreditGroup[] {
  const named = namedInAll([rules.sums, dataDriven.sums]);
  const [byRule, byData] = [sumsByGroup(rules.sums, named), sumsByGroup(dataDriven.sums, named)];
  const chain = markov.kind === "credit" ? chainByGroup(markov.groups, named) : null;
  const ids = new Set([...byRule.keys(), ...byData.keys(), ...(chain?.keys() ?? [])]);
  return [...ids].map((id) => {
    const { kind, key } = JSON.parse(id) as Pick<CreditGroup, "kind" | "key">;
    const credits = new Map<Model, EarnedCredit>();
    const [rule, data] = [byRule.get(id) ?? [], byData.get(id) ?? []];
    for (const model of RULE_MODELS) credits.set(model, earned(rule, model, kind));
    credits.set("shapley", earned(data, "shapley", kind));
    if (chain !== null) {
      const { convertingJourneys } = earned(data, "participation", kind);
      const own = kind === "unattributed" ? earned(data, "shapley", kind) : chain.get(id);
      credits.set("markov", { ...(own ?? earned([], "shapley", kind)), convertingJourneys });
    }
    return { kind, key, credits };
  });
}

/** Keys of the groups that have a row of their own; all others are one row, "(other)". Null: there is no rest. */
export function namedGroups({ rules, dataDriven }: GroupedParts): string[] | null {
  const whole = [rules.sums, dataDriven.sums].filter(hasRest);
  if (whole.length === 0) return null;
  const isNamed = namedInAll(whole);
  return whole.flatMap((sums) => sums.flatMap(({ key }) => (key !== null && isNamed(key) ? [key] : [])));
}

/** Keys that are in no part's rest. A part without a rest names all groups that it has. */
function namedInAll(parts: readonly (readonly RuleSum[])[]): (key: string) => boolean {
  const whole = parts.filter(hasRest);
  const keys = whole.map((sums) => new Set(sums.map(({ key }) => key)));
  return (key) => keys.every((known) => known.has(key));
}

function hasRest(sums: readonly RuleSum[]): boolean {
  return sums.some(({ isOther }) => isOther);
}

type IsNamed = (key: string) => boolean;

function groupId(kind: GroupKind, key: string | null): string {
  return JSON.stringify({ kind, key });
}

function idOf(key: string | null, isNamed: IsNamed): string {
  if (key === null) return groupId("none", null);
  return isNamed(key) ? groupId("group", key) : groupId("other", null);
}

function sumsByGroup(sums: readonly RuleSum[], isNamed: IsNamed): Map<string, RuleSum[]> {
  return groupedBy(sums, ({ isUnattributed, isOther, key }) => {
    if (isUnattributed) return groupId("unattributed", null);
    return isOther ? groupId("other", null) : idOf(key, isNamed);
  });
}

function earned(sums: readonly RuleSum[], model: SummedModel, kind: GroupKind): EarnedCredit {
  const sum = (of: SummedModel, field: Summed) => sums.reduce((total, row) => total + row[of][field], 0);
  const [conversions, revenueMinor] = [sum(model, "conversions"), sum(model, "revenueMinor")];
  // People who met several groups of the rest are in the sums of squares more than once.
  const hasInterval = kind !== "other";
  return {
    conversions: tidy(conversions),
    conversionsInterval: hasInterval
      ? sumInterval({ sum: conversions, sumSquares: sum(model, "conversionsSquared") })
      : null,
    revenueMinor,
    revenueInterval: hasInterval
      ? sumInterval({ sum: revenueMinor, sumSquares: sum(model, "revenueSquared") })
      : null,
    convertingJourneys: sum("participation", "conversions"),
    isRevenueForeign: sums.some((row) => row[model].isRevenueForeign),
  };
}

function chainByGroup(groups: readonly MarkovGroup[], isNamed: IsNamed): Map<string, EarnedCredit> {
  const byId = groupedBy(groups, ({ key }) => idOf(key, isNamed));
  return new Map([...byId].map(([id, members]) => [id, united(members)]));
}

/** One group is as it is; several together have no interval and no removal effect of their own. */
function united(members: readonly MarkovGroup[]): EarnedCredit {
  const [only] = members;
  if (members.length === 1 && only) {
    const { key: _, ...credit } = only;
    return { ...credit, convertingJourneys: 0 };
  }
  const sum = (field: "conversions" | "revenueMinor") =>
    members.reduce((total, group) => total + group[field], 0);
  return {
    conversions: sum("conversions"),
    conversionsInterval: null,
    revenueMinor: sum("revenueMinor"),
    revenueInterval: null,
    convertingJourneys: 0,
    isRevenueForeign: members.some(({ isRevenueForeign }) => isRevenueForeign),
  };
}

function groupedBy<T>(rows: readonly T[], idOf: (row: T) => string): Map<string, T[]> {
  const groups = new Map<string, T[]>();
  for (const row of rows) {
    const id = idOf(row);
    const group = groups.get(id);
    if (group) group.push(row);
    else groups.set(id, [row]);
  }
  return groups;
}

/** Thirds that add up to a whole number differ from it by rounding noise only; 1e-9 is far below any share. */
function tidy(conversions: number): number {
  const whole = Math.round(conversions);
  return Math.abs(conversions - whole) < 1e-9 ? whole : conversions;
}
