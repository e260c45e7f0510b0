import { sql } from "drizzle-orm";
import { beforeAll, describe, expect, it, vi } from "vitest";

import { fail, ok, type Result } from "#core/result.ts";
import { addDays, siteDay } from "#core/time/site-day.ts";
import type { Database } from "#db/database.ts";
import type { Cache } from "#platform/upstash-cache.ts";
import { createDatabase } from "#tests/support/create-database.ts";
import { memoryCache } from "#tests/support/memory-cache.ts";
import { createSite, type TestSite } from "#tests/support/sites.ts";
import { cachedAnswer, type AnswerQuestion } from "#usecases/answers/cached-answer.ts";
import { isolateOn, type Isolate } from "./isolate.ts";

const NOW = Date.parse("2026-03-09T10:00:00.000Z");
const TODAY = siteDay(NOW, "Europe/Berlin");
let db: Database;
beforeAll(async () => {
  ({ db } = await createDatabase());
});

type Answer = { asOf: string; figure: number };

/** A site whose one figure is how often it was worked out, before two isolates that share a cache. */
async function begin(cache?: Cache) {
  const site = await createSite(db);
  const cached = new Map<string, unknown>();
  const time = { nowMs: NOW, computed: 0 };
  const shared = cache ?? memoryCache(cached);
  const isolate = (release = "one"): Isolate => ({
    ...isolateOn(db, shared, () => new Date(time.nowMs)),
    release,
  });
  const compute = async (): Promise<Result<Answer, { kind: "no" }>> => {
    time.computed += 1;
    return ok({ asOf: new Date(time.nowMs).toISOString(), figure: time.computed });
  };
  return { site, cached, time, isolate, compute };
}

function question(site: TestSite, given: Partial<AnswerQuestion> = {}): AnswerQuestion {
  return {
    screen: "test",
    site: { ...site, database: "main" },
    from: addDays(TODAY, -6),
    to: TODAY,
    asked: { by: "channel" },
    mayBeStale: true,
    ...given,
  };
}

async function raiseVersion({ siteId }: TestSite, day = TODAY): Promise<void> {
  await db.execute(sql`
    insert into site.data_versions (site_id, day, version) values (${siteId}, ${day}::date, 1)
    on conflict (site_id, day) do update set version = data_versions.version + 1`);
}

async function ask(deps: Isolate, asked: AnswerQuestion, compute: () => Promise<Result<Answer, unknown>>) {
  const { answer, state } = await cachedAnswer(deps, asked, compute);
  await deps.settled();
  return { state, ...(answer.ok ? answer.value : { figure: null, asOf: null }) };
}

describe("an answer that is kept", () => {
  it("is worked out once for all isolates, as of now as long as nothing changes", async () => {
    const { site, time, isolate, compute } = await begin();
    const [one, other] = [isolate(), isolate()];
    const asked = question(site);
    expect(await ask(one, asked, compute)).toMatchObject({ state: "miss", figure: 1 });
    time.nowMs += 60_000;
    const asOf = new Date(time.nowMs).toISOString();
    expect(await ask(other, asked, compute)).toEqual({ state: "hit", figure: 1, asOf });
    expect(await ask(other, asked, compute)).toEqual({ state: "memory", figure: 1, asOf });
    expect(time.computed).toBe(1);
  });

  it("is another one for another question, screen, account's site and range", async () => {
    const { site, cached, isolate, compute } = await begin();
    const deps = isolate();
    const others = [{}, { screen: "b" }, { asked: {} }, { from: TODAY }, { compare: "previous" as const }];
    for (const given of others) {
      // oxlint-disable-next-line no-await-in-loop -- one after the other, so that none follows another's flight
      expect((await ask(deps, question(site, given), compute)).state).toBe("miss");
    }
    expect((await ask(deps, question(await createSite(db)), compute)).state).toBe("miss");
    const places = [...cached.keys()].filter((key) =>
      key.startsWith(`answer:one:${site.accountId}:${site.siteId}:`),
    );
    expect(places.length).toBeGreaterThanOrEqual(others.length);
  });

  it("is not read by the Worker of another release, which may answer in another shape", async () => {
    const { site, isolate, compute } = await begin();
    const asked = question(site);
    expect(await ask(isolate("before"), asked, compute)).toMatchObject({ state: "miss", figure: 1 });
    expect(await ask(isolate("after"), asked, compute)).toMatchObject({ state: "miss", figure: 2 });
    expect(await ask(isolate("before"), asked, compute)).toMatchObject({ state: "hit", figure: 1 });
    expect(await ask(isolate("after"), asked, compute)).toMatchObject({ state: "hit", figure: 2 });
  });

  it("of days that are over is worked out anew after a change of theirs, and not after one of today", async () => {
    const { site, isolate, compute } = await begin();
    const deps = isolate();
    const asked = question(site, { to: addDays(TODAY, -1) });
    await ask(deps, asked, compute);
    await raiseVersion(site);
    expect(await ask(deps, asked, compute)).toMatchObject({ state: "memory", figure: 1 });
    await raiseVersion(site, addDays(TODAY, -2));
    expect(await ask(deps, asked, compute)).toMatchObject({ state: "miss", figure: 2 });
  });

  it("that failed or is still being worked out is asked for again", async () => {
    const { site, time, isolate } = await begin();
    const deps = isolate();
    const failing = async () => {
      time.computed += 1;
      return fail({ kind: "no" as const });
    };
    const computing = async () => {
      time.computed += 1;
      return ok({ status: "computing", figure: 0, asOf: new Date(time.nowMs).toISOString() });
    };
    for (const compute of [failing, failing, computing, computing]) {
      // oxlint-disable-next-line no-await-in-loop -- one after the other
      expect((await ask(deps, question(site), compute)).state).toBe("miss");
    }
    expect(time.computed).toBe(4);
  });

  it("that is too large is kept nowhere", async () => {
    const { site, cached, isolate } = await begin();
    const deps = isolate();
    const large = async () => ok({ asOf: new Date(NOW).toISOString(), figure: 1, text: "x".repeat(300_000) });
    await ask(deps, question(site), large);
    expect((await ask(deps, question(site), large)).state).toBe("miss");
    expect(cached.size).toBe(0);
  });
});

