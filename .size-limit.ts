import { existsSync, readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";

const DIST = "frontend/dist";

/** What a browser must load before it shows anything: the scripts index.html names. */
function firstLoad(): string[] {
  const file = join(DIST, "index.html");
  const html = existsSync(file) ? readFileSync(file, "utf8") : "";
  return [...html.matchAll(/(?:src|href)="(\/[^"]+\.js)"/g)].map(([, path]) => `${DIST}${path}`);
}

function routeChunks(): string[] {
  const folder = join(DIST, "assets");
  const scripts = existsSync(folder) ? readdirSync(folder).filter((name) => name.endsWith(".js")) : [];
  return scripts.map((name) => `${DIST}/assets/${name}`).filter((path) => !firstLoad().includes(path));
}

/** What a page of the documentation loads beside its text. */
function docsAssets(kind: string): string[] {
  const folder = join(DIST, "docs", "assets");
  const names = existsSync(folder) ? readdirSync(folder) : [];
  return names.filter((name) => name.endsWith(kind)).map((name) => `${folder}/${name}`);
}

/** Bytes after gzip -9. */
// oxlint-disable-next-line import/no-default-export -- size-limit reads it
export default [
  { name: "pixel", path: "pixel/dist/attribution.js", limit: "1800 B", gzip: true },
  {
    name: "collect",
    path: [".waymark/bundles/collect/worker.js", "pixel/dist/attribution.js"],
    limit: "60 kB",
    gzip: true,
  },
  { name: "dashboard, first load", path: firstLoad(), limit: "70 kB", gzip: true },
  { name: "documentation, script", path: docsAssets(".js"), limit: "4 kB", gzip: true },
  { name: "documentation, style", path: docsAssets(".css"), limit: "6 kB", gzip: true },
  ...routeChunks().map((path) => ({ name: `route ${path}`, path, limit: "25 kB", gzip: true })),
];
