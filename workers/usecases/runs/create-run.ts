import type { CreateRunRequest, Run } from "#contract/runs.ts";
import { MODELS, type Model } from "#core/attribution/models.ts";
import { checkOptions, DEFAULT_OPTIONS, type OptionsError } from "#core/attribution/options.ts";
import { fail, ok, type Result } from "#core/result.ts";
import type { RunQuestion } from "#db/queries/runs/run-record.ts";
import { discardRun, insertRun, type NewRun } from "#db/queries/runs/write-run.ts";
import type { Principal } from "#usecases/accounts/principal.ts";
import { isRange } from "#usecases/analytics/load-ranges.ts";
import { noteChange } from "#usecases/campaigns/note-change.ts";
import type { Deps } from "#usecases/deps.ts";
import type { SiteRef } from "#usecases/sites/site-ref.ts";
import { showRun } from "./show-run.ts";

export type CreateRunDeps = Pick<Deps, "databases" | "clock" | "ids" | "workQueue" | "log">;

export type CreateRunRefusal = { kind: "invalid_range" } | { kind: "invalid_options"; error: OptionsError };

type CreateRunInput = { principal: Principal; site: SiteRef; request: CreateRunRequest };

/** Orders a run: a job works it out on the data of that moment, and it never changes afterwards. */
export async function createRun(
  deps: CreateRunDeps,
  { principal, site, request }: CreateRunInput,
): Promise<Result<Run, CreateRunRefusal>> {
  if (!isRange(request)) return fail({ kind: "invalid_range" });
  const { type = null, customer = null, ...given } = request.options ?? {};
  const options = checkOptions({ ...DEFAULT_OPTIONS, ...definedOnly(given) });
  if (!options.ok) return fail({ kind: "invalid_options", error: options.error });
  const { from, to, by = "campaign", name } = request;
  const question = { from, to, by, options: options.value, type, customer };
  const models = request.models ? MODELS.filter((model) => request.models?.includes(model)) : [...MODELS];
  return ok(await orderRun(deps, { principal, site, name, question, models, original: null }));
}

export type RunOrder = {
  principal: Principal;
  site: Pick<SiteRef, "siteId" | "publicId" | "database">;
  name: string;
  question: RunQuestion;
  models: Model[];
  /** The run that is worked out anew. */
  original: { id: number; publicId: string } | null;
};

/** Writes the run down and tells a job. A run that no message asks for is taken back: it may be ordered again. */
export async function orderRun(deps: CreateRunDeps, order: RunOrder): Promise<Run> {
  const { principal, site, name, question, models, original } = order;
  const createdAt = deps.clock.now();
  const run: NewRun = {
    publicId: deps.ids.publicId("run", createdAt),
    siteId: site.siteId,
    name,
    question,
    models,
    recomputeOf: original?.id ?? null,
    createdBy: principal.kind === "user" ? principal.userId : null,
    createdAt,
  };
  const db = deps.databases.named(site.database);
  await insertRun(db, run);
  try {
    await deps.workQueue.send({ v: 1, kind: "build-run", database: site.database, runId: run.publicId });
  } catch (error) {
    await discardRun(db, run);
    throw error;
  }
  await noteChange(deps, principal, {
    action: "attribution_run.create",
    subject: run.publicId,
    detail: { site: site.publicId },
  });
  return showRun({
    ...run,
    models,
    id: 0,
    sitePublicId: site.publicId,
    status: "pending",
    failure: null,
    dataVersion: null,
    objectKey: null,
    items: null,
    recomputeOf: original?.publicId ?? null,
    reportId: null,
    readyAt: null,
  });
}

/** Without what was left out, so that it does not stand over a default. */
function definedOnly<T extends object>(given: T): { [K in keyof T]?: Exclude<T[K], undefined> } {
  return Object.fromEntries(Object.entries(given).filter(([, value]) => value !== undefined)) as {
    [K in keyof T]?: Exclude<T[K], undefined>;
  };
}
