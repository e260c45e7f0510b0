import { sql } from "drizzle-orm";
import { alias } from "drizzle-orm/pg-core";

import type { CustomerKind, Grouping } from "#core/attribution/grouping.ts";
import type { Model } from "#core/attribution/models.ts";
import type { AttributionOptions } from "#core/attribution/options.ts";
import { attributionRuns } from "#db/schema/site/attribution-runs.ts";
import { sites } from "#db/schema/site/sites.ts";

/** What was asked, kept as asked. */
export type RunQuestion = {
  from: string;
  to: string;
  by: Grouping;
  options: AttributionOptions;
  type: string | null;
  customer: CustomerKind | null;
  /** That money is told in; absent: the site's. */
  currency?: string | undefined;
};

export type RunRecord = {
  id: number;
  publicId: string;
  siteId: number;
  sitePublicId: string;
  name: string;
  question: RunQuestion;
  models: Model[];
  status: "pending" | "ready" | "failed";
  failure: string | null;
  dataVersion: string | null;
  objectKey: string | null;
  items: number | null;
  /** Public id. */
  recomputeOf: string | null;
  /** Int of the report that was made of it; null: somebody asked for the run itself. */
  reportId: number | null;
  createdAt: Date;
  readyAt: Date | null;
};

/** The run that another one is a recomputation of. */
export const originals = alias(attributionRuns, "original");

/** Columns of a `RunRecord`, for a select of `attribution_runs` joined with `sites` and, outer, `originals`. */
export const runColumns = {
  id: attributionRuns.id,
  publicId: attributionRuns.publicId,
  siteId: attributionRuns.siteId,
  sitePublicId: sites.publicId,
  name: attributionRuns.name,
  question: sql<RunQuestion>`${attributionRuns.question}`,
  models: sql<Model[]>`${attributionRuns.models}`,
  status: attributionRuns.status,
  failure: attributionRuns.failure,
  dataVersion: attributionRuns.dataVersion,
  objectKey: attributionRuns.objectKey,
  items: attributionRuns.items,
  recomputeOf: originals.publicId,
  reportId: attributionRuns.reportId,
  createdAt: attributionRuns.createdAt,
  readyAt: attributionRuns.readyAt,
};
