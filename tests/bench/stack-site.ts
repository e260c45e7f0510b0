import { setTimeout as pause } from "node:timers/promises";
import { Client } from "pg";
import type { WaymarkClient } from "#scripts/client/waymark-client.ts";
import { type Stack, startStack } from "#scripts/stack/stack.ts";
import { createFaultSite, type FaultSite, signUp } from "#tests/faults/proof/fault-site.ts";
import { ensurePixel } from "#scripts/build/ensure-built.ts";
import type { BenchResult } from "./bench-result.ts";

/** The whole local stack, and a connection to look into it. */
export type StackBench = {
  stack: Stack;
  database: Client;
  newSite: () => Promise<FaultSite>;
  post: (body: string, headers: Record<string, string>) => Promise<Response>;
  stop(): Promise<void>;
};

const LOOK_EVERY_MS = 10;
const ROUNDS = 6;

export type ShapeBench<Shape, Round> = {
  measure: (stage: StackBench, shape: Shape) => Promise<Round>;
  summarise: (shape: Shape, rounds: readonly Round[]) => BenchResult;
};

/** Measures each shape of load several times on one stack; the first time warms the caches and does not count. */
export async function benchShapes<Shape, Round>(
  shapes: readonly Shape[],
  { measure, summarise }: ShapeBench<Shape, Round>,
): Promise<BenchResult[]> {
  const stage = await startStackBench();
  try {
    const results: BenchResult[] = [];
    for (const shape of shapes) {
      const rounds: Round[] = [];
      for (let round = 0; round < ROUNDS; round += 1) rounds.push(await measure(stage, shape));
      results.push(summarise(shape, rounds.slice(1)));
    }
    return results;
  } finally {
    await stage.stop();
  }
}

async function startStackBench(): Promise<StackBench> {
  await ensurePixel();
  const stack = await startStack({ persist: false });
  const client: WaymarkClient = await signUp(stack.appOrigin);
  const database = new Client({ connectionString: stack.databaseUrl });
  await database.connect();
  return {
    stack,
    database,
    newSite: async () => await createFaultSite(client, stack.databaseUrl, `Bench ${performance.now()}`),
    post: async (body, headers) =>
      await stack.workers.fetch("collect", `${stack.collectOrigin}/e`, { method: "POST", body, headers }),
    async stop() {
      await database.end();
      await stack.stop();
    },
  };
}

/** Returns as soon as so many events of the site are committed. */
export async function untilStored(database: Client, siteId: number, events: number): Promise<void> {
  for (;;) {
    const { rows } = await database.query<{ stored: number }>(
      "select coalesce(sum(stored), 0)::int as stored from site.receipts where site_id = $1",
      [siteId],
    );
    if ((rows[0]?.stored ?? 0) >= events) return;
    await pause(LOOK_EVERY_MS);
  }
}
