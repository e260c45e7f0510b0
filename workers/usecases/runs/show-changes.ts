import type { AttributionRow } from "#contract/attribution.ts";
import type { GroupName } from "#contract/glass-box.ts";
import type { GroupChange, RunComparison } from "#contract/runs.ts";
import type { JourneyModel } from "#core/attribution/journey-shares.ts";
import { NO_CHANGE, type Change, type ReasonChange } from "#core/attribution/runs/sum-changes.ts";
import { spendByGroup } from "./compare-spend.ts";
import { OTHER } from "#usecases/attribution/group-names.ts";
import type { ChangeLedger, RunPair } from "./run-pair.ts";
import type { RunObject } from "./run-object.ts";

export type ShownChanges = Pick<RunComparison, "total" | "groups">;

/** The differences as they are answered: of every group of either run, and of the whole. */
export function showChanges(pair: RunPair, model: JourneyModel, ledger: ChangeLedger): ShownChanges {
  const [before, after] = [figuresOf(pair.before, model), figuresOf(pair.after, model)];
  const ids = new Set([...before.keys(), ...after.keys(), ...ledger.groups()]);
  const groups = [...ids].map((id) =>
    groupChange(nameOf(pair, id), {
      before: before.get(id) ?? NO_CHANGE,
      after: after.get(id) ?? NO_CHANGE,
      reasons: ledger.ofGroup(id),
    }),
  );
  return {
    total: totalOf(groups, ledger.total()),
    groups: groups.toSorted(byChange),
  };
}

/** Markov credit is not one conversion's: its difference has one reason, the chain as a whole; spend has its own. */
export function showChain(pair: RunPair, ledger: ChangeLedger): ShownChanges {
  const [before, after] = [chainFigures(pair.before), chainFigures(pair.after)];
  const ids = [...new Set([...before.keys(), ...after.keys()])];
  const groups = ids.map((id) => {
    const [a, b] = [before.get(id), after.get(id)];
    const name = (b ?? a)?.row;
    const [from, to] = [a?.figures ?? NO_CHANGE, b?.figures ?? NO_CHANGE];
    const chain = { ...minus(to, from), spendMinor: 0 };
    const moved = chain.conversions !== 0 || chain.revenueMinor !== 0;
    const reasons: ReasonChange[] = moved ? [{ reason: "chain", count: 1, ...chain }] : [];
    const key = groupIdOf(pair, name ?? { kind: "none", key: null, name: "" });
    return groupChange(plain(name), {
      before: from,
      after: to,
      reasons: [...reasons, ...ledger.ofGroup(key)],
    });
  });
  const chains = groups.flatMap(({ reasons }) => reasons.filter(({ reason }) => reason === "chain"));
  const whole = chains.reduce((sum, change) => plus(sum, change), NO_CHANGE);
  const reasons: ReasonChange[] =
    chains.length > 0 ? [{ reason: "chain", count: chains.length, ...whole }] : [];
  return {
    total: totalOf(groups, [...reasons, ...ledger.total()]),
    groups: groups.toSorted(byChange),
  };
}

type Sides = { before: Change; after: Change; reasons: ReasonChange[] };

function groupChange(name: GroupName, { before, after, reasons }: Sides): GroupChange {
  return { ...name, before, after, change: minus(after, before), reasons };
}

function totalOf(groups: readonly GroupChange[], reasons: ReasonChange[]): ShownChanges["total"] {
  const before = groups.reduce((sum, group) => plus(sum, group.before), NO_CHANGE);
  const after = groups.reduce((sum, group) => plus(sum, group.after), NO_CHANGE);
  return { before, after, change: minus(after, before), reasons };
}

function figuresOf(run: RunObject, model: JourneyModel): Map<string, Change> {
  const spend = spendByGroup(run);
  const sums = run.sums[model] ?? [];
  const figures = new Map<string, Change>(
    [...spend].map(([group, spendMinor]) => [group, { ...NO_CHANGE, spendMinor }]),
  );
  for (const [group, conversions, revenueMinor] of sums)
    figures.set(group, { conversions, revenueMinor, spendMinor: spend.get(group) ?? 0 });
  return figures;
}

type ChainRow = { row: AttributionRow; figures: Change };

/** By kind and key of the row. */
function chainFigures({ answer }: RunObject): Map<string, ChainRow> {
  return new Map(
    answer.rows.map((row) => {
      const { conversions = 0, revenueMinor = 0 } = row.credits.markov ?? {};
      const figures = { conversions, revenueMinor, spendMinor: row.spendMinor ?? 0 };
      return [JSON.stringify([row.kind, row.key]), { row, figures }];
    }),
  );
}

function plain(row: AttributionRow | undefined): GroupName {
  return row ? { kind: row.kind, key: row.key, name: row.name } : OTHER;
}

function nameOf({ before, after }: RunPair, id: string): GroupName {
  return after.names[id] ?? before.names[id] ?? { kind: "group", key: id, name: id };
}

/** The id under which items know the group of a row. */
function groupIdOf(
  { before, after }: RunPair,
  { kind, key }: Pick<AttributionRow, "kind" | "key" | "name">,
): string {
  const names = { ...before.names, ...after.names };
  const found = Object.entries(names).find(([, name]) => name.kind === kind && name.key === key);
  return found?.[0] ?? key ?? "";
}

function plus(a: Change, b: Change): Change {
  return {
    conversions: a.conversions + b.conversions,
    revenueMinor: a.revenueMinor + b.revenueMinor,
    spendMinor: a.spendMinor + b.spendMinor,
  };
}

function minus(a: Change, b: Change): Change {
  return {
    conversions: a.conversions - b.conversions,
    revenueMinor: a.revenueMinor - b.revenueMinor,
    spendMinor: a.spendMinor - b.spendMinor,
  };
}

function byChange(a: GroupChange, b: GroupChange): number {
  return (
    Math.abs(b.change.revenueMinor) - Math.abs(a.change.revenueMinor) ||
    Math.abs(b.change.conversions) - Math.abs(a.change.conversions) ||
    (a.name < b.name ? -1 : 1)
  );
}
