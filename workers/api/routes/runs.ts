import { Hono, type Context } from "hono";

import {
  comparisonQuery,
  createRunRequest,
  recomputeRunRequest,
  renameRunRequest,
  runsQuery,
} from "#contract/runs.ts";
import { deleteRun, recomputeRun, renameRun } from "#usecases/runs/change-run.ts";
import { compareRuns, type CompareRunsFailure } from "#usecases/runs/compare-runs.ts";
import { createRun, type CreateRunRefusal } from "#usecases/runs/create-run.ts";
import { getRun } from "#usecases/runs/get-run.ts";
import { listRuns } from "#usecases/runs/list-runs.ts";
import { requireAccess } from "./frame/access.ts";
import type { ApiEnv } from "./frame/api-env.ts";
import { decodeIdCursor, listAnswer } from "./frame/cursor.ts";
import { idempotent } from "./frame/idempotency.ts";
import { problem } from "./frame/problem.ts";
import { isPublicId, validId } from "./frame/public-id.ts";
import { requireSite } from "./frame/require-site.ts";
import { validJson, validQuery } from "./frame/valid.ts";

/** Attribution runs: what the workbench showed, kept under a name, and compared. */
export const runRoutes = new Hono<ApiEnv>()
  .post(
    "/sites/:siteId/attribution-runs",
    requireAccess("reports:write"),
    requireSite(),
    idempotent(),
    validJson(createRunRequest),
    async (c) => {
      const { deps, principal, site } = c.var;
      const ordered = await createRun(deps, { principal, site, request: c.req.valid("json") });
      return ordered.ok ? c.json(ordered.value, 202) : refuse(c, ordered.error);
    },
  )
  .get(
    "/sites/:siteId/attribution-runs",
    requireAccess("analytics:read"),
    requireSite(),
    validQuery(runsQuery),
    async (c) => {
      const { after, limit } = c.req.valid("query");
      const cursor = decodeIdCursor(after);
      if (!cursor.ok) return problem(c, "invalid_cursor");
      const page = await listRuns(c.var.deps, { site: c.var.site, afterId: cursor.value, limit });
      return c.json(listAnswer(page, (run) => run));
    },
  )
  .get("/attribution-runs/:runId", requireAccess("analytics:read"), validId("runId", "run"), async (c) => {
    const { deps, principal } = c.var;
    const found = await getRun(deps, { principal, runId: c.req.param("runId") });
    return found.ok ? c.json(found.value) : refuse(c, found.error);
  })
  .patch(
    "/attribution-runs/:runId",
    requireAccess("reports:write"),
    validId("runId", "run"),
    validJson(renameRunRequest),
    async (c) => {
      const { deps, principal } = c.var;
      const { name } = c.req.valid("json");
      const renamed = await renameRun(deps, { principal, runId: c.req.param("runId"), name });
      return renamed.ok ? c.json(renamed.value) : refuse(c, renamed.error);
    },
  )
  .delete("/attribution-runs/:runId", requireAccess("reports:write"), validId("runId", "run"), async (c) => {
    const { deps, principal } = c.var;
    const deleted = await deleteRun(deps, { principal, runId: c.req.param("runId") });
    return deleted.ok ? c.body(null, 204) : refuse(c, deleted.error);
  })
  .post(
    "/attribution-runs/:runId/recompute",
    requireAccess("reports:write"),
    validId("runId", "run"),
    idempotent(),
    validJson(recomputeRunRequest),
    async (c) => {
      const { deps, principal } = c.var;
      const request = c.req.valid("json");
      const ordered = await recomputeRun(deps, { principal, runId: c.req.param("runId"), request });
      return ordered.ok ? c.json(ordered.value, 202) : refuse(c, ordered.error);
    },
  )
  .get(
    "/attribution-runs/:runId/comparison",
    requireAccess("analytics:read"),
    validId("runId", "run"),
    validQuery(comparisonQuery),
    async (c) => {
      const { deps, principal } = c.var;
      const { with: other, model } = c.req.valid("query");
      if (other !== undefined && !isPublicId(other, "run")) return refuse(c, { kind: "run_not_found" });
      const compared = await compareRuns(deps, {
        principal,
        runId: c.req.param("runId"),
        withId: other ?? null,
        model: model ?? "last",
      });
      return compared.ok ? c.json(compared.value) : refuse(c, compared.error);
    },
  );

const INCOMPARABLE = {
  site: "The two runs are of different sites",
  by: "The two runs are grouped by different things",
  model: "One of the two runs was made without this model",
} as const;

function refuse(c: Context, refusal: CreateRunRefusal | CompareRunsFailure): Response {
  switch (refusal.kind) {
    case "run_not_found":
      return problem(c, "not_found", { detail: "There is no such run" });
    case "invalid_range":
      return problem(c, "invalid_range", {
        detail: "from is not after to, and the two span 800 days at most",
      });
    case "invalid_options":
      return problem(c, "invalid_options", { detail: `Refused: ${refusal.error.kind.replaceAll("_", " ")}` });
    case "nothing_to_compare":
      return problem(c, "nothing_to_compare", {
        detail: "This run is no recomputation: say which one, by `with`",
      });
    case "not_comparable":
      return problem(c, "not_comparable", { detail: INCOMPARABLE[refusal.reason] });
    case "too_many_items":
      return problem(c, "not_comparable", {
        detail: `Runs with different options are compared up to ${refusal.most} conversions and refunds`,
      });
    case "run_not_ready":
      return problem(c, "run_not_ready", {
        detail: refusal.status === "pending" ? "The run is still being made" : "The run could not be made",
      });
  }
}
