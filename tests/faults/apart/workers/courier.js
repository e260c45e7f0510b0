/**
 * Delivers a batch to the jobs Worker's own `queue` handler, as the platform does, and answers what became of it. With
 * `?ack=first` it is the consumer that Waymark must never be: it says done, and does the work afterwards.
 */
// oxlint-disable-next-line import/no-default-export -- a Worker is its default export
export default {
  async fetch(request, env, context) {
    const { queue, messages } = await request.json();
    const delivered = env.JOBS.queue(
      queue,
      messages.map((message) => ({ ...message, timestamp: new Date(message.timestamp) })),
    );
    if (new URL(request.url).searchParams.get("ack") === "first") {
      context.waitUntil(delivered.catch(() => undefined));
      return Response.json({ outcome: "ok", ackAll: true, retryBatch: { retry: false }, retryMessages: [] });
    }
    return Response.json(await delivered);
  },
};
