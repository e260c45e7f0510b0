import type { Run } from "#contract/runs.ts";
import type { RunRecord } from "#db/queries/runs/run-record.ts";

/** A stored run as the API shows it. */
export function showRun(record: RunRecord): Run {
  const { question } = record;
  return {
    id: record.publicId,
    siteId: record.sitePublicId,
    name: record.name,
    status: record.status,
    failure: record.failure,
    range: { from: question.from, to: question.to },
    by: question.by,
    models: record.models,
    dataVersion: record.dataVersion,
    recomputeOf: record.recomputeOf,
    createdAt: record.createdAt.toISOString(),
    readyAt: record.readyAt?.toISOString() ?? null,
  };
}
