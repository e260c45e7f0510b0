import type { IncomingMessage, ServerResponse } from "node:http";
import { Readable } from "node:stream";
import { pipeline } from "node:stream/promises";

type Fetch = (url: URL, init: RequestInit) => Promise<Response>;

/** They belong to one connection, not to the message (RFC 9110, 7.6.1). */
const CONNECTION_HEADERS: ReadonlySet<string> = new Set([
  "connection",
  "keep-alive",
  "proxy-connection",
  "te",
  "trailer",
  "transfer-encoding",
  "upgrade",
  "host",
]);
/** The body arrives here decoded, whatever its encoding was on the way. */
const BODY_HEADERS: ReadonlySet<string> = new Set([
  "content-encoding",
  "mf-content-encoding",
  "content-length",
]);

/** Passes a request to a Worker and its answer back, as the edge would: with the client's address, untouched else. */
export async function forward(
  request: IncomingMessage,
  response: ServerResponse,
  fetchWorker: Fetch,
): Promise<void> {
  const gone = new AbortController();
  response.once("close", () => gone.abort());
  try {
    const answer = await fetchWorker(requestUrl(request), { ...requestInit(request), signal: gone.signal });
    response.writeHead(answer.status, responseHeaders(answer));
    if (answer.body === null) response.end();
    else await pipeline(Readable.fromWeb(answer.body as never), response);
  } catch (error) {
    if (!gone.signal.aborted) throw error;
  }
}

export function requestUrl(request: IncomingMessage): URL {
  return new URL(request.url ?? "/", `http://${request.headers.host ?? "localhost"}`);
}

function requestInit(request: IncomingMessage): RequestInit {
  const method = request.method ?? "GET";
  const hasBody = method !== "GET" && method !== "HEAD";
  return {
    method,
    headers: requestHeaders(request),
    redirect: "manual",
    ...(hasBody ? ({ body: Readable.toWeb(request), duplex: "half" } as unknown as RequestInit) : {}),
  };
}

function requestHeaders(request: IncomingMessage): Headers {
  const headers = new Headers();
  for (const [name, values] of Object.entries(request.headersDistinct)) {
    if (CONNECTION_HEADERS.has(name)) continue;
    for (const value of values ?? []) headers.append(name, value);
  }
  // The edge says who calls; what the caller claims is overwritten.
  headers.set("cf-connecting-ip", clientAddress(request));
  return headers;
}

function clientAddress(request: IncomingMessage): string {
  return (request.socket.remoteAddress ?? "127.0.0.1").replace(/^::ffff:/, "");
}

function responseHeaders(answer: Response): [string, string][] | Record<string, string | string[]> {
  const headers: Record<string, string | string[]> = {};
  for (const [name, value] of answer.headers) {
    if (name === "set-cookie" || CONNECTION_HEADERS.has(name) || BODY_HEADERS.has(name)) continue;
    headers[name] = value;
  }
  const cookies = answer.headers.getSetCookie();
  if (cookies.length > 0) headers["set-cookie"] = cookies;
  return headers;
}
