import { createHash } from "node:crypto";
import { readFile } from "node:fs/promises";
import type { IncomingMessage, ServerResponse } from "node:http";
import { extname, join, normalize } from "node:path";
import { requestUrl } from "./forward.ts";

const CONTENT_TYPES: Readonly<Record<string, string>> = {
  ".css": "text/css; charset=utf-8",
  ".html": "text/html; charset=utf-8",
  ".ico": "image/x-icon",
  ".js": "text/javascript; charset=utf-8",
  ".json": "application/json",
  ".png": "image/png",
  ".svg": "image/svg+xml",
  ".txt": "text/plain; charset=utf-8",
  ".webmanifest": "application/manifest+json",
  ".woff2": "font/woff2",
};

export type StaticFile = { path: string; bytes: Buffer };

/** The file of a folder that a request asks for, or undefined. A path cannot lead out of the folder. */
export async function findStaticFile(
  folder: string,
  request: IncomingMessage,
): Promise<StaticFile | undefined> {
  const path = normalize(decodePath(requestUrl(request).pathname));
  const names = extname(path) === "" ? [join(path, "index.html"), `${path}.html`] : [path];
  for (const name of names) {
    // normalize() has resolved every `..` against the root already.
    const bytes = await readFile(join(folder, name)).catch(() => undefined);
    if (bytes !== undefined) return { path: name, bytes };
  }
  return undefined;
}

/** What is there carries a tag of its bytes, by which whoever has them already is told so. */
export function sendStaticFile(
  request: IncomingMessage,
  response: ServerResponse,
  { path, bytes, headers, status = 200 }: StaticFile & { headers: Record<string, string>; status?: number },
): void {
  const etag = `"${createHash("sha256").update(bytes).digest("hex").slice(0, 32)}"`;
  const sent = {
    ...(status === 200 ? { etag } : {}),
    "content-type": CONTENT_TYPES[extname(path)] ?? "application/octet-stream",
    ...headers,
  };
  if (status === 200 && request.headers["if-none-match"]?.includes(etag) === true) {
    response.writeHead(304, sent).end();
    return;
  }
  response.writeHead(status, { ...sent, "content-length": String(bytes.byteLength) });
  response.end(request.method === "HEAD" ? undefined : bytes);
}

function decodePath(path: string): string {
  try {
    return decodeURIComponent(path);
  } catch {
    return path;
  }
}
