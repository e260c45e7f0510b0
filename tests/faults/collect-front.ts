import type { CollectBody } from "#contract/collect.ts";
import { forward } from "#scripts/stack/http/forward.ts";
import { listenHttp } from "#scripts/stack/http/http-server.ts";
import type { Workers } from "#scripts/stack/workers/workers.ts";

/** Collect as a browser reaches it, by a wire that can be cut. */
export type CollectFront = {
  origin: string;
  /** Cut, every event's connection breaks; the script, which browsers keep, still comes. */
  isCut: boolean;
  /** The ids that a 2xx was sent for. */
  accepted: Set<string>;
  close(): Promise<void>;
};

/** A browser without a window says so, above all in what it sends after its page is gone; collect counts it as a bot. */
const USER_AGENT =
  "Mozilla/5.0 (X11; Linux x86_64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/147.0.0.0 Safari/537.36";

/**
 * Between browser and stack, because interception inside the browser lets pass what a page sends as it goes: only a
 * broken connection is out of reach for that too.
 */
export async function startCollectFront(workers: Workers): Promise<CollectFront> {
  const accepted = new Set<string>();
  const server = await listenHttp(async (request, response) => {
    if (front.isCut && request.method === "POST") {
      request.socket.destroy();
      return;
    }
    await forward(request, response, async (url, init) => {
      const headers = new Headers(init.headers);
      headers.set("user-agent", USER_AGENT);
      if (request.method !== "POST") return await workers.fetch("collect", url, { ...init, headers });
      const body = await new Response(init.body).text();
      const answer = await workers.fetch("collect", url, { ...init, headers, body });
      if (answer.ok) for (const id of idsOf(body)) accepted.add(id);
      return answer;
    });
  }, 0);
  const front: CollectFront = {
    origin: `http://localhost:${server.port}`,
    isCut: false,
    accepted,
    close: async () => await server.close(),
  };
  return front;
}

/** The ids in a collect body. */
export function idsOf(body: string): string[] {
  return (JSON.parse(body) as CollectBody).events.map((event) => (event as { id: string }).id);
}
