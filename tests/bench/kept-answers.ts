import { addDays } from "#core/time/site-day.ts";
import { upstashCache } from "#platform/upstash-cache.ts";
import { startUpstashEndpoint } from "#scripts/stack/upstash/upstash-endpoint.ts";
import { isolateOn } from "#tests/db/answers/isolate.ts";
import { SCREENS, screenOf, type Asked, type ScreenName } from "#tests/db/answers/screens.ts";
import { testDeps } from "#tests/db/campaigns/campaign-deps.ts";
import type { Database } from "#db/database.ts";
import { cachedAnswer } from "#usecases/answers/cached-answer.ts";
import { type BenchResult, SCALE } from "./bench-result.ts";
import { fillDays } from "./screens.ts";
import { median, startTrafficDatabase } from "./traffic-database.ts";

const DAYS = 90;
const ROUNDS = 7;

/**
 * What an answer costs from question to answer when it is worked out (credit and results are kept by Postgres already),
 * when Upstash has it and when the isolate remembers it; version and all. Postgres and Upstash are on this machine, so that
 * a round trip costs next to nothing: what is left is what a round trip to Upstash may cost before it loses.
 */
export async function bench(): Promise<BenchResult[]> {
  const { db, client, siteId, stop } = await startTrafficDatabase();
  const upstash = await startUpstashEndpoint({ token: "bench" });
  try {
    const to = addDays(new Date().toISOString().slice(0, 10), -1);
    const from = addDays(to, 1 - DAYS);
    await fillDays({ db, client, siteId }, { from, events: Math.round(100_000 * SCALE) });
    const { rows } = await client.query<Place>(
      "select id as site_id, public_id, account_id, currency, time_zone from site.sites where id = $1",
      [siteId],
    );
    const place = placeOf(rows[0], { from, to });
    const results: BenchResult[] = [];
    // The site's traffic names campaigns that nobody made.
    const asked = SCREENS.filter((screen) => screen !== "campaign-analytics");
    for (const screen of asked) results.push(await measure(db, upstash, { screen, place }));
    return results;
  } finally {
    await upstash.close();
    await stop();
  }
}

type Place = { site_id: number; public_id: string; account_id: number; currency: string; time_zone: string };

function placeOf(row: Place | undefined, range: { from: string; to: string }): Asked {
  if (row === undefined) throw new Error("No site");
  const names = { siteKey: "", name: "", domain: "", database: "main" };
  const { site_id: siteId, public_id: publicId, account_id: accountId, currency, time_zone: timeZone } = row;
  return {
    site: { ...names, siteId, publicId, accountId, currency, timeZone },
    campaignId: siteId * 1_000 + 1,
    ...range,
  };
}

async function measure(
  db: Database,
  { url, token }: { url: string; token: string },
  { screen, place }: { screen: ScreenName; place: Asked },
): Promise<BenchResult> {
  const now = () => new Date();
  const env = { UPSTASH_REDIS_REST_URL: url, UPSTASH_REDIS_REST_TOKEN: token };
  const isolate = () =>
    isolateOn(
      db,
      upstashCache(env, () => Date.now()),
      now,
    );
  const { question, compute } = screenOf({ ...testDeps(db), clock: { now } }, screen, place);
  const ask = async (deps: ReturnType<typeof isolate>, wanted: string): Promise<number> => {
    const startedMs = performance.now();
    const { state } = await cachedAnswer(deps, { ...question, mayBeStale: true }, compute);
    const ms = performance.now() - startedMs;
    await deps.settled();
    if (state !== wanted) throw new Error(`${screen} came from ${state} and not from ${wanted}`);
    return ms;
  };
  const tried = await compute();
  if (tried.ok && "status" in tried.value && tried.value.status === "computing")
    return {
      name: `${screen}: a job's work here`,
      ratio: null,
      target: null,
      detail: "kept by Postgres alone",
    };
  const first = isolate();
  await ask(first, "miss");
  const times = { compute: [] as number[], hit: [] as number[], memory: [] as number[] };
  for (let round = 0; round < ROUNDS; round += 1) {
    const startedMs = performance.now();
    const answer = await compute();
    times.compute.push(performance.now() - startedMs);
    if (!answer.ok) throw new Error(`No answer of ${screen}`);
    times.hit.push(await ask(isolate(), "hit"));
    times.memory.push(await ask(first, "memory"));
  }
  const [computed, hit, memory] = [median(times.compute), median(times.hit), median(times.memory)];
  return {
    name: `${screen}: from Upstash ÷ worked out`,
    ratio: hit / computed,
    target: null,
    detail: `worked out ${computed.toFixed(1)} ms, from Upstash ${hit.toFixed(1)} ms, remembered ${memory.toFixed(1)} ms: a round trip to Upstash pays up to ${(computed - hit).toFixed(1)} ms`,
  };
}
