import { DurableObject } from "cloudflare:workers";

import { commitInGroup } from "#usecases/collect/commit-in-group.ts";
import { eventLanes } from "#usecases/collect/lane.ts";

/** Ways to hand a body to the queues, with nothing else around them. */
const SHARDS = 4;
const lanes = eventLanes(SHARDS);
let requests = 0;

// oxlint-disable-next-line import/no-default-export -- a Worker is its default export
export default {
  async fetch(request, env, context) {
    const text = await request.text();
    const shard = (requests += 1) % SHARDS;
    switch (new URL(request.url).pathname) {
      // What the others are measured by: one send, nothing read.
      case "/bare":
        await env[`EVENTS_${shard}`].send(text, { contentType: "text" });
        break;
      case "/plain":
        await env[`EVENTS_${shard}`].send({ v: 2, bodies: [JSON.parse(text)] }, { contentType: "json" });
        break;
      case "/group":
        await commitInGroup(groupDeps(env, context), shard, {
          message: JSON.parse(text),
          bytes: text.length,
        });
        break;
      case "/object":
        await env.BUFFER.getByName(`shard-${shard}`).commit(shard, text);
        break;
    }
    return new Response('{"accepted":1}', { status: 202 });
  },
};

function groupDeps(env, context) {
  return {
    lanes,
    clock: { now: () => new Date() },
    queue: {
      shardCount: SHARDS,
      send: (shard, message) => env[`EVENTS_${shard}`].send(message, { contentType: "json" }),
    },
    pauseMs: (ms) => new Promise((resolve) => setTimeout(resolve, ms)),
    random: Math.random,
    defer: (work) => context.waitUntil(work),
  };
}

/** One object a shard gathers the bodies of all isolates, and answers when their message is taken. */
export class Buffer extends DurableObject {
  #gathering = null;
  #isSending = false;

  async commit(shard, text) {
    this.#gathering ??= { bodies: [], done: Promise.withResolvers() };
    const group = this.#gathering;
    group.bodies.push(JSON.parse(text));
    if (group.bodies.length >= 100 || !this.#isSending) void this.#send(shard, group);
    return await group.done.promise;
  }

  async #send(shard, group) {
    if (this.#gathering === group) this.#gathering = null;
    this.#isSending = true;
    await this.env[`EVENTS_${shard}`].send({ v: 2, bodies: group.bodies }, { contentType: "json" });
    this.#isSending = false;
    group.done.resolve();
    if (this.#gathering !== null) void this.#send(shard, this.#gathering);
  }
}
