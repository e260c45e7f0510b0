import { Client } from "pg";
import { drizzle } from "drizzle-orm/node-postgres";
import type { Database } from "#db/database.ts";
import { databaseUrls } from "#scripts/migrations/database-urls.ts";
import { recomputeProductMetrics } from "#usecases/product/recompute-product-metrics.ts";

const USAGE = "Usage: npm run product-metrics -- recompute";

const urls = databaseUrls(process.env);
if (process.argv[2] !== "recompute") stop(USAGE, 2);
else if (urls === null) stop("Cannot work out product metrics: DATABASE_URL is not set.", 1);
else await recompute(urls);

/** Over ordinary connections to every database that the environment names: what one of them saw first decides. */
async function recompute(databases: ReadonlyMap<string, string>): Promise<void> {
  const clients = new Map([...databases].map(([name, url]) => [name, new Client({ connectionString: url })]));
  await Promise.all([...clients.values()].map(async (client) => await client.connect()));
  try {
    const named = (name: string): Database => {
      const client = clients.get(name);
      if (client === undefined) throw new Error(`No database ${name}`);
      return drizzle({ client }) as unknown as Database;
    };
    const clock = { now: () => new Date() };
    await recomputeProductMetrics({ databases: { named, names: () => [...clients.keys()] }, clock });
    console.log(`Product metrics worked out anew, of ${[...clients.keys()].join(", ")}.`);
  } finally {
    await Promise.all([...clients.values()].map(async (client) => await client.end()));
  }
}

function stop(words: string, code: number): void {
  console.error(words);
  process.exitCode = code;
}
