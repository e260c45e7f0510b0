import type { CreateRunRequest, Run } from "#contract/runs.ts";
import { call, invalidate } from "./client.ts";
import { paths } from "./paths.ts";

export async function createRun(siteId: string, body: CreateRunRequest): Promise<Run> {
  const run = await call<Run>({ method: "POST", path: paths.runs(siteId), body });
  invalidate(paths.runs(siteId));
  return run;
}

/** A new run with the same question, on the data of now. */
export async function recomputeRun(run: Run): Promise<Run> {
  const again = await call<Run>({ method: "POST", path: `${paths.run(run.id)}/recompute`, body: {} });
  invalidate(paths.runs(run.siteId));
  return again;
}

/** Another name: the only thing of a run that changes. */
export async function renameRun(run: Run, name: string): Promise<void> {
  await call<Run>({ method: "PATCH", path: paths.run(run.id), body: { name } });
  invalidate(paths.run(run.id), paths.runs(run.siteId));
}

export async function deleteRun(run: Run): Promise<void> {
  await call<void>({ method: "DELETE", path: paths.run(run.id) });
  invalidate(paths.runs(run.siteId));
}
