import { setTimeout as pause } from "node:timers/promises";
import { Client } from "pg";
import type { CreatedApiKey } from "#contract/accounts.ts";
import type { Run } from "#contract/runs.ts";
import { addDays } from "#core/time/site-day.ts";
import type { WaymarkClient } from "#scripts/client/waymark-client.ts";
import { type Stack, startStack } from "#scripts/stack/stack.ts";
import { ensurePixel } from "#scripts/build/ensure-built.ts";
import { createFaultSite, signUp } from "#tests/faults/proof/fault-site.ts";
import { type BenchResult, SCALE } from "./bench-result.ts";
import { fillJourneys } from "./fill-journeys.ts";
import { watchWorkers, type WorkerMemory } from "./worker-memory.ts";

const MOST_MB = 64;
/** What an isolate may use before it ends: if that is too little for the work, it does not get done. */
const HEAP_MB = 40;
const DAY_MS = 86_400_000;
const TO = "2026-10-30";
const DAYS = 90;
const FROM = addDays(TO, 1 - DAYS);
const LOOK_EVERY_MS = 200;
const PAGE = 200;

type Stage = { client: WaymarkClient; memory: WorkerMemory; csv: (path: string) => Promise<string | null> };
type Sites = { wide: string; many: string; busy: string };
type Case = { name: string; detail: string; work: (stage: Stage, sites: Sites) => Promise<void> };

const count = (n: number) => Math.round(n * SCALE).toLocaleString("en");
const question = (by: string, more = "", from = FROM) => `from=${from}&to=${TO}&by=${by}${more}`;
/** As many as may be put in order by what they got: 100,000 conversions and refunds. */
const SORTED_FROM = addDays(TO, 1 - 80);

const CASES: readonly Case[] = [
  {
    name: "all models by campaign, 500 of them, in MB",
    detail: `${count(1e6)} touchpoints, ${count(1e5)} conversions, 90 days; Markov of order 1 with null journeys`,
    work: async ({ client }, { wide }) =>
      await answered(client, `/sites/${wide}/attribution?${question("campaign")}`),
  },
  ...([2, 3] as const).map((order): Case => ({
    name: `all models by channel, Markov of order ${order}, in MB`,
    detail: "the same journeys; steps by 100 buckets",
    work: async ({ client }, { wide }) =>
      await answered(client, `/sites/${wide}/attribution?${question("channel", `&order=${order}`)}`),
  })),
  {
    name: "all models by source, 1,800 of them, in MB",
    detail: `${count(1e6)} touchpoints; as many states as a chain may have, nearly every step another one`,
    work: async ({ client }, { many }) =>
      await answered(client, `/sites/${many}/attribution?${question("source")}`),
  },
  {
    name: "journeys and their paths, in MB",
    detail: "the same site by source: ways, lengths, lags, assists, first by last; a diagram of five steps",
    work: async ({ client }, { many }) => {
      await answered(client, `/sites/${many}/journeys?${question("source")}`);
      await answered(client, `/sites/${many}/journeys/paths?${question("source")}`);
    },
  },
  {
    name: `a page of a figure, ${PAGE} journeys with all their touchpoints, in MB`,
    detail: "newest first and largest first, under Shapley, and under Markov with its chain",
    work: async ({ client }, { wide }) => {
      const figure = (from: string, more: string) =>
        `/sites/${wide}/attribution/journeys?${question("channel", more, from)}&kind=group&key=email&limit=${PAGE}`;
      await client.request("GET", figure(FROM, "&model=shapley"));
      await client.request("GET", figure(SORTED_FROM, "&model=shapley&order_by=value"));
      await client.request("GET", figure(FROM, "&model=markov"));
    },
  },
  {
    name: "a figure as CSV, page by page to its end, in MB",
    detail: `the journeys of one of four channels, among ${count(1e5)} conversions`,
    work: async ({ csv }, { wide }) => {
      const figure = `/sites/${wide}/attribution/journeys?${question("channel")}&kind=group&key=email&limit=${PAGE}`;
      let after = await csv(`${figure}&model=participation`);
      // oxlint-disable-next-line no-await-in-loop -- a page says where the next one begins.
      while (after !== null) after = await csv(`${figure}&model=participation&after=${after}`);
    },
  },
  {
    name: "a run of 90 days with every model, in MB",
    detail: `${count(1e5)} conversions, each kept with its contacts`,
    work: async ({ client }, { wide }) => void (await made(client, wide, { from: FROM, to: TO })),
  },
  {
    name: "a run of a day of 20,000 conversions, and what changed under another lookback, in MB",
    detail: `${count(22_000)} conversions and ${count(2e5)} touchpoints; compared under time decay, conversion by conversion`,
    work: async ({ client }, { busy }) => {
      const [wide, narrow] = [
        await made(client, busy, { from: TO, to: TO }),
        await made(client, busy, { from: TO, to: TO, options: { lookbackDays: 7 } }),
      ];
      await client.request(
        "GET",
        `/attribution-runs/${narrow.id}/comparison?with=${wide.id}&model=time_decay`,
      );
    },
  },
];

