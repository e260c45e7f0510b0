import { setTimeout as pause } from "node:timers/promises";
import { Client } from "pg";
import { createEmptyDatabase } from "./bench-stack.ts";
import { type BenchResult, median, perSecond, timedMs } from "./bench-result.ts";
import { copyRowsMs } from "./copy-rows.ts";
import { BODIES_A_MESSAGE, eventsOf, fillQueues, MESSAGES_A_BATCH, plugQueues } from "./fill-queues.ts";
import { benchShapes, type StackBench, untilStored } from "./stack-site.ts";

const SHAPES = [
  { eventsABody: 2, batchesAShard: 4 },
  { eventsABody: 20, batchesAShard: 1 },
];
const TARGET = 0.08;

/**
 * The jobs Worker from a full queue until all is committed, against a raw COPY of the rows that came of it. The queues
 * are filled with full batches, in the groups that collect sends under load, while a first event of each waits for a
 * table that we hold; so nothing of what is measured has begun, and no batch waits to be filled.
 */
export async function bench(): Promise<BenchResult[]> {
  return await benchShapes(SHAPES, { measure, summarise });
}

type Shape = (typeof SHAPES)[number];
type Round = { workerMs: number; copyMs: number };

async function measure(stage: StackBench, shape: Shape): Promise<Round> {
  const { siteId } = await stage.newSite();
  const holder = new Client({ connectionString: stage.stack.databaseUrl });
  await holder.connect();
  await holder.query("begin");
  // The first thing that ingest asks for.
  await holder.query("lock table site.sites in access exclusive mode");
  const plugs = await plugQueues(stage, siteId);
  await untilWaiting(stage, plugs);
  await fillQueues(stage, { siteId, ...shape });
  const workerMs = await timedMs(async () => {
    await holder.query("rollback");
    await untilStored(stage.database, siteId, plugs + eventsOf(shape));
  });
  await holder.end();
  const raw = await createEmptyDatabase(stage.stack.databaseUrl, "bench_raw");
  const copyMs = await copyRowsMs(stage.database, raw, siteId);
  await raw.end();
  return { workerMs, copyMs };
}

/** Until so many consumers wait for the table. */
async function untilWaiting({ database }: StackBench, consumers: number): Promise<void> {
  for (;;) {
    const { rows } = await database.query<{ waiting: number }>(
      "select count(*)::int as waiting from pg_stat_activity where wait_event_type = 'Lock' and datname = current_database()",
    );
    if ((rows[0]?.waiting ?? 0) >= consumers) return;
    await pause(20);
  }
}

function summarise(shape: Shape, rounds: readonly Round[]): BenchResult {
  const { eventsABody } = shape;
  const events = eventsOf(shape);
  const workerMs = median(rounds.map((round) => round.workerMs));
  const copyMs = median(rounds.map((round) => round.copyMs));
  return {
    name: `jobs Worker, full queue to commit ÷ COPY of the same rows, ${eventsABody} events a body`,
    ratio: median(rounds.map((round) => round.copyMs / round.workerMs)),
    target: TARGET,
    detail:
      `${events} events, ${BODIES_A_MESSAGE} bodies a message, ${MESSAGES_A_BATCH} messages a batch, ` +
      `medians of ${rounds.length}: Worker ${perSecond(events, workerMs)}, COPY ${perSecond(events, copyMs)}`,
  };
}
