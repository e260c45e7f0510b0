import * as z from "zod/mini";

import { day, instant, wholeNumber } from "./primitives.ts";

/** `GET /admin/product-metrics?weeks=12`: users who registered in that many weeks, this one included. */
export const productMetricsQuery = z.object({
  weeks: z.optional(wholeNumber(1, 53)),
});

const step = z.enum(["site", "campaign", "event", "conversion", "report"]);

/** From registering to the step, of those who got there; a percentile is somebody's own time. */
const times = z.object({
  n: z.number(),
  meanMs: z.number(),
  p50Ms: z.number(),
  p75Ms: z.number(),
  p90Ms: z.number(),
  p95Ms: z.number(),
});
export type StepTimes = z.infer<typeof times>;

/** `isMet` is null as long as there is nothing to measure. */
const target = { target: z.number(), isMet: z.nullable(z.boolean()) };

export const productMetrics = z.object({
  asOf: instant,
  /** UTC days; `from` is a Monday. */
  range: z.object({ from: day, to: day }),
  /** When campaigns and reports were counted last; null: not yet. */
  countedAt: z.nullable(instant),
  registered: z.number(),
  /** In the order in which the way is usually gone; each is measured from registering, and one may come without another. */
  steps: z.array(
    z.object({ step, users: z.number(), share: z.nullable(z.number()), times: z.nullable(times) }),
  ),
  /** Time to first value: registering to the first campaign. The target is for its median, in milliseconds. */
  ttfv: z.object({
    times: z.nullable(times),
    /** How many took up to so long, and longer than the bar before; null: without an end. */
    bars: z.array(z.object({ upToMs: z.nullable(z.number()), users: z.number() })),
    ...target,
  }),
  /** By ISO week of registering, the newest first; weeks in which nobody registered are there, too. */
  cohorts: z.array(
    z.object({
      week: z.string(),
      startsOn: day,
      registered: z.number(),
      reached: z.record(step, z.number()),
      ttfv: z.nullable(times),
    }),
  ),
  /** Of the campaigns created in the range, those with a report delivered by now. */
  completion: z.object({
    created: z.number(),
    completed: z.number(),
    rate: z.nullable(z.number()),
    ...target,
  }),
  reports: z.object({ delivered: z.number(), mailsFailed: z.number() }),
  /** Answers 5xx of collect and api ÷ requests, of the last 24 hours. */
  errors: z.object({
    since: instant,
    requests: z.number(),
    errors: z.number(),
    rate: z.nullable(z.number()),
    ...target,
  }),
});
export type ProductMetrics = z.infer<typeof productMetrics>;