/**
 * The most that the Workers' process holds beyond its rest while attribution is worked out, asked for, exported, kept and
 * compared. All three Workers share it, so that this is the most that one of them can hold.
 */
export async function bench(): Promise<BenchResult[]> {
  // In an isolate with room to spare, what nobody uses any more would count as well: three Workers share the process.
  process.env["MINIFLARE_WORKERD_V8_FLAGS"] = `--max-old-space-size=${HEAP_MB} --max-semi-space-size=1`;
  await ensurePixel();
  const stack = await startStack({ persist: false });
  try {
    const memory = await watchWorkers();
    if (memory === null) return [];
    const stage = { ...(await signedIn(stack)), memory };
    const sites = await fillSites(stage.client, stack);
    const results: BenchResult[] = [];
    for (const { name, detail, work } of CASES) {
      // oxlint-disable-next-line no-await-in-loop -- two at once would be measured together.
      const peak = await memory.peakMb(async () => await work(stage, sites));
      results.push({ name, ratio: peak, target: MOST_MB, bound: "at most", detail });
    }
    return results;
  } finally {
    delete process.env["MINIFLARE_WORKERD_V8_FLAGS"];
    await stack.stop();
  }
}

async function signedIn({ appOrigin }: Stack): Promise<Omit<Stage, "memory">> {
  const client = await signUp(appOrigin);
  const key = await client.request<CreatedApiKey>("POST", "/api-keys", {
    name: "Bench",
    scopes: ["analytics:read"],
  });
  const headers = { authorization: `Bearer ${key.key}`, accept: "text/csv" };
  const csv: Stage["csv"] = async (path) => {
    const answer = await fetch(`${appOrigin}/api/v1${path}`, { headers });
    if (!answer.ok) throw new Error(`The export was answered with ${answer.status}: ${await answer.text()}`);
    await answer.arrayBuffer();
    return answer.headers.get("x-next");
  };
  return { client, csv };
}

/** 500 campaigns of 2,000 sources; 360 campaigns of 1,800 sources; and a day of a very large shop. */
async function fillSites(client: WaymarkClient, { databaseUrl }: Stack): Promise<Sites> {
  const toMs = Date.parse(`${TO}T18:00:00Z`);
  const fill = async (campaigns: number, touchpoints: number, days: number) => {
    const site = await createFaultSite(client, databaseUrl, `Bench ${campaigns}`);
    const database = new Client({ connectionString: databaseUrl });
    await database.connect();
    const fromMs = toMs - (days + 25) * DAY_MS;
    await fillJourneys(database, { siteId: site.siteId, touchpoints, campaigns, fromMs, toMs });
    await database.end();
    return site.id;
  };
  return {
    wide: await fill(500, Math.round(1e6 * SCALE), DAYS),
    many: await fill(360, Math.round(1e6 * SCALE), DAYS),
    busy: await fill(40, Math.round(2e5 * SCALE), 0.9),
  };
}

/** Asks until it is worked out, as the dashboard does. */
async function answered(client: WaymarkClient, path: string): Promise<void> {
  for (;;) {
    // oxlint-disable-next-line no-await-in-loop
    const { status } = await client.request<{ status: string }>("GET", path);
    if (status === "ready") return;
    // oxlint-disable-next-line no-await-in-loop
    await pause(LOOK_EVERY_MS);
  }
}

async function made(client: WaymarkClient, siteId: string, asked: object): Promise<Run> {
  const body = { name: "Bench", by: "channel", ...asked };
  let run = await client.request<Run>("POST", `/sites/${siteId}/attribution-runs`, body);
  while (run.status === "pending") {
    // oxlint-disable-next-line no-await-in-loop
    await pause(LOOK_EVERY_MS);
    // oxlint-disable-next-line no-await-in-loop
    run = await client.request<Run>("GET", `/attribution-runs/${run.id}`);
  }
  if (run.status === "failed") throw new Error(`The run could not be made: ${run.failure}`);
  return run;
}
