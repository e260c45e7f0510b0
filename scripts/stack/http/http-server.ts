import { createServer, type IncomingMessage, type Server, type ServerResponse } from "node:http";
import { once } from "node:events";
import type { AddressInfo } from "node:net";

export type Handler = (request: IncomingMessage, response: ServerResponse) => Promise<void>;
export type ListeningServer = { server: Server; port: number; url: string; close(): Promise<void> };

/** Listens on the loopback. A handler that throws answers 500 with the message: these servers are for developers. */
export async function listenHttp(handler: Handler, port: number): Promise<ListeningServer> {
  const server = createServer((request, response) => {
    handler(request, response).catch((error: unknown) => {
      if (response.headersSent) {
        response.destroy();
        return;
      }
      sendJson(response, 500, { message: error instanceof Error ? error.message : String(error) });
    });
  });
  // A keep-alive socket that its client reuses at the very moment we close it would be a failed request.
  server.keepAliveTimeout = 65_000;
  server.listen({ port, host: "127.0.0.1" });
  await once(server, "listening");
  const bound = (server.address() as AddressInfo).port;

  return {
    server,
    port: bound,
    url: `http://127.0.0.1:${bound}`,
    async close() {
      const closed = once(server, "close");
      server.close();
      server.closeAllConnections();
      await closed;
    },
  };
}

export function sendJson(response: ServerResponse, status: number, body: unknown): void {
  sendText(response, status, { "content-type": "application/json" }, JSON.stringify(body));
}

export function sendText(
  response: ServerResponse,
  ...[status, headers, text]: [status: number, headers: Record<string, string>, text: string]
): void {
  const bytes = Buffer.from(text);
  response.writeHead(status, { ...headers, "content-length": String(bytes.byteLength) }).end(bytes);
}

/** The whole body, or null as soon as it exceeds the limit. */
export async function readBody(request: IncomingMessage, maxBodyBytes: number): Promise<Buffer | null> {
  const chunks: Buffer[] = [];
  let size = 0;
  for await (const chunk of request as AsyncIterable<Buffer>) {
    size += chunk.byteLength;
    if (size > maxBodyBytes) return null;
    chunks.push(chunk);
  }
  return Buffer.concat(chunks);
}
