import { fileURLToPath } from "node:url";

import type { KVNamespace } from "@cloudflare/workers-types";
import type { TestHarness, TestHarnessOptions } from "wrangler";

import { buildPixel } from "#scripts/build/pixel.ts";
import { createHarness } from "#scripts/stack/workers/harness.ts";

const ROOT = fileURLToPath(new URL("../../..", import.meta.url));
const SHARDS = [0, 1, 2, 3];
export const SITE_KEY = "wms_bench";

export type Counted = { messages: number; bodies: number };

export type BenchWorkers = {
  collect: URL;
  /** With the rate limits, which hold nobody here. */
  braked: URL;
  /** The bare ways to send, by path. */
  variants: URL;
  /** What has come out of the queues so far, once nothing more comes. */
  arrived(): Promise<Counted>;
  stop(): Promise<void>;
};

/**
 * Collect and Workers that only send, each in a process of its own; one at a time is under load. A brake that is not
 * bound lets all pass: its stand-in here is a transaction in SQLite a call, where production has a counter in memory.
 */
export async function startBenchWorkers(): Promise<BenchWorkers> {
  process.env["WRANGLER_LOG"] ??= "error";
  await buildPixel();
  const collect = await createHarness(collectOptions([]));
  const braked = await createHarness(collectOptions(["RATE_BY_IP", "RATE_BY_SITE"]));
  const variants = await createHarness(variantOptions());
  const harnesses = [collect, braked, variants];
  const [collectUrl, brakedUrl, variantsUrl] = [
    await urlOf(collect),
    await urlOf(braked),
    await urlOf(variants),
  ];
  for (const harness of [collect, braked]) {
    // oxlint-disable-next-line no-await-in-loop -- there are two
    await writeConfig(
      (await harness.getWorker<{ EDGE_CONFIG: KVNamespace }>("bench-collect").getEnv()).EDGE_CONFIG,
    );
  }
  const sinks = harnesses.map((harness) => harness.getWorker("sink"));

  const count = async (): Promise<Counted> => {
    const counts = await Promise.all(
      sinks.map(async (sink) => (await (await sink.fetch("http://sink.test/")).json()) as Counted),
    );
    return counts.reduce((sum, one) => ({
      messages: sum.messages + one.messages,
      bodies: sum.bodies + one.bodies,
    }));
  };
  return {
    collect: new URL("/e", collectUrl),
    braked: new URL("/e", brakedUrl),
    variants: variantsUrl,
    async arrived() {
      for (let before = await count(); ;) {
        // oxlint-disable-next-line no-await-in-loop -- twice the time that a batch waits
        await new Promise((resolve) => setTimeout(resolve, 500));
        // oxlint-disable-next-line no-await-in-loop -- one count after the other is the point
        const after = await count();
        if (after.bodies === before.bodies) return after;
        before = after;
      }
    },
    async stop() {
      await Promise.all(harnesses.map(async (harness) => await harness.close()));
    },
  };
}

async function urlOf(harness: TestHarness): Promise<URL> {
  return (await harness.listen()).url;
}

async function writeConfig(config: KVNamespace): Promise<void> {
  const site = {
    siteId: 1,
    siteKey: SITE_KEY,
    database: "main",
    domain: "shop.example",
    origins: ["https://shop.example"],
    currency: "EUR",
    identity: "first-party",
    consentRequired: false,
    withoutConsent: "cookieless",
    honourGpc: true,
    honourDnt: false,
    identifyKey: "0b".repeat(32),
    silent: false,
  };
  await config.put(`site:${SITE_KEY}`, JSON.stringify(site));
}

type Harness = Extract<TestHarnessOptions, { workers: unknown }>;
const compatibility_date = "2026-10-23";
const producers = SHARDS.map((shard) => ({ binding: `EVENTS_${shard}`, queue: `bench-${shard}` }));

const SINK: Harness["workers"][number] = {
  config: {
    name: "sink",
    main: "./tests/bench/collect/sink/index.js",
    compatibility_date,
    queues: {
      consumers: SHARDS.map((shard) => ({
        queue: `bench-${shard}`,
        max_batch_size: 100,
        max_batch_timeout: 0.2,
      })),
    },
  },
};

function collectOptions(brakes: readonly string[]): Harness {
  const config = {
    name: "bench-collect",
    main: "./workers/collect/index.ts",
    compatibility_date,
    rules: [{ type: "Text" as const, globs: ["pixel/dist/*.js.txt"], fallthrough: true }],
    vars: { EVENT_SHARDS: String(SHARDS.length) },
    kv_namespaces: [{ binding: "EDGE_CONFIG", id: "bench-edge-config" }],
    r2_buckets: [{ binding: "SPILL", bucket_name: "bench-spill" }],
    ratelimits: brakes.map((name, index) => ({
      name,
      namespace_id: `400${index}`,
      simple: { limit: 100_000_000, period: 60 as const },
    })),
    queues: { producers },
  };
  return { root: ROOT, workers: [{ config }, SINK] };
}

function variantOptions(): Harness {
  const config = {
    name: "bench-variants",
    main: "./tests/bench/collect/variants/index.js",
    compatibility_date,
    queues: { producers },
    durable_objects: { bindings: [{ name: "BUFFER", class_name: "Buffer" }] },
    migrations: [{ tag: "v1", new_sqlite_classes: ["Buffer"] }],
  };
  return { root: ROOT, workers: [{ config }, SINK] };
}
