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

export function sendStaticFile(
  request: IncomingMessage,
  response: ServerResponse,
  file: StaticFile & { headers: Record<string, string>; status?: number },
): void {
  const etag = `"${createHash("sha256").update(file.bytes).digest("hex").slice(0, 32)}"`;
  const headers = {
    etag,
    "content-type": CONTENT_TYPES[extname(file.path)] ?? "application/octet-stream",
    ...file.headers,
  };
  if (request.headers["if-none-match"]?.includes(etag) === true) {
    response.writeHead(304, headers).end();
    return;
  }
  response.writeHead(file.status ?? 200, { ...headers, "content-length": String(file.bytes.byteLength) });
  response.end(request.method === "HEAD" ? undefined : file.bytes);
}

function decodePath(path: string): string {
  try {
    return decodeURIComponent(path);
  } catch {
    return path;
  }
}