describe("an answer about a range that goes on", () => {
  it("may be of seconds ago, says so, and is worked out anew meanwhile, once", async () => {
    const { site, time, isolate, compute } = await begin();
    const deps = isolate();
    await ask(deps, question(site), compute);
    await raiseVersion(site);
    time.nowMs += 5_000;
    let goOn: () => void = () => undefined;
    const held = new Promise<void>((resolve) => (goOn = resolve));
    const slow = async () => {
      await held;
      return await compute();
    };
    const stale = { state: "stale", answer: ok({ figure: 1, asOf: new Date(NOW).toISOString() }) };
    expect(await cachedAnswer(deps, question(site), slow)).toEqual(stale);
    expect(await cachedAnswer(deps, question(site), slow)).toEqual(stale);
    goOn();
    await deps.settled();
    expect(time.computed).toBe(2);
    expect((await ask(deps, question(site), compute)).state).toBe("memory");
  });

  it("is not of before for a program, after ten seconds, or when somebody changed a setting", async () => {
    const { site, time, isolate, compute } = await begin();
    const deps = isolate();
    await ask(deps, question(site), compute);
    await raiseVersion(site);
    expect((await ask(deps, question(site, { mayBeStale: false }), compute)).state).toBe("miss");
    await raiseVersion(site);
    time.nowMs += 10_001;
    expect((await ask(deps, question(site), compute)).state).toBe("miss");
    await db.execute(sql`update site.sites set spend_version = spend_version + 1 where id = ${site.siteId}`);
    expect((await ask(deps, question(site), compute)).state).toBe("miss");
  });
});

describe("requests that ask the same at once", () => {
  it("have it worked out once", async () => {
    const { site, time, isolate, compute } = await begin();
    const deps = isolate();
    const slow = async () => {
      await new Promise((resolve) => setTimeout(resolve, 30));
      return await compute();
    };
    const answers = await Promise.all(
      [1, 2, 3].map(async () => await cachedAnswer(deps, question(site), slow)),
    );
    expect(answers.map(({ state }) => state).toSorted()).toEqual(["memory", "memory", "miss"]);
    expect(new Set(answers.map(({ answer }) => JSON.stringify(answer))).size).toBe(1);
    expect(time.computed).toBe(1);
  });

  it("do not wait for one that died", async () => {
    const { site, time, isolate, compute } = await begin();
    const deps = { ...isolate(), pauseMs: async () => undefined };
    const dead = async () => await new Promise<never>(() => {});
    void cachedAnswer({ ...deps, defer: () => undefined }, question(site), dead);
    await vi.waitUntil(() => deps.answers.flights.size > 0, { interval: 1 });
    const { state } = await cachedAnswer(deps, question(site), compute);
    expect([state, time.computed]).toEqual(["miss", 1]);
  });

  it("get the failure of nobody else", async () => {
    const { site, isolate, compute } = await begin();
    const deps = isolate();
    const broken = async () => {
      await new Promise((resolve) => setTimeout(resolve, 30));
      throw new Error("Postgres is away");
    };
    const first = cachedAnswer(deps, question(site), broken).catch((error: unknown) => error);
    await vi.waitUntil(() => deps.answers.flights.size > 0, { interval: 1 });
    const second = await cachedAnswer(deps, question(site), compute);
    expect(await first).toEqual(new Error("Postgres is away"));
    expect([second.state, second.answer.ok]).toEqual(["miss", true]);
  });
});

describe("without the cache", () => {
  it("answers are remembered by the isolate, and degraded", async () => {
    const away: Cache = {
      get: async () => null,
      getMany: async () => null,
      set: async () => undefined,
      remove: async () => undefined,
      isUp: async () => false,
      isResting: () => true,
    };
    const { site, time, isolate, compute } = await begin(away);
    const deps = isolate();
    for (const figure of [1, 1]) {
      // oxlint-disable-next-line no-await-in-loop -- one after the other
      expect(await ask(deps, question(site), compute)).toMatchObject({ state: "degraded", figure });
    }
    await raiseVersion(site);
    time.nowMs += 20_000;
    expect(await ask(deps, question(site), compute)).toMatchObject({ state: "degraded", figure: 2 });
  });
});
