import * as z from "zod/mini";

import { EVENT_TYPES } from "#core/events/event-type.ts";
import { importedEvent } from "./collect.ts";
import { instant, limit, money } from "./primitives.ts";

const MAX_IMPORTED_EVENTS = 1_000;

export const eventType = z.enum(EVENT_TYPES as unknown as [string, ...string[]]);

/** `GET /sites/:id/events` and `GET /campaigns/:id/events`: newest first, `next` is the cursor for `after`. */
export const eventsQuery = z.object({
  after: z.optional(z.string()),
  limit,
  type: z.optional(eventType),
  campaign: z.optional(z.string()),
  /** `bot` shows what was kept apart. */
  verdict: z.optional(z.enum(["stored", "bot"])),
});

export const eventRow = z.object({
  id: z.string(),
  type: eventType,
  name: z.nullable(z.string()),
  at: instant,
  receivedAt: instant,
  verdict: z.enum(["stored", "bot"]),
  botReason: z.nullable(z.string()),
  page: z.nullable(z.string()),
  source: z.nullable(z.string()),
  channel: z.nullable(z.string()),
  campaign: z.nullable(z.object({ id: z.string(), name: z.string() })),
  visitor: z.nullable(z.string()),
  value: z.nullable(money),
  orderId: z.nullable(z.string()),
  promoCode: z.nullable(z.string()),
  browser: z.nullable(z.string()),
  os: z.nullable(z.string()),
  device: z.nullable(z.string()),
  country: z.nullable(z.string()),
  isTest: z.boolean(),
  props: z.nullable(z.record(z.string(), z.union([z.string(), z.number(), z.boolean(), z.null()]))),
});
export type EventRow = z.infer<typeof eventRow>;

/** `POST /events`, bearer key with `events:write`: each event is parsed by itself, by `importedEvent`. */
export const importRequest = z.object({
  siteId: z.string(),
  events: z.array(z.unknown()).check(z.minLength(1), z.maxLength(MAX_IMPORTED_EVENTS)),
});
/** The same as it is described, with its events written out. No request is parsed by it: one bad event would refuse all. */
export const describedImportRequest = z.extend(importRequest, {
  events: z.array(importedEvent).check(z.minLength(1), z.maxLength(MAX_IMPORTED_EVENTS)),
});
export const importAnswer = z.object({
  accepted: z.number(),
  duplicate: z.number(),
  rejected: z.array(z.object({ index: z.number(), code: z.string(), message: z.string() })),
});
export type ImportAnswer = z.infer<typeof importAnswer>;
