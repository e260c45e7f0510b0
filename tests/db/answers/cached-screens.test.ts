// @module-tag long
import fc from "fast-check";
import { beforeAll, describe, expect, it } from "vitest";

import { addDays } from "#core/time/site-day.ts";
import type { Database } from "#db/database.ts";
import type { Cache } from "#platform/upstash-cache.ts";
import { keyPrincipal, testDeps } from "#tests/db/campaigns/campaign-deps.ts";
import { NOW, RANGE, siteStory, tellAccount, type ToldSite } from "#tests/db/reports/random-account.ts";
import { createDatabase } from "#tests/support/create-database.ts";
import { inputs } from "#tests/support/inputs.ts";
import { memoryCache } from "#tests/support/memory-cache.ts";
import { cachedAnswer, type CacheState } from "#usecases/answers/cached-answer.ts";
import { findSite } from "#usecases/sites/find-site.ts";
import { isolateOn, type Isolate } from "./isolate.ts";
import { change, make, type Shop } from "./random-changes.ts";
import { SCREENS, screenOf, type ScreenName } from "./screens.ts";

let db: Database;
beforeAll(async () => {
  ({ db } = await createDatabase());
});

/** By days, by hours, and days that are over. */
const RANGES = [
  RANGE,
  { from: addDays(RANGE.to, -6), to: RANGE.to },
  { from: RANGE.from, to: addDays(RANGE.to, -3) },
];

const step = fc.record({
  change,
  /** Whether what sources mean is settled at once: until then nothing is kept. */
  isRematched: fc.constantFrom(true, true, false),
  afterMs: fc.constantFrom(0, 0, 1_000, 15_000),
  isolate: fc.nat(1),
  isProgram: fc.boolean(),
  lies: fc.option(fc.nat(20), { freq: 3 }),
});

/** A cache that answers, where `lie` says so, with what is kept under any other key. */
function lyingCache(cached: Map<string, unknown>, lie: () => number | null): Cache {
  const honest = memoryCache(cached);
  const get = async (key: string) => {
    const place = lie();
    return place === null
      ? await honest.get(key)
      : ([...cached.values()][place % (cached.size || 1)] ?? null);
  };
  return { ...honest, get, getMany: async (keys) => await Promise.all(keys.map(get)) };
}

type World = {
  shop: Shop;
  isolates: Isolate[];
  nowMs: number;
  lie: number | null;
  /** What each question was answered without a cache, and when. */
  known: Map<string, { atMs: number; answer: string }[]>;
};

async function worldOf(told: ToldSite): Promise<World> {
  const asker = keyPrincipal(told);
  const site = async () => {
    const found = await findSite(testDeps(db), asker, told.publicId);
    if (found === null) throw new Error("No site");
    return found;
  };
  const world: World = { shop: { db, told, site }, isolates: [], nowMs: NOW, lie: null, known: new Map() };
  const cache = lyingCache(new Map(), () => world.lie);
  world.isolates = [0, 1].map(() => isolateOn(db, cache, () => new Date(world.nowMs)));
  return world;
}

type Asking = { isolate: number; screen: ScreenName; range: number; isProgram: boolean };

/** Asks one isolate, the other one, and the first again; and once without any cache. */
async function askAll(world: World, { isolate, isProgram, ...asking }: Asking): Promise<CacheState[]> {
  const range = RANGES[asking.range];
  if (range === undefined) throw new RangeError("No such range");
  const { told, site } = world.shop;
  const place = { site: await site(), campaignId: told.campaigns[0]?.id ?? 0, ...range };
  const clock = { now: () => new Date(world.nowMs) };
  const { question, compute } = screenOf({ ...testDeps(db), clock }, asking.screen, place);
  const key = `${asking.screen} ${asking.range}`;
  const earlier = world.known.get(key) ?? [];
  const now = undated(await compute());
  const states: CacheState[] = [];
  for (const at of [isolate, 1 - isolate, isolate]) {
    const deps = world.isolates[at];
    if (deps === undefined) throw new RangeError("No such isolate");
    const { answer, state } = await cachedAnswer(deps, { ...question, mayBeStale: !isProgram }, compute);
    states.push(state);
    const recent = earlier.filter(({ atMs }) => world.nowMs - atMs <= 10_000);
    const allowed = state === "stale" && !isProgram ? recent.map((one) => one.answer) : [now];
    expect(allowed).toContain(undated(answer));
    await deps.settled();
  }
  world.known.set(key, [...earlier, { atMs: world.nowMs, answer: now }]);
  return states;
}

/** The answer but for the moment as of which it is, its fields in one order: what Postgres keeps as JSON has another. */
function undated(answer: unknown): string {
  return JSON.stringify(answer, (field, value: unknown) => {
    if (field === "asOf") return undefined;
    if (typeof value !== "object" || value === null || Array.isArray(value)) return value;
    return Object.fromEntries(Object.entries(value).toSorted(([a], [b]) => (a < b ? -1 : 1)));
  });
}

describe("a screen from the cache", () => {
  it("says what it says without one, whatever was changed, in any isolate, and though the cache lies", async () => {
    const states = new Map<CacheState, number>();
    const steps = fc.array(step, { minLength: 8, maxLength: 12, size: "max" });
    const story = fc.tuple(siteStory, fc.constantFrom(...SCREENS), fc.nat(2), steps);
    await fc.assert(
      fc.asyncProperty(story, async ([begun, screen, range, changes]) => {
        const { sites } = await tellAccount(db, { sites: [[begun, "EUR"]], rate: "1.25" });
        const [told] = sites;
        if (told === undefined) throw new Error("No site");
        const world = await worldOf(told);
        for (const { change: done, isRematched, afterMs, lies, ...asked } of changes) {
          await make(world.shop, done);
          if (isRematched) await make(world.shop, { kind: "rematch" });
          world.nowMs += afterMs;
          world.lie = lies;
          for (const state of await askAll(world, { ...asked, screen, range }))
            states.set(state, (states.get(state) ?? 0) + 1);
        }
      }),
      { numRuns: inputs(4, 80), endOnFailure: true },
    );
    expect([...states.keys()]).toEqual(expect.arrayContaining(["hit", "miss", "memory"]));
  });
});
