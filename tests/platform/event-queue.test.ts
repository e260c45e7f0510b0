import { describe, expect, it } from "vitest";

import { eventProducers, eventQueue } from "#platform/event-queue.ts";

const producer = { send: async () => {} };

function bound(count: number): Record<string, unknown> {
  return Object.fromEntries(Array.from({ length: count }, (_, shard) => [`EVENTS_${shard}`, producer]));
}

describe("the event queues", () => {
  it.each([1, 4, 16])("are as many as configured: %d", (count) => {
    const producers = eventProducers(bound(16), String(count));
    expect(eventQueue(producers).shardCount).toBe(count);
  });

  it("name the binding that a deployment forgot", () => {
    expect(() => eventProducers(bound(3), "4")).toThrow("EVENT_SHARDS is 4, but EVENTS_3 is not bound");
  });

  it.each(["", "0", "-1", "1.5", "four"])("refuse the count %j", (shards) => {
    expect(() => eventProducers(bound(4), shards)).toThrow("EVENT_SHARDS");
  });
});
