// @module-tag long
import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";

import type { EdgeSite } from "#contract/edge-config.ts";
import type { QueueMessage } from "#contract/queue-message.ts";
import { systemIds } from "#platform/ids.ts";

import { knownSite } from "./start-collect.ts";
import { startGatedCollect, type GatedCollect, type Posted } from "./start-gated-collect.ts";

let collect: GatedCollect;
let site: EdgeSite;
beforeAll(async () => {
  collect = await startGatedCollect();
});
afterAll(async () => await collect.stop());
beforeEach(async () => {
  site = await knownSite(collect.bindings, { identity: "first-party" });
  collect.open("take");
  // The isolate reads the site now, so that the requests below all take the same way.
  await collect.post(bodyOf(newId())).status;
  collect.taken.length = 0;
  collect.refused.length = 0;
  collect.shut();
});

const newId = (): string => systemIds.uuid7(new Date());

/** A body with this event, and others to fill it up. */
function bodyOf(id: string, bytes = 0): object {
  const event = { at: Date.now(), type: "custom", name: "e", props: { text: "x".repeat(500) } };
  const filling = Array.from({ length: bytes / 620 }, () => ({ ...event, id: newId() }));
  return { v: 1, site: site.siteKey, events: [{ ...event, id }, ...filling] };
}

/** The ids of the events that the queue has taken. */
function takenIds(): string[] {
  return collect.taken.flatMap(({ bodies }) => bodies.flatMap(({ events }) => events.map(({ id }) => id)));
}

async function statuses(posts: readonly Posted[]): Promise<number[]> {
  return await Promise.all(posts.map(async ({ status }) => await status));
}

type Sends = { ids: string[]; posts: Posted[]; bodies: number[] };

/** Collect gathers for 25 ms: what a busy machine cut in two meanwhile proves nothing and is done again. */
const ATTEMPTS = 5;

/** One send that waits, and behind it a second that carries the bodies of all others. */
async function twoSends(followers: number): Promise<Sends> {
  let sends = await sendBehind(followers);
  for (let attempt = 2; attempt <= ATTEMPTS && sends.bodies[1] !== followers; attempt += 1) {
    collect.open("take");
    await statuses(sends.posts);
    collect.taken.length = 0;
    collect.shut();
    sends = await sendBehind(followers);
  }
  expect(sends.bodies).toEqual([1, followers]);
  return sends;
}

async function sendBehind(followers: number): Promise<Sends> {
  const ids = Array.from({ length: followers + 1 }, newId);
  const [first = "", ...rest] = ids;
  const posts = [collect.post(bodyOf(first))];
  await collect.waiting(1);
  posts.push(...rest.map((id) => collect.post(bodyOf(id))));
  const messages = await collect.waiting(2);
  return { ids, posts, bodies: messages.map(({ bodies }) => bodies.length) };
}

describe("requests that come while another is being sent", () => {
  it("share one message, and each answers 202 only after that message is taken", async () => {
    const { ids, posts } = await twoSends(11);
    const answered: string[] = [];
    for (const [index, { status }] of posts.entries())
      void status.then(() => answered.push(ids[index] ?? ""));
    collect.settleOldest("take");
    expect(await posts[0]?.status).toBe(202);
    expect(answered).toEqual(ids.slice(0, 1));

    collect.open("take");
    expect(await statuses(posts)).toEqual(ids.map(() => 202));
    expect(takenIds().toSorted()).toEqual(ids.toSorted());
  });

  it("lose nothing when the clients of those that lead leave in the middle of the send", async () => {
    const { ids, posts } = await twoSends(12);
    const [gone, stayed] = [posts.slice(0, 6), posts.slice(6)];
    for (const post of gone) post.leave();
    expect(await statuses(gone)).toEqual(gone.map(() => 499));
    collect.open("take");
    expect(await statuses(stayed)).toEqual(stayed.map(() => 202));
    expect(takenIds().toSorted()).toEqual(ids.toSorted());
  });

  it("send for themselves, under the same receipt, when the send that should carry them never ends", async () => {
    const { ids, posts } = await twoSends(5);
    const receiptOf = new Map<string, Set<string>>(ids.map((id) => [id, new Set()]));
    const messages = await collect.waiting(3);
    for (const { bodies } of messages) {
      for (const { events, receiptId } of bodies) receiptOf.get(events[0]?.id ?? "")?.add(receiptId);
    }
    expect([...receiptOf.values()].map(({ size }) => size)).toEqual(ids.map(() => 1));
    collect.open("take");
    expect(await statuses(posts)).toEqual(ids.map(() => 202));
    expect(new Set(takenIds())).toEqual(new Set(ids));
  });

  it("fill no message beyond 60 kB, where the next queue operation is billed", async () => {
    const first = collect.post(bodyOf(newId()));
    await collect.waiting(1);
    const ids = Array.from({ length: 6 }, newId);
    const posts = ids.map((id) => collect.post(bodyOf(id, 25_000)));
    await collect.waiting(4);
    collect.open("take");
    expect(await statuses([first, ...posts])).toEqual(Array.from({ length: 7 }, () => 202));
    expect(takenIds()).toEqual(expect.arrayContaining(ids));
    for (const message of collect.taken) expect(JSON.stringify(message).length).toBeLessThan(62_000);
  });

  it("are each taken once, however many there are", async () => {
    collect.open("take");
    const post = async () => {
      collect.taken.length = 0;
      const ids = Array.from({ length: 150 }, newId);
      const startedMs = performance.now();
      expect(await statuses(ids.map((id) => collect.post(bodyOf(id))))).toEqual(ids.map(() => 202));
      return { ids, tookMs: performance.now() - startedMs };
    };
    let posted = await post();
    // After three seconds each sends for itself, as the test above says.
    for (let attempt = 2; attempt <= ATTEMPTS && posted.tookMs > 3_000; attempt += 1) posted = await post();
    expect(takenIds().toSorted()).toEqual(posted.ids.toSorted());
    expect(collect.taken.length).toBeLessThan(posted.ids.length / 2);
  });
});

describe("a queue that refuses a group", () => {
  it("is spared for a while, each group is one object in storage, and every request answers 202", async () => {
    const { ids, posts } = await twoSends(7);
    collect.open("refuse");
    expect(await statuses(posts)).toEqual(ids.map(() => 202));
    // Each of the two sends was tried three times, but for the one that knew already.
    expect(collect.refused.length).toBeGreaterThanOrEqual(3);
    expect(collect.refused.length).toBeLessThanOrEqual(6);
    const triesSoFar = collect.refused.length;
    const more = Array.from({ length: 5 }, newId);
    for (const id of more) expect(await collect.post(bodyOf(id)).status).toBe(202);
    expect(collect.refused).toHaveLength(triesSoFar);
    expect(collect.taken).toEqual([]);

    const { objects } = await collect.bindings.SPILL.list({ prefix: "spill/" });
    const spilled = await Promise.all(
      objects.map(async ({ key }) => await (await collect.bindings.SPILL.get(key))?.json<QueueMessage>()),
    );
    const sizes = spilled.map((message) => message?.bodies.length ?? 0);
    expect(sizes.toSorted((a, b) => a - b)).toEqual([1, 1, 1, 1, 1, 1, 7]);
    const events = spilled.flatMap(
      (message) => message?.bodies.flatMap(({ events: inside }) => inside) ?? [],
    );
    expect(events.map(({ id }) => id).toSorted()).toEqual([...ids, ...more].toSorted());
  });
});
