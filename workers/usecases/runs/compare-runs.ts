import type { RunComparison } from "#contract/runs.ts";
import type { Model } from "#core/attribution/models.ts";
import { fail, ok, type Result } from "#core/result.ts";
import { findRun } from "#db/queries/runs/find-run.ts";
import type { RunRecord } from "#db/queries/runs/run-record.ts";
import type { Principal } from "#usecases/accounts/principal.ts";
import type { Deps } from "#usecases/deps.ts";
import { changedOptions } from "./changed-options.ts";
import { compareObjects } from "./compare-objects.ts";
import type { RunPair } from "./run-pair.ts";
import { readRunObject } from "./run-object.ts";
import { showExamples } from "./show-examples.ts";
import { showRun } from "./show-run.ts";

export type CompareRunsInput = {
  principal: Principal;
  runId: string;
  /** Public id of the earlier run; null: the one that this is a recomputation of. */
  withId: string | null;
  model: Model;
};

export type CompareRunsFailure =
  | { kind: "run_not_found" }
  | { kind: "nothing_to_compare" }
  | { kind: "run_not_ready"; status: "pending" | "failed" }
  | { kind: "not_comparable"; reason: "site" | "by" | "model" }
  | { kind: "too_many_items"; most: number };

/** Runs asked with other options differ in every day: more than this is not gone through at once. */
const MOST_COMPARED = 300_000;

type CompareDeps = Pick<Deps, "databases" | "reportStore">;

/**
 * What changed from one run to another, under one model, by reason: the reasons add up to the difference of the two, of every
 * group and of the whole, to the cent.
 */
export async function compareRuns(
  deps: CompareDeps,
  input: CompareRunsInput,
): Promise<Result<RunComparison, CompareRunsFailure>> {
  const records = await findBoth(deps, input);
  if (!records.ok) return records;
  const { before, after } = records.value;
  const pair = await loadPair(deps, { before, after, model: input.model });
  if (!pair.ok) return pair;
  const db = deps.databases.named(input.principal.database);
  const { reportStore } = deps;
  const { model } = input;
  const { changes, ledger } = await compareObjects({ db, reportStore }, { pair: pair.value, model });
  return ok({
    before: showRun(before),
    after: showRun(after),
    model,
    changedOptions: pair.value.changed,
    ...changes,
    examples: await showExamples(db, pair.value.siteId, ledger),
  });
}

type Records = { before: RunRecord; after: RunRecord };

async function findBoth(
  deps: CompareDeps,
  { principal, runId, withId }: CompareRunsInput,
): Promise<Result<Records, CompareRunsFailure>> {
  const db = deps.databases.named(principal.database);
  const find = async (publicId: string) => await findRun(db, { accountId: principal.accountId, publicId });
  const after = await find(runId);
  if (after === null) return fail({ kind: "run_not_found" });
  const other = withId ?? after.recomputeOf;
  if (other === null) return fail({ kind: "nothing_to_compare" });
  const before = await find(other);
  if (before === null) return fail({ kind: "run_not_found" });
  if (before.siteId !== after.siteId) return fail({ kind: "not_comparable", reason: "site" });
  if (before.question.by !== after.question.by) return fail({ kind: "not_comparable", reason: "by" });
  return ok({ before, after });
}

async function loadPair(
  deps: CompareDeps,
  { before, after, model }: Records & { model: Model },
): Promise<Result<RunPair, CompareRunsFailure>> {
  for (const { status } of [before, after])
    if (status !== "ready") return fail({ kind: "run_not_ready", status });
  const objects = await Promise.all(
    [before, after].map(async ({ objectKey }) =>
      objectKey === null ? null : await readRunObject(deps.reportStore, objectKey),
    ),
  );
  const [first, second] = objects;
  if (!first || !second) return fail({ kind: "run_not_found" });
  if (![first, second].every(({ answer }) => answer.models.includes(model)))
    return fail({ kind: "not_comparable", reason: "model" });
  const changed = changedOptions(first.question, second.question);
  const items = (before.items ?? 0) + (after.items ?? 0);
  if (changed.length > 0 && items > MOST_COMPARED)
    return fail({ kind: "too_many_items", most: MOST_COMPARED });
  return ok({ siteId: after.siteId, before: first, after: second, changed });
}
