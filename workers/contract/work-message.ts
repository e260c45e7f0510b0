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
]);
export type WorkMessage = z.infer<typeof workMessage>;
