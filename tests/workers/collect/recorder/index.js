/** Stands in for jobs: keeps every queue message under its receipt id, and says which queue it came from. */
// oxlint-disable-next-line import/no-default-export -- a Worker is its default export
export default {
  async queue(batch, env) {
    for (const { body } of batch.messages) {
      await env.RECEIVED.put(body.receiptId, JSON.stringify({ queue: batch.queue, body }));
    }
  },
};
