import { timingSafeEqual } from "node:crypto";
import type { IncomingMessage, ServerResponse } from "node:http";
import { listenHttp, readBody, sendJson } from "#scripts/stack/http/http-server.ts";
import { encodeOutcome } from "./encode-reply.ts";
import { createMemoryEngine } from "./memory-engine.ts";
import type { RedisEngine } from "./redis-engine.ts";
import { connectServerEngine } from "./server-engine.ts";

/** Upstash's limit for one request on its smaller plans. */
const MAX_BODY_BYTES = 10 * 1024 * 1024;

export type UpstashEndpoint = { url: string; token: string; port: number; close(): Promise<void> };
export type UpstashOptions = { token: string; port?: number; redisUrl?: string | undefined };

/** Speaks Upstash's REST protocol in front of the Redis at `redisUrl`, or of one in this process. */
export async function startUpstashEndpoint(options: UpstashOptions): Promise<UpstashEndpoint> {
  const engine =
    options.redisUrl === undefined ? createMemoryEngine() : await connectServerEngine(options.redisUrl);
  const listening = await listenHttp(async (request, response) => {
    if (isAuthorized(request, options.token)) await answer(request, response, engine);
    else sendJson(response, 401, { error: "Unauthorized" });
  }, options.port ?? 0);

  return {
    url: listening.url,
    token: options.token,
    port: listening.port,
    async close() {
      await listening.close();
      await engine.close();
    },
  };
}

function isAuthorized(request: IncomingMessage, token: string): boolean {
  const header = request.headers.authorization?.replace(/^Bearer /i, "");
  const given = Buffer.from(header ?? requestUrl(request).searchParams.get("_token") ?? "");
  const wanted = Buffer.from(token);
  return given.byteLength === wanted.byteLength && timingSafeEqual(given, wanted);
}

async function answer(
  request: IncomingMessage,
  response: ServerResponse,
  engine: RedisEngine,
): Promise<void> {
  const body = await readBody(request, MAX_BODY_BYTES);
  if (body === null) {
    response.setHeader("connection", "close");
    sendJson(response, 413, { error: "ERR max request size exceeded" });
    return;
  }
  const base64 = request.headers["upstash-encoding"] === "base64";
  response.setHeader("upstash-sync-token", "local");
  const { status, reply } = await run(request, body.toString("utf8"), { engine, base64 });
  sendJson(response, status, reply);
}

type Answer = { status: number; reply: unknown };

async function run(
  request: IncomingMessage,
  body: string,
  { engine, base64 }: { engine: RedisEngine; base64: boolean },
): Promise<Answer> {
  const { pathname } = requestUrl(request);
  const isMany = pathname === "/pipeline" || pathname === "/multi-exec";
  const commands = isMany ? parseCommands(body) : [parseCommand(request, body)];
  if (commands === null || commands.some((command) => command === null || command.length === 0)) {
    return { status: 400, reply: { error: "ERR failed to parse command" } };
  }
  const words = commands as string[][];

  if (pathname === "/multi-exec") {
    const outcome = await engine.transaction(words);
    if (!Array.isArray(outcome)) return { status: 400, reply: outcome };
    return { status: 200, reply: outcome.map((one) => encodeOutcome(one, base64)) };
  }
  const outcomes = await engine.run(words);
  if (isMany) return { status: 200, reply: outcomes.map((one) => encodeOutcome(one, base64)) };
  const [only = { error: "ERR empty command" }] = outcomes;
  return { status: "error" in only ? 400 : 200, reply: encodeOutcome(only, base64) };
}

function parseCommands(body: string): (string[] | null)[] | null {
  const parsed = parseJson(body);
  return Array.isArray(parsed) ? parsed.map(toWords) : null;
}

/** `POST /` carries the command as JSON; `/set/key/value` carries it in the path, with a body as its last word. */
function parseCommand(request: IncomingMessage, body: string): string[] | null {
  const url = requestUrl(request);
  if (url.pathname === "/") return toWords(parseJson(body));

  const words = url.pathname.slice(1).split("/").map(decodeURIComponent);
  url.searchParams.delete("_token");
  const options = [...url.searchParams].flatMap(([name, value]) => (value === "" ? [name] : [name, value]));
  return [...words, ...(body === "" ? [] : [body]), ...options];
}

function parseJson(body: string): unknown {
  try {
    return JSON.parse(body);
  } catch {
    return null;
  }
}

function toWords(command: unknown): string[] | null {
  if (!Array.isArray(command)) return null;
  return command.map((word) => (typeof word === "string" ? word : JSON.stringify(word)));
}

function requestUrl(request: IncomingMessage): URL {
  return new URL(request.url ?? "/", "http://localhost");
}
