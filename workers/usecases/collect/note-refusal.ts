import type { WorkMessage } from "#contract/work-message.ts";
import { NO_SITE, type RefusalCode } from "#core/tracking/refusal-code.ts";

import type { CollectDeps } from "./collect-deps.ts";

/** What the requests of one isolate were refused for and no message has told yet. Plain values only, as in a lane. */
export type RefusalTally = { counts: Map<string, number>; gatheringSinceMs: number };

export function refusalTally(): RefusalTally {
  return { counts: new Map(), gatheringSinceMs: -Infinity };
}

/** `siteKey` null: the request named no site, or could not be read. */
export type Refusal = { siteKey: string | null; code: RefusalCode };

const GATHER_MS = 5_000;
/** Longer than a request may go on after its answer: whoever gathered has died, and the next one takes over. */
const GIVEN_UP_MS = 40_000;
/** A bound on memory; what does not fit any more counts as of no known site. */
const MOST_ENTRIES = 1_000;

/**
 * Counts a refused request, roughly: in memory, told after the answer by one message for all that an isolate refuses
 * within five seconds. A client waits for nothing of it, and what an evicted isolate held is not counted.
 */
export function noteRefusal(deps: CollectDeps, refusal: Refusal): void {
  const { tally } = deps;
  const key = keyOf(refusal);
  const counted =
    tally.counts.has(key) || tally.counts.size < MOST_ENTRIES ? key : keyOf({ ...refusal, siteKey: null });
  tally.counts.set(counted, (tally.counts.get(counted) ?? 0) + 1);

  const nowMs = deps.clock.now().getTime();
  if (nowMs - tally.gatheringSinceMs < GIVEN_UP_MS) return;
  tally.gatheringSinceMs = nowMs;
  deps.defer(tellLater(deps));
}

/** A made-up key is no key of ours: all of them are one entry. */
function keyOf({ siteKey, code }: Refusal): string {
  return `${code} ${code === "unknown_site" ? "" : (siteKey ?? "")}`;
}

async function tellLater(deps: CollectDeps): Promise<void> {
  await deps.pauseMs(GATHER_MS);
  const { tally } = deps;
  const counts = [...tally.counts];
  tally.counts.clear();
  tally.gatheringSinceMs = -Infinity;

  const now = deps.clock.now();
  const sums = await Promise.all(counts.map(async ([key, requests]) => await sumOf(deps, key, requests)));
  const message: WorkMessage = {
    v: 1,
    kind: "count-refusals",
    reportId: deps.ids.uuid7(now),
    atMs: now.getTime(),
    counts: sums,
  };
  try {
    await deps.workQueue.send(message);
  } catch {
    const requests = sums.reduce((sum, one) => sum + one.requests, 0);
    deps.report({ kind: "refusals_uncounted", requests });
  }
}

type Sum = Extract<WorkMessage, { kind: "count-refusals" }>["counts"][number];

async function sumOf(deps: CollectDeps, key: string, requests: number): Promise<Sum> {
  const [code = "", siteKey = ""] = key.split(" ");
  const known = siteKey === "" ? null : await deps.config.site(siteKey);
  const site = known?.ok === true ? known.value : null;
  return { database: site?.database ?? "main", siteId: site?.siteId ?? NO_SITE, code, requests };
}
