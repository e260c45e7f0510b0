import { expect, it } from "vitest";
import type { WorkMessage } from "#contract/work-message.ts";
import { workQueue } from "#platform/work-queue.ts";

const messages: WorkMessage[] = Array.from({ length: 250 }, (_, index) => ({
  v: 1,
  kind: "build-report",
  database: "main",
  reportId: `rep_${index}`,
}));

function queueThatFails(failing: (request: number) => boolean) {
  const batches: unknown[][] = [];
  const queue = workQueue({
    send: async () => undefined,
    sendBatch: async (batch) => {
      if (failing(batches.length)) throw new Error("The queue refuses");
      batches.push(batch.map(({ body }) => body));
    },
  });
  return { queue, batches };
}

it("sends many in requests of a hundred, each once and in order", async () => {
  const { queue, batches } = queueThatFails(() => false);
  await queue.sendAll(messages);
  expect(batches.map((batch) => batch.length)).toEqual([100, 100, 50]);
  expect(batches.flat()).toEqual(messages);
});

it("asks nothing of the queue for none", async () => {
  const { queue, batches } = queueThatFails(() => false);
  await queue.sendAll([]);
  expect(batches).toEqual([]);
});

it("throws when the queue refuses, and sends it no more", async () => {
  const { queue, batches } = queueThatFails((request) => request === 1);
  await expect(queue.sendAll(messages)).rejects.toThrow("The queue refuses");
  expect(batches).toHaveLength(1);
});
