import { buildDashboard, buildDocs, buildPixel } from "#scripts/build/build-parts.ts";
import { DOCS_INPUTS, isStale } from "#scripts/build/is-stale.ts";

/** What is served must be what the sources say: a stale part is built; a failing build fails the test. */
export async function ensurePixel(): Promise<void> {
  if (await isStale("pixel/dist/attribution.js.txt", ["pixel", "scripts/build/pixel.ts"])) await buildPixel();
}

export async function ensureDashboard(): Promise<void> {
  const inputs = ["frontend", "workers/core", "workers/contract", "workers/rendering", "package-lock.json"];
  if (await isStale("frontend/dist/index.html", inputs)) await buildDashboard();
}

export async function ensureDocs(): Promise<void> {
  if (await isStale("frontend/dist/docs/index.html", DOCS_INPUTS)) await buildDocs();
}
