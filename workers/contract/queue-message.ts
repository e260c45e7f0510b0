import * as z from "zod/mini";

import { ingestMessage, type IngestMessage } from "./ingest-message.ts";

/**
 * What one message of the event queues, and one spilled object, holds: the bodies of several requests of one isolate.
 * The version before held a bare body; such messages may still be in a queue, or in storage, when this one starts.
 */
export const QUEUE_MESSAGE_VERSION = 2;

export type QueueMessage = { v: typeof QUEUE_MESSAGE_VERSION; bodies: IngestMessage[] };

const envelope = z.object({ v: z.literal(QUEUE_MESSAGE_VERSION), bodies: z.array(z.unknown()) });

/** The bodies of a message, and what of it no version of ours wrote: one bad body does not make the others unreadable. */
export type ReadBodies = { bodies: IngestMessage[]; unreadable: unknown[] };

/** Reads a queue message or a spilled object of this version or the one before. */
export function readQueueMessage(raw: unknown): ReadBodies {
  const grouped = envelope.safeParse(raw);
  const bodies: IngestMessage[] = [];
  const unreadable: unknown[] = [];
  for (const body of grouped.success ? grouped.data.bodies : [raw]) {
    const parsed = ingestMessage.safeParse(body);
    if (parsed.success) bodies.push(parsed.data);
    else unreadable.push(body);
  }
  return { bodies, unreadable };
}
