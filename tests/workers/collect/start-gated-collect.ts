import { createServer, type IncomingMessage, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import { fileURLToPath } from "node:url";

import type { KVNamespace, R2Bucket } from "@cloudflare/workers-types";
import { vi } from "vitest";
import { createHarness } from "#scripts/stack/workers/harness.ts";

import type { QueueMessage } from "#contract/queue-message.ts";
import { buildPixel } from "#scripts/build/pixel.ts";

const ROOT = fileURLToPath(new URL("../../..", import.meta.url));

type Verdict = "take" | "refuse";

export type Posted = {
  /** The status of the answer; 499 when the client had left. */
  status: Promise<number>;
  /** Breaks the connection off. */
  leave(): void;
};

export type GatedCollect = {
  bindings: { EDGE_CONFIG: KVNamespace; SPILL: R2Bucket };
  /** `POST /e` over a connection that can be broken off. */
  post(body: object): Posted;
  /** Any request, as it is. */
  fetch(path: string, init: object): Promise<Response>;
  /** From now on every send waits. */
  shut(): void;
  /** From now on every send is taken, or refused, at once; those that wait too. */
  open(verdict: Verdict): void;
  /** Waits until so many sends wait, and gives their messages, the oldest first. */
  waiting(count: number): Promise<QueueMessage[]>;
  /** Takes or refuses the send that has waited longest. */
  settleOldest(verdict: Verdict): void;
  /** All that the queue has taken, and all that it has refused. */
  taken: QueueMessage[];
  refused: QueueMessage[];
  stop(): Promise<void>;
};

/** Collect in workerd on one shard, with its queue and its clients' connections in the hands of the test. */
export async function startGatedCollect(): Promise<GatedCollect> {
  process.env["WRANGLER_LOG"] ??= "error";
  await buildPixel();
  const gate = startGate();
  const connections = new Map<string, ServerResponse>();
  const server = createServer((incoming, response) => {
    if (incoming.url?.startsWith("/leave/") === true) connections.set(incoming.url, response);
    else void gate.receive(incoming, response);
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const controlUrl = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;

  const harness = await createHarness({
    root: ROOT,
    workers: [CLIENT, COLLECT, { config: { ...GATE, vars: { GATE_URL: `${controlUrl}/gate` } } }],
  });
  await harness.listen();
  let lastPost = 0;
  return {
    ...gate,
    bindings: await harness.getWorker<GatedCollect["bindings"]>(COLLECT.config.name).getEnv(),
    post(body) {
      const path = `/leave/${(lastPost += 1)}`;
      const headers = { "Content-Type": "text/plain", "User-Agent": "Mozilla/5.0 Firefox/144.0" };
      const answer = harness.getWorker(CLIENT.config.name).fetch("http://collect.test/e", {
        method: "POST",
        headers: { ...headers, "X-Leave-Url": controlUrl + path },
        body: JSON.stringify(body),
      });
      return {
        status: answer.then(({ status }) => status),
        leave: () => void connections.get(path)?.writeHead(204).end(),
      };
    },
    fetch: async (path, init) =>
      (await harness
        .getWorker(COLLECT.config.name)
        .fetch(`http://collect.test${path}`, { redirect: "manual", ...init })) as unknown as Response,
    async stop() {
      await harness.close();
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}

type Gate = Pick<GatedCollect, "shut" | "open" | "waiting" | "settleOldest" | "taken" | "refused"> & {
  receive(incoming: IncomingMessage, response: ServerResponse): Promise<void>;
};

function startGate(): Gate {
  const held: { message: QueueMessage; response: ServerResponse }[] = [];
  const taken: QueueMessage[] = [];
  const refused: QueueMessage[] = [];
  let verdict: Verdict | null = "take";

  function settle({ message, response }: (typeof held)[number], as: Verdict): void {
    (as === "take" ? taken : refused).push(message);
    response.writeHead(as === "take" ? 200 : 500).end();
  }
  return {
    taken,
    refused,
    shut() {
      verdict = null;
    },
    open(as) {
      verdict = as;
      for (const send of held.splice(0)) settle(send, as);
    },
    async waiting(count) {
      await vi.waitUntil(() => held.length >= count, { timeout: 10_000, interval: 5 });
      return held.map(({ message }) => message);
    },
    settleOldest(as) {
      const oldest = held.shift();
      if (oldest === undefined) throw new Error("No send waits");
      settle(oldest, as);
    },
    async receive(incoming, response) {
      const chunks: Buffer[] = [];
      for await (const chunk of incoming) chunks.push(chunk as Buffer);
      const send = { message: JSON.parse(Buffer.concat(chunks).toString()) as QueueMessage, response };
      if (verdict === null) held.push(send);
      else settle(send, verdict);
    },
  };
}

const compatibility_date = "2026-10-23";

const CLIENT = {
  config: {
    name: "client",
    main: "./tests/workers/collect/client/index.js",
    compatibility_date,
    services: [{ binding: "COLLECT", service: "gated-collect" }],
  },
};

const COLLECT = {
  config: {
    name: "gated-collect",
    main: "./workers/collect/index.ts",
    compatibility_date,
    rules: [{ type: "Text" as const, globs: ["pixel/dist/*.js.txt"], fallthrough: true }],
    vars: { EVENT_SHARDS: "1" },
    kv_namespaces: [{ binding: "EDGE_CONFIG", id: "gated-edge-config" }],
    r2_buckets: [{ binding: "SPILL", bucket_name: "gated-spill" }],
    ratelimits: ["RATE_BY_IP", "RATE_BY_SITE"].map((name, index) => ({
      name,
      namespace_id: `300${index}`,
      simple: { limit: 100_000, period: 60 as const },
    })),
    services: [{ binding: "EVENTS_0", service: "gate" }],
  },
};

const GATE = { name: "gate", main: "./tests/workers/collect/gate/index.js", compatibility_date };
