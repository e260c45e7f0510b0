import type { IncomingMessage } from "node:http";
import { setTimeout as pause } from "node:timers/promises";

import { listenHttp, readBody, sendText } from "#scripts/stack/http/http-server.ts";

export type SlowEndpoint = {
  /** For `NEON_HTTP_ENDPOINT`. */
  url: string;
  /** How long the requests that come from now on must wait, one after the other; those without one wait for nothing. */
  delaysMs: number[];
  /** Requests that hold this text find no database. Null: every one does. */
  refuses: string | null;
  close(): Promise<void>;
};

const MOST_BYTES = 64_000_000;

/** In front of an endpoint of Neon's protocol: as slow and as broken as a test wants it. */
export async function startSlowEndpoint(target: string): Promise<SlowEndpoint> {
  const state = { delaysMs: [] as number[], refuses: null as string | null };
  const server = await listenHttp(async (request, response) => {
    const body = String(await readBody(request, MOST_BYTES));
    const delayMs = state.delaysMs.shift() ?? 0;
    if (delayMs > 0) await pause(delayMs);
    if (state.refuses !== null && body.includes(state.refuses)) {
      sendText(response, 502, {}, "away");
      return;
    }
    const answer = await fetch(target, { method: "POST", headers: ownHeaders(request), body });
    sendText(response, answer.status, { "content-type": "application/json" }, await answer.text());
  }, 0);
  return Object.assign(state, { url: `${server.url}/sql`, close: async () => await server.close() });
}

/** What Neon's driver says beside the statement. */
function ownHeaders({ headers }: IncomingMessage): Headers {
  const own = new Headers({ "content-type": "application/json" });
  for (const [name, value] of Object.entries(headers))
    if (name.startsWith("neon-")) own.set(name, String(value));
  return own;
}
