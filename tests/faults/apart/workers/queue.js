import { WorkerEntrypoint } from "cloudflare:workers";

/**
 * Stands where a Worker's queue binding is: hands each message to the queue in the test's process. A shard is a Worker
 * of its own, because a service binding does not say under which name it was called.
 */
// oxlint-disable-next-line import/no-default-export -- a Worker is its default export
export default class Queue extends WorkerEntrypoint {
  async send(body, options) {
    await this.sendBatch([{ body, ...options }]);
  }

  async sendBatch(messages) {
    for (const { contentType } of messages) {
      if (contentType !== "json")
        throw new TypeError(`The queue of the tests carries JSON, not ${contentType}`);
    }
    const bodies = JSON.stringify([...messages].map(({ body, delaySeconds }) => ({ body, delaySeconds })));
    const answer = await fetch(`${this.env.OUTSIDE}/queues/${this.env.QUEUE}`, {
      method: "POST",
      body: bodies,
    });
    if (!answer.ok) throw new Error("Too Many Requests");
  }
}
