import { setTimeout as pause } from "node:timers/promises";
import { Client } from "pg";
import type { WaymarkClient } from "#scripts/client/waymark-client.ts";
import { type Stack, startStack } from "#scripts/stack/stack.ts";
import { createFaultSite, type FaultSite, signUp } from "#tests/faults/proof/fault-site.ts";
import { ensurePixel } from "#tests/faults/ensure-pixel.ts";

/** The whole local stack, and a connection to look into it. */
export type StackBench = {
  stack: Stack;
  database: Client;
  newSite: () => Promise<FaultSite>;
  post: (body: string, headers: Record<string, string>) => Promise<Response>;
  stop(): Promise<void>;
};

const LOOK_EVERY_MS = 10;

export async function startStackBench(): Promise<StackBench> {
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
