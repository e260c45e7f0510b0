import { createServer } from "node:http";
import type { IncomingMessage, ServerResponse } from "node:http";
import { readFile } from "node:fs/promises";
import { setTimeout as pause } from "node:timers/promises";
import { extname, join, normalize } from "node:path";
import { fileURLToPath } from "node:url";
import { gzipSync } from "node:zlib";

import { readPagesHeaders } from "#scripts/stack/dashboard/pages-headers.ts";
import { problem } from "./fixture-answer.ts";
import type { Answer } from "./fixture-answer.ts";
import { unknownInBody } from "./fixture-contract.ts";
import { ROUTES } from "./fixture-routes.ts";
import { demoState } from "./fixture-state.ts";
import type { FixtureState } from "./fixture-state.ts";

export type FixtureServer = {
  origin: string;
  /** From now on it answers out of this account. `answerMs`: the API takes that long for each answer. */
  show: (state: FixtureState, answerMs: number) => void;
  stop: () => Promise<void>;
};

const TYPES: Readonly<Record<string, string>> = {
  ".html": "text/html; charset=utf-8",
  ".js": "text/javascript; charset=utf-8",
  ".css": "text/css; charset=utf-8",
  ".svg": "image/svg+xml",
  ".woff2": "font/woff2",
};

/** What looks for faults in a screen: among the dashboard's own scripts, so that the browser keeps it as it keeps those. */
export const AXE_PATH = "/assets/axe.min.js";
const AXE_FILE = fileURLToPath(import.meta.resolve("axe-core/axe.min.js"));

/** The built dashboard and an API of made-up answers, on one origin, as Pages serves them. */
export async function startFixtureServer(dist: string): Promise<FixtureServer> {
  // Also the content security policy of production.
  const headersOf = await readPagesHeaders(dist);
  let shown = { state: demoState(), answerMs: 0 };
  const server = createServer((request, response) => {
    const { state, answerMs } = shown;
    const url = new URL(request.url ?? "/", "http://fixture");
    response.setHeaders(new Map(Object.entries(headersOf(url.pathname))));
    const work = url.pathname.startsWith("/api/v1/")
      ? answerApi(state, request, url).then(async (answer) => {
          if (answerMs > 0) await pause(answerMs);
          send(response, answer);
        })
      : answerFile(dist, url.pathname, response);
    work.catch((error: unknown) => {
      response.writeHead(500);
      response.end(String(error));
    });
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const address = server.address();
  if (typeof address !== "object" || address === null) throw new Error("The fixture server has no port");
  return {
    origin: `http://127.0.0.1:${address.port}`,
    show: (state, answerMs) => void (shown = { state, answerMs }),
    stop: () =>
      new Promise((resolve) => {
        server.closeAllConnections();
        server.close(() => resolve());
      }),
  };
}

async function answerApi(state: FixtureState, request: IncomingMessage, url: URL): Promise<Answer> {
  const path = url.pathname.slice("/api/v1".length);
  const method = request.method ?? "GET";
  const body = await readBody(request);
  state.calls.push(`${method} ${path}${url.search}`);
  const unknown = await unknownInBody(method, url.pathname, body);
  if (unknown.length > 0) throw new Error(`${method} ${path} knows no ${unknown.join(", ")}`);
  return find(state, { method, path, query: url.searchParams, body });
}

type Asked = { method: string; path: string; query: URLSearchParams; body: unknown };

function find(state: FixtureState, { method, path, query, body }: Asked): Answer {
  const failure = Object.entries(state.failures).find(([start]) => `${path}$`.startsWith(start));
  if (failure)
    return problem({
      status: failure[1],
      code: "broken",
      detail: "The figures could not be read. Try again in a moment.",
    });
  for (const route of ROUTES) {
    const match = route.method === method ? route.path.exec(path) : null;
    if (!match) continue;
    if (!route.isPublic && !state.isSignedIn)
      return problem({ status: 401, code: "unauthenticated", detail: "Sign in first." });
    return route.answer({ state, ids: match.slice(1), query, body });
  }
  return problem({ status: 404, code: "not_found", detail: "There is nothing here." });
}

function send(response: ServerResponse, { status, body }: Answer): void {
  response.writeHead(status, {
    "content-type": status >= 400 ? "application/problem+json" : "application/json",
    "cache-control": "no-store",
  });
  response.end(body === undefined ? undefined : JSON.stringify(body));
}

/** Packed as Pages does; a font is packed already. */
type ServedFile = { bytes: Buffer; isPacked: boolean };

/** By file: every test opens the same ones. */
const served = new Map<string, ServedFile>();

async function answerFile(dist: string, path: string, response: ServerResponse): Promise<void> {
  const name = extname(path) === "" ? "/index.html" : normalize(path);
  const file = await readServed(name === AXE_PATH ? AXE_FILE : join(dist, name));
  response.writeHead(file ? 200 : 404, {
    "content-type": TYPES[extname(name)] ?? "application/octet-stream",
    ...(file?.isPacked ? { "content-encoding": "gzip" } : {}),
  });
  response.end(file?.bytes ?? "");
}

async function readServed(path: string): Promise<ServedFile | null> {
  const known = served.get(path);
  if (known !== undefined) return known;
  const bytes = await readFile(path).catch(() => null);
  if (bytes === null) return null;
  const isPacked = extname(path) !== ".woff2";
  const file = { bytes: isPacked ? gzipSync(bytes) : bytes, isPacked };
  served.set(path, file);
  return file;
}

async function readBody(request: IncomingMessage): Promise<unknown> {
  const chunks: Buffer[] = [];
  for await (const chunk of request) chunks.push(chunk as Buffer);
  if (request.headers["content-type"]?.startsWith("image/")) return Buffer.concat(chunks);
  const text = Buffer.concat(chunks).toString("utf8");
  return text === "" ? null : (JSON.parse(text) as unknown);
}
