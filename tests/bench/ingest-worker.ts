import { Client } from "pg";
import { createEmptyDatabase } from "./bench-stack.ts";
import { type BenchResult, median, perSecond, timedMs } from "./bench-result.ts";
import { copyRowsMs } from "./copy-rows.ts";
import { sendEvents } from "./http-load.ts";
import { type StackBench, startStackBench, untilStored } from "./stack-site.ts";

const ROUNDS = 6;
const SHAPES = [
  { eventsABody: 2, events: 6_000 },
  { eventsABody: 20, events: 20_000 },
];
const TARGET = 0.08;

/**
 * The jobs Worker from a full queue until all is committed, against a raw COPY of the rows that came of it. The queue is
 * filled through collect while ingest waits for a table that we hold.
 */
export async function bench(): Promise<BenchResult[]> {
  const stage = await startStackBench();
  try {
    const results: BenchResult[] = [];
    for (const shape of SHAPES) {
      const rounds: Round[] = [];
      for (let round = 0; round < ROUNDS; round += 1) rounds.push(await measure(stage, shape));
      // The first one warms the caches.
      results.push(summarise(shape, rounds.slice(1)));
    }
    return results;
  } finally {
    await stage.stop();
  }
}

type Shape = (typeof SHAPES)[number];
type Round = { workerMs: number; copyMs: number };

async function measure(stage: StackBench, shape: Shape): Promise<Round> {
  const { key, siteId } = await stage.newSite();
  const holder = new Client({ connectionString: stage.stack.databaseUrl });
  await holder.connect();
  await holder.query("begin");
  // The first thing that ingest asks for: no batch is under way before it is let go.
  await holder.query("lock table site.sites in access exclusive mode");
  await sendEvents({ siteKey: key, ...shape, post: stage.post });
  const workerMs = await timedMs(async () => {
    await holder.query("rollback");
    await untilStored(stage.database, siteId, shape.events);
  });
  await holder.end();
  const raw = await createEmptyDatabase(stage.stack.databaseUrl, "bench_raw");
  const copyMs = await copyRowsMs(stage.database, raw, siteId);
  await raw.end();
  return { workerMs, copyMs };
}

function summarise({ eventsABody, events }: Shape, rounds: readonly Round[]): BenchResult {
  const workerMs = median(rounds.map((round) => round.workerMs));
  const copyMs = median(rounds.map((round) => round.copyMs));
  return {
    name: `jobs Worker, full queue to commit ÷ COPY of the same rows, ${eventsABody} events a body`,
    ratio: median(rounds.map((round) => round.copyMs / round.workerMs)),
    target: TARGET,
    detail:
      `${events} events, medians of ${rounds.length}: ` +
      `Worker ${perSecond(events, workerMs)}, COPY ${perSecond(events, copyMs)}`,
  };
}
