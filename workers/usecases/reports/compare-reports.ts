import type { ReportComparison } from "#contract/reports.ts";
import type { ReportModel } from "#core/report/report-model.ts";
import { groupRows } from "#core/lists/group-rows.ts";
import { fail, ok, type Result } from "#core/result.ts";
import type { Database } from "#db/database.ts";
import { findReport } from "#db/queries/reports/find-report.ts";
import type { ReportRecord } from "#db/queries/reports/report-record.ts";
import type { Principal } from "#usecases/accounts/principal.ts";
import type { Deps } from "#usecases/deps.ts";
import { changedOptions } from "#usecases/runs/changed-options.ts";
import { compareObjects } from "#usecases/runs/compare-objects.ts";
import { readRunObject } from "#usecases/runs/run-object.ts";
import type { ShownChanges } from "#usecases/runs/show-changes.ts";
import { obstacleOf, type NoFile } from "./download-report.ts";
import type { ReportNotFound } from "./get-report.ts";
import { readModel } from "./stored-model.ts";

export type CompareReportsInput = {
  principal: Principal;
  reportId: string;
  /** Public id of the earlier one; null: the report that this is worked out anew from. */
  withId: string | null;
};

export type CompareReportsFailure =
  | ReportNotFound
  | NoFile
  | { kind: "nothing_to_compare" }
  /** Of another site, or another kind. */
  | { kind: "not_comparable" };

type CompareDeps = Pick<Deps, "databases" | "reportStore">;
type Side = { record: ReportRecord; model: ReportModel };

/**
 * What differs from one report to another, and why: the reasons add up to the difference of what the report's campaigns,
 * or its site, earned and cost, to the cent. Reports of several sites have no reasons, nor have those that ask for
 * different campaigns or models: then their figures are set side by side.
 */
export async function compareReports(
  deps: CompareDeps,
  { principal, reportId, withId }: CompareReportsInput,
): Promise<Result<ReportComparison, CompareReportsFailure>> {
  const { accountId, database } = principal;
  const db = deps.databases.named(database);
  const after = await sideOf(deps, db, { accountId, publicId: reportId });
  if (!after.ok) return after;
  const other = withId ?? after.value.record.recomputeOf;
  if (other === null) return fail({ kind: "nothing_to_compare" });
  const before = await sideOf(deps, db, { accountId, publicId: other });
  if (!before.ok) return before;
  const sides = { before: before.value, after: after.value };
  if (!isComparable(sides)) return fail({ kind: "not_comparable" });
  const kpis = kpisOf(sides);
  return ok({
    before: headOf(sides.before.record),
    after: headOf(sides.after.record),
    isEqual: kpis.every((kpi) => kpi.before === kpi.after),
    changes: await changesOf(deps, db, sides),
    kpis,
  });
}

async function sideOf(
  { reportStore }: CompareDeps,
  db: Database,
  wanted: { accountId: number; publicId: string },
): Promise<Result<Side, ReportNotFound | NoFile>> {
  const record = await findReport(db, wanted);
  if (record === null) return fail({ kind: "report_not_found" });
  const obstacle = obstacleOf(record);
  if (obstacle !== null) return fail(obstacle);
  const model = record.modelKey === null ? null : await readModel(reportStore, record.modelKey);
  return model === null ? fail({ kind: "report_not_found" }) : ok({ record, model });
}

type Sides = { before: Side; after: Side };

function isComparable({ before, after }: Sides): boolean {
  return before.record.siteId === after.record.siteId && before.record.kind === after.record.kind;
}

function headOf({ publicId, dataVersion, readyAt }: ReportRecord): ReportComparison["before"] {
  return { id: publicId, dataVersion, readyAt: readyAt?.toISOString() ?? null };
}

function kpisOf({ before, after }: Sides): ReportComparison["kpis"] {
  const earlier = new Map(before.model.kpis.map((kpi) => [kpi.key, kpi.value]));
  return after.model.kpis.map(({ key, unit, value }) => ({
    key,
    unit,
    before: earlier.get(key) ?? null,
    after: value,
  }));
}

async function changesOf(
  { reportStore }: CompareDeps,
  db: Database,
  { before, after }: Sides,
): Promise<ReportComparison["changes"]> {
  const { model } = after.record.options;
  const { siteId } = after.record;
  if (siteId === null || !asksTheSame(before.record, after.record)) return null;
  const [first, second] = await Promise.all(
    [before, after].map(async ({ record: { runKey } }) =>
      runKey === null ? null : await readRunObject(reportStore, runKey),
    ),
  );
  if (!first || !second) return null;
  const changed = changedOptions(first.question, second.question);
  const pair = { siteId, before: first, after: second, changed };
  const { changes } = await compareObjects({ db, reportStore }, { pair, model });
  return reasonsOf(
    changes,
    after.record.campaigns.map(({ id }) => id),
  );
}

function asksTheSame(before: ReportRecord, after: ReportRecord): boolean {
  const told = ({ campaigns, options }: ReportRecord) =>
    JSON.stringify([campaigns.map(({ id }) => id).toSorted(), options.model, options.currency]);
  return told(before) === told(after);
}

/** Of the report's campaigns, or of all that there is. */
function reasonsOf({ total, groups }: ShownChanges, own: readonly string[]): ReportComparison["changes"] {
  const parts =
    own.length === 0
      ? [total]
      : groups.filter(({ kind, key }) => kind === "group" && key !== null && own.includes(key));
  const reasons = groupRows(
    parts.flatMap((part) => part.reasons),
    ({ reason }) => reason,
  );
  return [...reasons].map(([reason, changes]) => {
    const sum = (of: "conversions" | "revenueMinor" | "spendMinor" | "count") =>
      changes.reduce((total, change) => total + change[of], 0);
    return {
      reason,
      conversions: sum("conversions"),
      revenueMinor: sum("revenueMinor"),
      spendMinor: sum("spendMinor"),
      count: sum("count"),
    };
  });
}
