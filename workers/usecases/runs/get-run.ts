import type { RunDetails } from "#contract/runs.ts";
import { fail, ok, type Result } from "#core/result.ts";
import { findRun } from "#db/queries/runs/find-run.ts";
import type { Principal } from "#usecases/accounts/principal.ts";
import type { Deps } from "#usecases/deps.ts";
import { readRunObject } from "./run-object.ts";
import { showRun } from "./show-run.ts";

export type RunNotFound = { kind: "run_not_found" };
export type RunInput = { principal: Principal; runId: string };

/** A run of the account with what the workbench showed then, to the cent, whatever has come in since. */
export async function getRun(
  deps: Pick<Deps, "databases" | "reportStore">,
  { principal, runId }: RunInput,
): Promise<Result<RunDetails, RunNotFound>> {
  const db = deps.databases.named(principal.database);
  const record = await findRun(db, { accountId: principal.accountId, publicId: runId });
  if (record === null) return fail({ kind: "run_not_found" });
  const object = record.objectKey === null ? null : await readRunObject(deps.reportStore, record.objectKey);
  return ok({
    ...showRun(record),
    answer: object?.answer ?? null,
    rates: object?.rates ?? [],
    items: record.items,
  });
}
