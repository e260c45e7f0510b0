import type { WorkMessage } from "#contract/work-message.ts";

/** Work that takes longer than a request should: reports, mails, matching history anew. */
export type WorkQueue = {
  /** Throws when the queue refuses; the caller's row says that the work is still to be done. */
  send(message: WorkMessage, delaySeconds?: number): Promise<void>;
  /** The same for many, in as few requests as the queue allows; when it throws, some of them may have been taken. */
  sendAll(messages: readonly WorkMessage[]): Promise<void>;
};

/** The part of a `Queue` binding that is used. */
export type QueueBinding = {
  send(message: unknown, options?: { contentType?: "json"; delaySeconds?: number }): Promise<unknown>;
  sendBatch(messages: { body: unknown; contentType: "json" }[]): Promise<unknown>;
};

/** Cloudflare takes 100 messages a request, of 256 kB in all; ours have less than a kilobyte. */
const MESSAGES_A_REQUEST = 100;

/** `requestId`: of the request that the work is done for; it goes with each message, so that the log names it there, too. */
export function workQueue(binding: QueueBinding, requestId: string | null = null): WorkQueue {
  const stamped = (message: WorkMessage) => (requestId === null ? message : { ...message, requestId });
  return {
    async send(message, delaySeconds) {
      await binding.send(stamped(message), {
        contentType: "json",
        ...(delaySeconds === undefined ? {} : { delaySeconds }),
      });
    },
    async sendAll(messages) {
      for (let from = 0; from < messages.length; from += MESSAGES_A_REQUEST) {
        const some = messages.slice(from, from + MESSAGES_A_REQUEST);
        // oxlint-disable-next-line no-await-in-loop -- a queue that refuses is not asked for more
        await binding.sendBatch(some.map((message) => ({ body: stamped(message), contentType: "json" })));
      }
    },
  };
}
