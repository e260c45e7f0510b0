import { createServer, type IncomingMessage, type ServerResponse } from "node:http";
import { afterEach } from "vitest";

export type SeenRequest = {
  method: string | undefined;
  url: string | undefined;
  headers: IncomingMessage["headers"];
  body: string;
};

const closers: (() => Promise<void>)[] = [];

afterEach(async () => await closeProviders());

/** Before the end of the test: the provider is not there any more. */
export async function closeProviders(): Promise<void> {
  for (const close of closers.splice(0)) await close();
}

/** To be closed when the test ends. */
export function closeLater(close: () => Promise<void>): void {
  closers.push(close);
}

/** A provider that answers as told and remembers what it was asked. */
export async function provider(
  answer: (response: ServerResponse) => void,
): Promise<{ seen: SeenRequest[]; url: string }> {
  const seen: SeenRequest[] = [];
  const server = createServer((request, response) => {
    const chunks: Buffer[] = [];
    request.on("data", (chunk: Buffer) => chunks.push(chunk));
    request.on("end", () => {
      const { method, url, headers } = request;
      seen.push({ method, url, headers, body: Buffer.concat(chunks).toString("utf8") });
      answer(response);
    });
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const address = server.address();
  if (address === null || typeof address === "string") {
    throw new Error("Cannot tell the port of the provider");
  }
  closers.push(async () => {
    server.closeAllConnections();
    await new Promise((resolve) => server.close(resolve));
  });
  return { seen, url: `http://127.0.0.1:${address.port}` };
}

/** An answer in JSON. */
export function json(status: number, body: unknown, headers: Record<string, string> = {}) {
  return (response: ServerResponse): void => {
    response.writeHead(status, { "content-type": "application/json", ...headers }).end(JSON.stringify(body));
  };
}
