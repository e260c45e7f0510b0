import { existsSync } from "node:fs";
import { readFile } from "node:fs/promises";
import type { IncomingMessage, ServerResponse } from "node:http";
import { dirname, join } from "node:path";
import { forward, requestUrl } from "#scripts/stack/http/forward.ts";
import { listenHttp, type ListeningServer, sendText } from "#scripts/stack/http/http-server.ts";
import { findStaticFile, sendStaticFile, type StaticFile } from "#scripts/stack/http/static-files.ts";
import type { Workers } from "#scripts/stack/workers/workers.ts";
import { readPagesHeaders } from "./pages-headers.ts";

type Site = { dist: string; workers: Workers };

/**
 * What Pages does: `/api/*` goes to the api Worker, the rest is the built dashboard. A path without a file is answered by
 * the `404.html` of the nearest folder above it, which nobody keeps, else by the dashboard's first page.
 */
export async function startDashboardServer(site: Site, port: number): Promise<ListeningServer> {
  return await listenHttp(async (request, response) => {
    if (requestUrl(request).pathname.startsWith("/api/")) {
      await forward(request, response, async (url, init) => await site.workers.fetch("api", url, init));
    } else {
      await answerFile(request, response, site.dist);
    }
  }, port);
}

async function answerFile(request: IncomingMessage, response: ServerResponse, dist: string): Promise<void> {
  const found = await findStaticFile(dist, request);
  const headersOf = await readPagesHeaders(dist);
  if (found !== undefined && found.path !== "/_headers") {
    sendStaticFile(request, response, { ...found, headers: headersOf(found.path) });
    return;
  }
  const { pathname } = requestUrl(request);
  const lost = await findLostPage(dist, pathname);
  if (lost !== undefined) {
    const headers = { ...headersOf(pathname), "cache-control": "no-store" };
    sendStaticFile(request, response, { ...lost, status: 404, headers });
    return;
  }
  const first = join(dist, "index.html");
  if (!existsSync(first)) {
    const message = "The dashboard is not built. Run npm run build.";
    sendText(response, 503, { "content-type": "text/plain; charset=utf-8" }, message);
    return;
  }
  const bytes = await readFile(first);
  sendStaticFile(request, response, { path: "/index.html", bytes, headers: headersOf(pathname) });
}

async function findLostPage(dist: string, path: string): Promise<StaticFile | undefined> {
  for (let folder = dirname(path); folder !== "/"; folder = dirname(folder)) {
    const name = join(folder, "404.html");
    // oxlint-disable-next-line no-await-in-loop -- the nearest one counts
    const bytes = await readFile(join(dist, name)).catch(() => undefined);
    if (bytes !== undefined) return { path: name, bytes };
  }
  return undefined;
}
