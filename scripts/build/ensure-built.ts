import { buildDashboard, buildDocs, buildPixel } from "./build-parts.ts";
import { isStale } from "./is-stale.ts";

/** What is served must be what the sources say: a part that is older than its sources is built. Throws when that fails. */
export async function ensurePixel(): Promise<void> {
  if (await isStale("pixel/dist/attribution.js.txt", ["pixel", "scripts/build/pixel.ts"])) await buildPixel();
}

export async function ensureDashboard(): Promise<void> {
  const inputs = ["frontend", "workers/core", "workers/contract", "workers/rendering", "package-lock.json"];
  if (await isStale("frontend/dist/index.html", inputs)) await buildDashboard();
}

export async function ensureDocs(): Promise<void> {
  const inputs = ["docs", "scripts/docs-site", "frontend/docs-site", "frontend/styles"];
  if (await isStale("frontend/dist/docs/index.html", inputs)) await buildDocs();
}
