import * as z from "zod/mini";

import { COUNTER_NAMES } from "#core/operations/measures.ts";

const whole = z.number().check(z.int(), z.gte(0));
const text = z.string().check(z.maxLength(400));

/** What an isolate noted within some seconds; `reportId` (UUIDv7) makes a second delivery add nothing. */
export const meterReport = z.object({
  reportId: z.string().check(z.regex(/^[0-9a-f-]{36}$/)),
  worker: z.enum(["collect", "api", "jobs"]),
  requests: z.array(
    z.object({
      minuteMs: whole,
      route: text,
      method: text,
      status: whole,
      code: z.nullable(text),
      /** Of the latency histogram (`core/operations/latency-histogram`): pairs of a bucket and its count. */
      buckets: z.array(z.tuple([whole, whole])),
    }),
  ),
  counters: z.array(z.object({ minuteMs: whole, name: z.enum(COUNTER_NAMES), value: whole })),
  failures: z.array(
    z.object({
      event: text,
      name: text,
      message: text,
      requestId: z.nullable(text),
      firstMs: whole,
      lastMs: whole,
      count: whole,
    }),
  ),
});
export type MeterReport = z.infer<typeof meterReport>;
