import { Agent, request } from "node:http";

import { systemIds } from "#platform/ids.ts";

import { SITE_KEY } from "./bench-workers.ts";

export type Measured = { requestsPerSecond: number; p50Ms: number; p99Ms: number };

/** So many clients, each of which sends its next body when the last is answered. Throws for an answer but 202. */
export async function postFor(url: URL, { clients, ms }: { clients: number; ms: number }): Promise<Measured> {
  const agent = new Agent({ keepAlive: true, maxSockets: clients });
  const bodies = Array.from({ length: 2_000 }, bodyOf);
  const tookMs: number[] = [];
  const startedMs = performance.now();
  let sent = 0;
  const client = async (): Promise<void> => {
    while (performance.now() - startedMs < ms) {
      const at = performance.now();
      // oxlint-disable-next-line no-await-in-loop -- a client waits for its answer
      await post(url, agent, bodies[(sent += 1) % bodies.length] ?? "");
      tookMs.push(performance.now() - at);
    }
  };
  await Promise.all(Array.from({ length: clients }, client));
  const seconds = (performance.now() - startedMs) / 1_000;
  agent.destroy();
  tookMs.sort((a, b) => a - b);
  const quantile = (share: number): number => tookMs[Math.floor(tookMs.length * share)] ?? Number.NaN;
  return { requestsPerSecond: tookMs.length / seconds, p50Ms: quantile(0.5), p99Ms: quantile(0.99) };
}

const USER_AGENT =
  "Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/142.0.0.0 Safari/537.36";

/** One page view of a visitor, as the pixel sends it. */
function bodyOf(): string {
  const now = new Date();
  const event = {
    id: systemIds.uuid7(now),
    at: now.getTime(),
    type: "pageview",
    url: "https://shop.example/products/category-7/a-product?utm_source=pod&utm_campaign=spring",
    referrer: "https://news.example/",
    title: "A product of some length | Shop",
  };
  return JSON.stringify({
    v: 1,
    site: SITE_KEY,
    sentAt: now.getTime(),
    visitor: systemIds.uuid7(now),
    events: [event],
  });
}

async function post(url: URL, agent: Agent, body: string): Promise<void> {
  await new Promise<void>((resolve, reject) => {
    const headers = {
      "Content-Type": "text/plain;charset=UTF-8",
      "Content-Length": Buffer.byteLength(body),
      "User-Agent": USER_AGENT,
      Origin: "https://shop.example",
    };
    const sending = request(url, { method: "POST", headers, agent }, (response) => {
      response.resume();
      response.on("end", () =>
        response.statusCode === 202 ? resolve() : reject(new Error(`Answered ${response.statusCode}`)),
      );
    });
    sending.on("error", reject);
    sending.end(body);
  });
}
