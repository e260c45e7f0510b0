import * as z from "zod/mini";

import { anyJson, instant, limit } from "./primitives.ts";

const reason = z.string().check(z.minLength(1), z.maxLength(100));
const deadLetterId = z.string().check(z.maxLength(80));

/** `GET /admin/dead-letters`: database by database, newest first. */
export const deadLettersQuery = z.object({
  after: z.optional(z.string()),
  limit,
  /** Public id of a site. */
  site: z.optional(z.string()),
  reason: z.optional(reason),
  state: z.optional(z.enum(["waiting", "replayed"])),
});
export type DeadLettersQuery = z.infer<typeof deadLettersQuery>;

/** A body that could not be stored. `events`: how many the ledger counts for it. */
export const deadLetter = z.object({
  id: z.string(),
  database: z.string(),
  /** Null when the site is gone. */
  site: z.nullable(z.object({ id: z.string(), name: z.string() })),
  receiptId: z.string(),
  reason: z.string(),
  events: z.number(),
  at: instant,
  attempts: z.number(),
  lastTriedAt: z.nullable(instant),
  replayedAt: z.nullable(instant),
});
export type DeadLetter = z.infer<typeof deadLetter>;

/**
 * `GET /admin/dead-letters/:id` shows the message with everything personal masked; `POST …/:id/disclosures` shows it
 * as it is and is noted in the audit log. Null once it was replayed: then it is no longer kept.
 */
export const deadLetterDetail = z.extend(deadLetter, {
  isMasked: z.boolean(),
  message: z.nullable(anyJson("The body as it was received, masked where `isMasked` says so")),
});
export type DeadLetterDetail = z.infer<typeof deadLetterDetail>;

/** `POST /admin/dead-letters/replay`: these letters, or the waiting ones that fit, 100 a call. */
export const replayRequest = z.object({
  ids: z.optional(z.array(deadLetterId).check(z.minLength(1), z.maxLength(100))),
  filter: z.optional(z.object({ site: z.optional(z.string()), reason: z.optional(reason) })),
  /** With a filter: `next` of the answer before. */
  after: z.optional(z.string()),
});
export type ReplayRequest = z.infer<typeof replayRequest>;

/** `failed` keeps the letter, with the new reason. A letter that was replayed before, or is gone, is not among them. */
export const replayAnswer = z.object({
  items: z.array(
    z.object({ id: z.string(), outcome: z.enum(["ingested", "failed"]), reason: z.nullable(z.string()) }),
  ),
  next: z.nullable(z.string()),
});
export type ReplayAnswer = z.infer<typeof replayAnswer>;

/** `GET /admin/unreadable-bodies`: objects in storage that nothing could parse, or whose site is gone. */
export const unreadableBody = z.object({ key: z.string(), bytes: z.number(), at: instant });
export type UnreadableBody = z.infer<typeof unreadableBody>;
