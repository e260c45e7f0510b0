import type { RecomputeRunRequest, Run } from "#contract/runs.ts";
import { fail, ok, type Result } from "#core/result.ts";
import { findRun } from "#db/queries/runs/find-run.ts";
import { deleteRun as markDeleted, renameRun as writeName } from "#db/queries/runs/write-run.ts";
import { afterCommit } from "#usecases/campaigns/after-commit.ts";
import { noteChange } from "#usecases/campaigns/note-change.ts";
import type { Deps } from "#usecases/deps.ts";
import { orderRun, type CreateRunDeps } from "./create-run.ts";
import type { RunInput, RunNotFound } from "./get-run.ts";
import { deleteRunObject } from "./run-object.ts";
import { showRun } from "./show-run.ts";

/** Gives a run another name: the only thing of it that changes. */
export async function renameRun(
  deps: Pick<Deps, "databases" | "clock" | "log">,
  { principal, runId, name }: RunInput & { name: string },
): Promise<Result<Run, RunNotFound>> {
  const db = deps.databases.named(principal.database);
  const run = await findRun(db, { accountId: principal.accountId, publicId: runId });
  if (run === null) return fail({ kind: "run_not_found" });
  await writeName(db, run, name);
  await noteChange(deps, principal, { action: "attribution_run.rename", subject: run.publicId });
  return ok(showRun({ ...run, name }));
}

/** Takes a run away, and its files; those of a report's run are the report's, and go with it. */
export async function deleteRun(
  deps: Pick<Deps, "databases" | "clock" | "reportStore" | "log">,
  { principal, runId }: RunInput,
): Promise<Result<null, RunNotFound>> {
  const db = deps.databases.named(principal.database);
  const run = await findRun(db, { accountId: principal.accountId, publicId: runId });
  if (run === null) return fail({ kind: "run_not_found" });
  await markDeleted(db, run, deps.clock.now());
  const { objectKey } = run;
  if (objectKey !== null && run.reportId === null)
    await afterCommit(deps, "delete_run_object", () => deleteRunObject(deps.reportStore, objectKey));
  await noteChange(deps, principal, { action: "attribution_run.delete", subject: run.publicId });
  return ok(null);
}

/** Asks the same question of the data of now, as a new run that can be compared with the old one. */
export async function recomputeRun(
  deps: CreateRunDeps,
  { principal, runId, request }: RunInput & { request: RecomputeRunRequest },
): Promise<Result<Run, RunNotFound>> {
  const db = deps.databases.named(principal.database);
  const run = await findRun(db, { accountId: principal.accountId, publicId: runId });
  if (run === null) return fail({ kind: "run_not_found" });
  const site = { siteId: run.siteId, publicId: run.sitePublicId, database: principal.database };
  const { question, models, name } = run;
  return ok(
    await orderRun(deps, { principal, site, name: request.name ?? name, question, models, original: run }),
  );
}
