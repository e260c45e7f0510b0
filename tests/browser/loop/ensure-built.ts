import { buildDashboard, buildPixel } from "#scripts/build/build-parts.ts";
import { isStale } from "#scripts/build/is-stale.ts";

/** What the stack serves must be what the sources say: stale parts are built; a failing build fails the test. */
export async function ensureBuilt(): Promise<void> {
  const dashboard = ["frontend", "workers/core", "workers/contract", "package-lock.json"];
  if (await isStale("pixel/dist/attribution.js.txt", ["pixel", "scripts/build/pixel.ts"])) await buildPixel();
  if (await isStale("frontend/dist/index.html", dashboard)) await buildDashboard();
}
