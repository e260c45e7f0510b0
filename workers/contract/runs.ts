import * as z from "zod/mini";

import { attributionModel, attributionReady } from "./attribution.ts";
import { customerKind, directRule, grouping } from "./attribution-options.ts";
import { groupName } from "./glass-box.ts";
import { day, instant, limit, line } from "./primitives.ts";
import {
  MARKOV_ORDERS,
  MAX_HALF_LIFE_DAYS,
  MAX_LOOKBACK_DAYS,
  MIN_HALF_LIFE_DAYS,
  MIN_LOOKBACK_DAYS,
} from "#core/attribution/options.ts";

const percent = z.number().check(z.int(), z.minimum(0), z.maximum(100));

/** What a run was asked; the names are those of the workbench's basis. What is left out stands at its default. */
const runOptions = z.object({
  lookbackDays: z.optional(
    z.number().check(z.int(), z.minimum(MIN_LOOKBACK_DAYS), z.maximum(MAX_LOOKBACK_DAYS)),
  ),
  direct: z.optional(directRule),
  /** Null: off for rule models, on for Markov and Shapley. */
  reset: z.optional(z.nullable(z.boolean())),
  position: z.optional(z.object({ first: percent, middle: percent, last: percent })),
  halfLifeDays: z.optional(z.number().check(z.minimum(MIN_HALF_LIFE_DAYS), z.maximum(MAX_HALF_LIFE_DAYS))),
  markov: z.optional(z.object({ order: z.literal(MARKOV_ORDERS), nullJourneys: z.boolean() })),
  type: z.optional(z.nullable(line(64))),
  customer: z.optional(z.nullable(customerKind)),
});

/** `POST /sites/:id/attribution-runs` → 202: the workbench's state under a name, kept as it is now. */
export const createRunRequest = z.object({
  name: line(160),
  from: day,
  to: day,
  by: z.optional(grouping),
  /** All models unless said. */
  models: z.optional(z.array(attributionModel).check(z.minLength(1), z.maxLength(9))),
  options: z.optional(runOptions),
});
export type CreateRunRequest = z.infer<typeof createRunRequest>;

/** `PATCH /attribution-runs/:id`; nothing else of a run ever changes. */
export const renameRunRequest = z.object({ name: line(160) });

/** `POST /attribution-runs/:id/recompute` → 202: a new run with the same question, on the data of now. */
export const recomputeRunRequest = z.object({ name: z.optional(line(160)) });
export type RecomputeRunRequest = z.infer<typeof recomputeRunRequest>;

export const run = z.object({
  id: z.string(),
  siteId: z.string(),
  name: z.string(),
  status: z.enum(["pending", "ready", "failed"]),
  failure: z.nullable(z.string()),
  range: z.object({ from: day, to: day }),
  by: grouping,
  models: z.array(attributionModel),
  /** Fingerprint of the data it was made of; null while pending. */
  dataVersion: z.nullable(z.string()),
  /** Key of the run that it is a recomputation of. */
  recomputeOf: z.nullable(z.string()),
  createdAt: instant,
  readyAt: z.nullable(instant),
});
export type Run = z.infer<typeof run>;

/** `GET /sites/:id/attribution-runs`: newest first. */
export const runsQuery = z.object({ after: z.optional(z.string()), limit });

/** `GET /attribution-runs/:id`. `answer`: what the workbench showed then, to the cent; null until it is ready. */
export const runDetails = z.extend(run, {
  answer: z.nullable(attributionReady),
  /** What money was converted with. */
  rates: z.array(z.object({ day, currency: z.string(), rate: z.string() })),
  /** Conversions and refunds whose credit is kept in it. */
  items: z.nullable(z.number()),
});
export type RunDetails = z.infer<typeof runDetails>;

/**
 * Why two runs differ: `late` data came in or was corrected after the first; a `refund`; another `matcher`; `spend`; other
 * `rates` for what was paid in another currency; a visitor was `erased`; the runs were asked with other `options`; or the
 * `chain`: Markov credit is not one conversion's, so that its difference has no reasons of single ones.
 */
export const differenceReason = z.enum([
  "late",
  "refund",
  "matcher",
  "spend",
  "rates",
  "erased",
  "options",
  "chain",
]);
export type DifferenceReason = z.infer<typeof differenceReason>;

const change = z.object({ conversions: z.number(), revenueMinor: z.number(), spendMinor: z.number() });

/** `count`: conversions and refunds that differ for the reason; rows of spend for `spend`. */
const reasonChange = z.extend(change, { reason: differenceReason, count: z.number() });
export type ReasonChange = z.infer<typeof reasonChange>;

/** A row of the two runs, one of which may lack it; `change` is the sum of its reasons. */
const groupChange = z.extend(groupName, {
  before: change,
  after: change,
  change,
  reasons: z.array(reasonChange),
});
export type GroupChange = z.infer<typeof groupChange>;

/** `GET /attribution-runs/:id/comparison?with=<older run>&model`: what changed from `with` to this run. */
export const comparisonQuery = z.object({
  /** Absent: the run that this one is a recomputation of. */
  with: z.optional(z.string()),
  model: z.optional(attributionModel),
});

/** Where credit only moved between groups, `revenueMinor` is the most that one of them gained or lost. */
const differenceExample = z.object({
  kind: z.enum(["conversion", "refund"]),
  id: z.string(),
  /** Whose journey there is to be seen; null where it is gone by now, or a refund's conversion is not known. */
  conversionId: z.nullable(z.string()),
  at: instant,
  reason: differenceReason,
  conversions: z.number(),
  revenueMinor: z.number(),
});
export type DifferenceExample = z.infer<typeof differenceExample>;

export const runComparison = z.object({
  before: run,
  after: run,
  model: attributionModel,
  /** Names of options in which the two differ, the range among them. */
  changedOptions: z.array(z.string()),
  total: z.object({ before: change, after: change, change, reasons: z.array(reasonChange) }),
  groups: z.array(groupChange),
  /** Of each reason up to 10 single conversions and refunds, those with the largest change. */
  examples: z.array(differenceExample),
});
export type RunComparison = z.infer<typeof runComparison>;
