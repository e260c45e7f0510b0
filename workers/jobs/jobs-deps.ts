import type { SpilledBodies } from "#platform/spilled-bodies.ts";
import type { ReportDeps } from "#usecases/reports/report-deps.ts";

/** What the jobs Worker's consumers and crons reach outside for. */
export type JobsDeps = ReportDeps & { spilled: SpilledBodies };
