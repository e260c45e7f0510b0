import * as z from "zod/mini";

import { eventRow } from "./events.ts";
import { anyJson, instant, money } from "./primitives.ts";

/** An event as the log has it, with the whole of its source. */
export const exportedEvent = z.extend(eventRow, {
  source: z.nullable(z.record(z.string(), z.nullable(z.string()))),
});
export type ExportedEvent = z.infer<typeof exportedEvent>;

/** `GET /sites/:id/visitors/:visitorId/export`: everything that is held of one visitor, raw and derived. */
export const visitorExport = z.object({
  site: z.string(),
  exportedAt: instant,
  visitor: z.object({
    id: z.string(),
    firstSeenAt: instant,
    lastSeenAt: instant,
    /** So many events without a pause that no person makes them. */
    isBotLike: z.boolean(),
  }),
  events: z.array(exportedEvent),
  sessions: z.array(
    z.object({
      id: z.string(),
      startedAt: instant,
      endedAt: instant,
      channel: z.nullable(z.string()),
      landingPage: z.nullable(z.string()),
      pageviews: z.number(),
      events: z.number(),
    }),
  ),
  touchpoints: z.array(
    z.object({
      id: z.string(),
      at: instant,
      kind: z.enum(["visit", "promo_code"]),
      channel: z.string(),
      page: z.nullable(z.string()),
    }),
  ),
  conversions: z.array(
    z.object({
      id: z.string(),
      at: instant,
      type: z.string(),
      value: money,
      orderId: z.nullable(z.string()),
      promoCodes: z.array(z.string()),
      isTest: z.boolean(),
    }),
  ),
  /** Of these conversions; without a value: in full. */
  refunds: z.array(
    z.object({
      id: z.string(),
      at: instant,
      orderId: z.nullable(z.string()),
      value: z.nullable(money),
    }),
  ),
  /** Which person, by the keyed hash of the customer, and from when on. */
  identityLinks: z.array(z.object({ personId: z.string(), since: instant })),
  /** Other ids of the same visit: a cookieless one that ran over midnight. */
  aliases: z.array(z.string()),
  /** Events that could not be stored, as they were received. */
  heldBack: z.array(z.record(z.string(), anyJson("As the site sent it"))),
});
export type VisitorExport = z.infer<typeof visitorExport>;

/** `DELETE /sites/:id/visitors/:visitorId` → 204 when all is gone, 202 while the rest goes in the background. */
export const erasureAnswer = z.object({ state: z.enum(["erasing"]) });
export type ErasureAnswer = z.infer<typeof erasureAnswer>;

/** `POST /sites/:id/visitors/search`: who a customer is here. A body, so that the key stands in no address and no log. */
export const visitorSearch = z.object({
  /** As given to `identify`. */
  customer: z.string().check(z.minLength(1), z.maxLength(512)),
  after: z.optional(z.string()),
});
export const foundVisitor = z.object({ id: z.string(), firstSeenAt: instant, lastSeenAt: instant });
export type FoundVisitor = z.infer<typeof foundVisitor>;
