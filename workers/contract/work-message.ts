import * as z from "zod/mini";

/** What waits in the `work` queue. Each kind is harmless when it comes twice. */
export const workMessage = z.discriminatedUnion("kind", [
  z.object({ v: z.literal(1), kind: z.literal("build-report"), database: z.string(), reportId: z.string() }),
  z.object({
    v: z.literal(1),
    kind: z.literal("deliver-report"),
    database: z.string(),
    deliveryId: z.string(),
  }),
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
]);
export type WorkMessage = z.infer<typeof workMessage>;
