/** Stands in for jobs: keeps every body under its site and receipt id, and says which queue and message it came in. */
// oxlint-disable-next-line import/no-default-export -- a Worker is its default export
export default {
  async queue(batch, env) {
    for (const { id, body } of batch.messages) {
      for (const one of body.bodies) {
        const kept = { queue: batch.queue, messageId: id, body: one };
        await env.RECEIVED.put(`${one.siteId}/${one.receiptId}`, JSON.stringify(kept));
      }
    }
  },
};
