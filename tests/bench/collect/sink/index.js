let messages = 0;
let bodies = 0;

/** The other end of the queues: counts, and stores nothing. */
// oxlint-disable-next-line import/no-default-export -- a Worker is its default export
export default {
  async queue(batch) {
    messages += batch.messages.length;
    for (const { body } of batch.messages) bodies += body.bodies?.length ?? 1;
  },
  async fetch() {
    return Response.json({ messages, bodies });
  },
};
