import type { WorkMessage } from "#contract/work-message.ts";

/** Work that takes longer than a request should: reports, mails, matching history anew. */
export type WorkQueue = {
  /** Throws when the queue refuses; the caller's row says that the work is still to be done. */
  send(message: WorkMessage, delaySeconds?: number): Promise<void>;
};

/** The part of a `Queue` binding that is used. */
export type QueueBinding = {
  send(message: unknown, options?: { contentType?: "json"; delaySeconds?: number }): Promise<unknown>;
};

export function workQueue(binding: QueueBinding): WorkQueue {
  return {
    async send(message, delaySeconds) {
      await binding.send(message, {
        contentType: "json",
        ...(delaySeconds === undefined ? {} : { delaySeconds }),
      });
    },
  };
}
