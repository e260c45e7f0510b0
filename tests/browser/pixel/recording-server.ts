import { createServer, type IncomingMessage, type Server, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";

import { bundlePixel } from "#scripts/build/pixel.ts";

export type SentEvent = Record<string, unknown> & { id: string; at: number; type: string };
export type SentBody = {
  v: number;
  site: string;
  sentAt: number;
  visitor?: string;
  consent?: string;
  events: SentEvent[];
};
export type Recorded = { method: string; contentType: string; body: SentBody; answered: number };

/** How collect behaves: a status, a broken connection, or no answer at all. */
export type Mood = number | "broken" | "hanging";

export type RecordingServer = {
  origin: string;
  /** Every request to `/e`, preflights and unanswered ones included, oldest first. */
  requests: Recorded[];
  events(type?: string): SentEvent[];
  mood: Mood;
  answer: object;
  /** Seconds, in the header of every answer that has a status. */
  retryAfter: number | undefined;
  close(): Promise<void>;
};

/** Plays collect on an origin of its own: serves the built pixel and writes down what comes to `/e`. */
export async function startRecordingServer(): Promise<RecordingServer> {
  const script = await bundlePixel();
  const requests: Recorded[] = [];
  const recording: RecordingServer = {
    origin: "",
    requests,
    events: (type) =>
      requests
        .flatMap(({ body }) => body.events ?? [])
        .filter((event) => type === undefined || event.type === type),
    mood: 202,
    answer: {},
    retryAfter: undefined,
    close: async () => await stop(server),
  };
  const server = createServer((request, response) => {
    if (request.url?.startsWith("/e") !== true) {
      response.writeHead(200, { "Content-Type": "text/javascript" }).end(script);
      return;
    }
    void readText(request).then((text) => {
      const answered = typeof recording.mood === "number" ? recording.mood : 0;
      const { method = "", headers } = request;
      const body = (text === "" ? {} : JSON.parse(text)) as SentBody;
      requests.push({ method, contentType: headers["content-type"] ?? "", body, answered });
      act(recording, request, response);
    });
  });
  recording.origin = `http://127.0.0.1:${await listen(server)}`;
  return recording;
}

function act(recording: RecordingServer, request: IncomingMessage, response: ServerResponse): void {
  if (recording.mood === "broken") return void request.socket.destroy();
  if (recording.mood === "hanging") return;
  const headers = {
    "Content-Type": "application/json",
    "Access-Control-Allow-Origin": request.headers.origin ?? "*",
    "Access-Control-Allow-Headers": "content-type",
    "Access-Control-Expose-Headers": "Retry-After",
    ...(recording.retryAfter !== undefined && { "Retry-After": String(recording.retryAfter) }),
  };
  response
    .writeHead(recording.mood, headers)
    .end(JSON.stringify({ accepted: 1, rejected: [], ...recording.answer }));
}

async function readText(request: IncomingMessage): Promise<string> {
  const chunks: Buffer[] = [];
  for await (const chunk of request) chunks.push(chunk as Buffer);
  return Buffer.concat(chunks).toString();
}

export type PageServer = {
  origin: string;
  /** What stands in the body of every page from now on. */
  html: string;
  close(): Promise<void>;
};

/** The customer's site: every path is a page whose title is its path. */
export async function startPageServer(): Promise<PageServer> {
  const pages: PageServer = { origin: "", html: "", close: async () => await stop(server) };
  const server = createServer((request, response) => {
    const title = new URL(request.url ?? "/", "http://page").pathname;
    response
      .writeHead(200, { "Content-Type": "text/html; charset=utf-8" })
      .end(
        `<!doctype html><html><head><title>${title}</title><link rel="icon" href="data:,"></head><body>${pages.html}</body></html>`,
      );
  });
  pages.origin = `http://localhost:${await listen(server)}`;
  return pages;
}

async function listen(server: Server): Promise<number> {
  await new Promise<void>((resolve) => server.listen(0, resolve));
  return (server.address() as AddressInfo).port;
}

async function stop(server: Server): Promise<void> {
  server.closeAllConnections();
  await new Promise((resolve) => server.close(resolve));
}
