import { setTimeout as pause } from "node:timers/promises";
import { listenHttp, readBody, sendJson, type ListeningServer } from "#scripts/stack/http/http-server.ts";
import { startUpstashEndpoint } from "#scripts/stack/upstash/upstash-endpoint.ts";

/** `killed`: nobody answers. `slow`: after two seconds. `lying`: what a key, or any other, was first given, for ever. */
export type CacheFault = "killed" | "slow" | "lying";
export type FaultyUpstash = {
  url: string;
  token: string;
  /** Requests that reached it since it was broken last. */
  asked(): number;
  break(fault: CacheFault): Promise<void>;
  mend(): Promise<void>;
  close(): Promise<void>;
};

const SLOW_MS = 2_000;
const TOKEN = "local";

/** An Upstash that can be broken while the Workers use it. */
export async function startFaultyUpstash(): Promise<FaultyUpstash> {
  const honest = await startUpstashEndpoint({ token: TOKEN });
  /** What each key was first given. */
  const oldest = new Map<string, string>();
  let fault: CacheFault | null = null;
  let asked = 0;

  const serve = async (port: number): Promise<ListeningServer> =>
    await listenHttp(async (request, response) => {
      asked += 1;
      const body = (await readBody(request, 1_000_000))?.toString() ?? "";
      const command = JSON.parse(body) as string[];
      if (fault === "lying") return sendJson(response, 200, { result: lieTo(command, oldest) });
      const [name = "", key = "", value = ""] = command;
      if (name.toLowerCase() === "set" && !oldest.has(key)) oldest.set(key, value);
      if (fault === "slow") await pause(SLOW_MS);
      const headers = Object.fromEntries(
        Object.entries(request.headers).filter(([header]) => /^(authorization|upstash-.*)$/.test(header)),
      );
      const answer = await fetch(honest.url, { method: "POST", headers: headers as HeadersInit, body });
      sendJson(response, answer.status, await answer.json());
    }, port);

  let server: ListeningServer | null = await serve(0);
  const { port, url } = server;
  const stop = async () => {
    await server?.close();
    server = null;
  };
  const mend = async () => {
    fault = null;
    server ??= await serve(port);
  };
  return {
    url,
    token: TOKEN,
    asked: () => asked,
    async break(how) {
      await mend();
      fault = how;
      asked = 0;
      if (how === "killed") await stop();
    },
    mend,
    async close() {
      await stop();
      await honest.close();
    },
  };
}

/** What it says of a key that it was never given is what it knows of another. Bytes travel in base 64, "OK" does not. */
function lieTo([name = "", ...keys]: string[], oldest: ReadonlyMap<string, string>): unknown {
  const [anything] = oldest.values();
  const lie = (key: string) => {
    const value = oldest.get(key) ?? anything;
    return value === undefined ? null : Buffer.from(value).toString("base64");
  };
  switch (name.toLowerCase()) {
    case "get":
      return lie(keys[0] ?? "");
    case "mget":
      return keys.map(lie);
    case "ping":
      return Buffer.from("PONG").toString("base64");
    default:
      return "OK";
  }
}
