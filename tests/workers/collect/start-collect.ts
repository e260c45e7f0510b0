import type { TestHarnessOptions } from "wrangler";
import { fileURLToPath } from "node:url";

import type { KVNamespace, R2Bucket } from "@cloudflare/workers-types";
import { vi } from "vitest";
import { exitOnSigterm } from "#tests/support/exit-on-sigterm.ts";
import { createHarness } from "#scripts/stack/workers/harness.ts";

import type { EdgeLink, EdgeSite } from "#contract/edge-config.ts";
import type { IngestMessage } from "#contract/ingest-message.ts";
import { buildPixel } from "#scripts/build/pixel.ts";
import { workerSource } from "#scripts/stack/workers/worker-source.ts";

const ROOT = fileURLToPath(new URL("../../..", import.meta.url));
const SHARDS = 4;

/** A body, and the queue and message it came in. */
export type Queued = { queue: string; messageId: string; body: IngestMessage };
export type CollectBindings = { EDGE_CONFIG: KVNamespace; SPILL: R2Bucket };
type Answer = Awaited<ReturnType<typeof fetch>>;

export type RunningCollect = {
  bindings: CollectBindings;
  fetch(path: string, init?: RequestInit): Promise<Answer>;
  /** At any host, as a browser reaches it. */
  fetchUrl(url: URL, init: RequestInit): Promise<Answer>;
  /** `POST /e` as a browser sends it: text/plain. */
  send(body: unknown, headers?: Record<string, string>): Promise<Answer>;
  /** Waits for the messages of a site, in the order of their receipts. */
  queued(siteId: number, count: number): Promise<Queued[]>;
  /** All messages of a site so far, after a pause in which more could have come. */
  queuedInTheEnd(siteId: number): Promise<Queued[]>;
};

export const BROWSER =
  "Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/142.0.0.0 Safari/537.36";

let shared: Promise<RunningCollect> | undefined;

/**
 * The one collect that the files of this test process share, with the salts of these days: their tests bring sites of
 * their own. It ends with the process.
 */
export async function sharedCollect(): Promise<RunningCollect> {
  exitOnSigterm();
  shared ??= startCollect().then(async (collect) => {
    await writeSalts(collect.bindings);
    return collect;
  });
  return await shared;
}

/** Collect from wrangler.toml, and a recorder at the other end of its queues. */
async function startCollect(): Promise<RunningCollect> {
  process.env["WRANGLER_LOG"] ??= "error";
  await buildPixel();
  const harness = await createHarness({
    root: ROOT,
    workers: [workerSource("collect"), { config: recorderConfig() }],
  });
  await harness.listen();
  const worker = harness.getWorker("waymark-collect");
  const bindings = await harness.getWorker<CollectBindings>("waymark-collect").getEnv();
  const { RECEIVED } = await harness.getWorker<{ RECEIVED: KVNamespace }>("recorder").getEnv();

  const all = async (siteId: number): Promise<Queued[]> => {
    const { keys } = await RECEIVED.list({ prefix: `${siteId}/` });
    const found = await Promise.all(keys.map(({ name }) => RECEIVED.get<Queued>(name, "json")));
    return found.filter((one) => one !== null);
  };
  const send: RunningCollect["send"] = async (body, headers = {}) =>
    (await worker.fetch("http://collect.test/e", {
      method: "POST",
      body: typeof body === "string" ? body : JSON.stringify(body),
      headers: { "Content-Type": "text/plain;charset=UTF-8", "User-Agent": BROWSER, ...headers },
    })) as unknown as Answer;

  return {
    bindings,
    send,
    fetch: async (path, init) =>
      (await worker.fetch(`http://collect.test${path}`, {
        redirect: "manual",
        ...(init as object),
      })) as unknown as Answer,
    fetchUrl: async (url, init) =>
      (await worker.fetch(url, { redirect: "manual", ...(init as object) })) as unknown as Answer,
    queued: async (siteId, count) =>
      await vi.waitUntil(
        async () => {
          const messages = await all(siteId);
          return messages.length >= count ? messages : null;
        },
        { timeout: 10_000, interval: 50 },
      ),
    async queuedInTheEnd(siteId) {
      // What may not come can only be waited for: twice the time that a message needs.
      await new Promise((resolve) => setTimeout(resolve, 400));
      return await all(siteId);
    },
  };
}

type InlineConfig = Extract<TestHarnessOptions["workers"][number], { config: unknown }>["config"];

function recorderConfig(): InlineConfig {
  return {
    name: "recorder",
    main: "./tests/workers/collect/recorder/index.js",
    compatibility_date: "2026-10-23",
    kv_namespaces: [{ binding: "RECEIVED", id: "received" }],
    queues: {
      consumers: Array.from({ length: SHARDS }, (_, shard) => ({
        queue: `waymark-events-${shard}`,
        max_batch_size: 1,
        max_batch_timeout: 0,
        max_retries: 0,
      })),
    },
  };
}

let lastSiteId = 0;

/** A site that is known at the edge; every test makes its own. */
export async function knownSite(bindings: CollectBindings, given: Partial<EdgeSite> = {}): Promise<EdgeSite> {
  lastSiteId += 1;
  const site: EdgeSite = {
    siteId: lastSiteId,
    siteKey: `wms_test${lastSiteId}`,
    database: "main",
    origins: [],
    currency: "EUR",
    identity: "cookieless",
    consentRequired: false,
    withoutConsent: "cookieless",
    honourGpc: true,
    honourDnt: false,
    identifyKey: "0b".repeat(32),
    silent: false,
    ...given,
  };
  await bindings.EDGE_CONFIG.put(`site:${site.siteKey}`, JSON.stringify(site));
  return site;
}

export async function knownLink(bindings: CollectBindings, link: EdgeLink): Promise<void> {
  await bindings.EDGE_CONFIG.put(`link:${link.slug}`, JSON.stringify(link));
}

/** The salts of today and its neighbours, as the cron writes them. */
export async function writeSalts(bindings: CollectBindings): Promise<void> {
  for (const days of [-1, 0, 1]) {
    const day = new Date(Date.now() + days * 86_400_000).toISOString().slice(0, 10);
    const salt = `${days + 5}a`.repeat(32);
    await bindings.EDGE_CONFIG.put(`salt:${day}`, JSON.stringify({ day, salt }));
  }
}
