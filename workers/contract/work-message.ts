import * as z from "zod/mini";

import { MARKOV_ORDERS } from "#core/attribution/options.ts";
import { customerKind, directRule, grouping } from "./attribution-options.ts";
import { meterReport } from "./meter-report.ts";
import { day } from "./primitives.ts";

/** A question about credit, as `usecases/attribution/attribution-question` has it. */
const attributionQuestion = z.object({
  from: day,
  to: day,
  by: grouping,
  options: z.object({
    lookbackDays: z.number(),
    direct: directRule,
    reset: z.nullable(z.boolean()),
    position: z.object({ first: z.number(), middle: z.number(), last: z.number() }),
    halfLifeDays: z.number(),
    markov: z.object({ order: z.literal(MARKOV_ORDERS), nullJourneys: z.boolean() }),
  }),
  type: z.nullable(z.string()),
  customer: z.nullable(customerKind),
});

/** What waits in the `work` queue. Each kind is harmless when it comes twice. */
export const workMessage = z.discriminatedUnion("kind", [
  z.object({ v: z.literal(1), kind: z.literal("build-report"), database: z.string(), reportId: z.string() }),
  z.object({
    v: z.literal(1),
    kind: z.literal("deliver-report"),
    database: z.string(),
    deliveryId: z.string(),
  }),
  z.object({ v: z.literal(1), kind: z.literal("deliver-alert"), deliveryId: z.string() }),
  // `asks`: how often the address was asked before; who comes second finds another number.
  z.object({ v: z.literal(1), kind: z.literal("ask-address"), addressId: z.string(), asks: z.number() }),
  z.object({
    v: z.literal(1),
    kind: z.literal("compute-journeys"),
    database: z.string(),
    siteId: z.number(),
    question: attributionQuestion,
    /** Of the ways step by step; null: the shape of the journeys. */
    steps: z.nullable(z.object({ positions: z.number(), top: z.number(), align: z.enum(["start", "end"]) })),
  }),
  z.object({ v: z.literal(1), kind: z.literal("build-run"), database: z.string(), runId: z.string() }),
  z.object({ v: z.literal(1), kind: z.literal("rematch-sources"), database: z.string(), siteId: z.number() }),
  // Requests that collect turned away; `database` and `siteId` of each count.
  z.object({
    v: z.literal(1),
    kind: z.literal("count-refusals"),
    reportId: z.string().check(z.regex(/^[0-9a-f-]{36}$/)),
    atMs: z.number(),
    counts: z.array(
      z.object({ database: z.string(), siteId: z.number(), code: z.string(), requests: z.number() }),
    ),
  }),
  // What an isolate of collect or of the api has measured.
  z.object({ v: z.literal(1), kind: z.literal("add-meter-report"), report: meterReport }),
  z.object({
    v: z.literal(1),
    kind: z.literal("compute-attribution"),
    database: z.string(),
    siteId: z.number(),
    question: attributionQuestion,
  }),
]);
export type WorkMessage = z.infer<typeof workMessage>;

/** What a message says beside its work: the request that it was sent by, if it was one. */
export const workOrigin = z.object({ requestId: z.optional(z.string()) });
