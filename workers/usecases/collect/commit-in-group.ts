import type { IngestMessage } from "#contract/ingest-message.ts";

import type { CollectDeps } from "./collect-deps.ts";
import type { Group, Lane } from "./lane.ts";
import { makeDurable } from "./make-durable.ts";

/**
 * The bill counts a queue operation for every 64 kB begun, three a message: a larger group would save nothing. A body
 * that is larger travels alone.
 */
const MAX_GROUP_BYTES = 60_000;
const MAX_GROUP_BODIES = 100;
/** The longest a group gathers behind the send before it. */
const GATHER_MS = 25;
/** Longer than three tries and the spill take; after it a follower no longer believes in its leader. */
const FOLLOW_MS = 3_000;

/** A body with the size of its JSON, which is worked out once. */
export type SizedMessage = { message: IngestMessage; bytes: number };

/**
 * Puts a body into durable hands together with those of other requests to the same shard, and says whether it is: one
 * queue message, or one spilled object, for all. A group gathers while the send before it is under way, so that an idle
 * isolate waits for nothing. The first one in leads: it sends, in its own request, which `defer` keeps alive when its
 * client goes away. The others wait on promises of their own; a leader that died all the same is outlived by a timer,
 * and what is then sent twice has the same receipt.
 */
export async function commitInGroup(deps: CollectDeps, shard: number, sized: SizedMessage): Promise<boolean> {
  const lane = deps.lanes[shard];
  if (lane === undefined) throw new RangeError(`No lane for shard ${shard} of ${deps.lanes.length}`);
  const joined = join(lane, sized);
  const outcome =
    joined === null ? lead({ deps, shard, lane }, sized) : follow({ deps, shard, lane }, joined, sized);
  deps.defer(outcome);
  return await outcome;
}

type Place = { deps: CollectDeps; shard: number; lane: Lane };

function join(lane: Lane, { message, bytes }: SizedMessage): Group | null {
  const group = lane.gathering;
  if (group === null) return null;
  if (group.bytes + bytes > MAX_GROUP_BYTES || group.bodies.length >= MAX_GROUP_BODIES) {
    // Full: it goes now, and whoever could not join leads the next.
    group.wake();
    lane.gathering = null;
    return null;
  }
  group.bodies.push(message);
  group.bytes += bytes;
  return group;
}

async function lead({ deps, shard, lane }: Place, { message, bytes }: SizedMessage): Promise<boolean> {
  const group: Group = { bodies: [message], bytes, wake: () => {}, followers: [] };
  lane.gathering = group;
  if (lane.flight !== null) {
    const woken = new Promise<void>((resolve) => (group.wake = resolve));
    await Promise.race([woken, deps.pauseMs(GATHER_MS)]);
  }
  if (lane.gathering === group) lane.gathering = null;

  // A leader that dies leaves its flight behind; the next one's takes its place.
  const flight = Symbol("flight");
  lane.flight = flight;
  const isDurable = await makeDurable(deps, { shard, lane, bodies: group.bodies });
  if (lane.flight === flight) lane.flight = null;
  lane.gathering?.wake();
  for (const settle of group.followers) settle(isDurable);
  return isDurable;
}

async function follow(place: Place, group: Group, { message }: SizedMessage): Promise<boolean> {
  const settled = new Promise<boolean>((resolve) => group.followers.push(resolve));
  const { deps, shard, lane } = place;
  // The timer is this request's own I/O too: a request that waits for another's promise alone counts as hung.
  const outlived = deps.pauseMs(FOLLOW_MS).then(() => null);
  return (
    (await Promise.race([settled, outlived])) ?? (await makeDurable(deps, { shard, lane, bodies: [message] }))
  );
}
