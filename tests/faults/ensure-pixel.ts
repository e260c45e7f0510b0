import { buildPixel } from "#scripts/build/build-parts.ts";
import { isStale } from "#scripts/build/is-stale.ts";

/** Collect serves the built pixel: without it, or with an old one, it would not start or not be what is tested. */
export async function ensurePixel(): Promise<void> {
  if (await isStale("pixel/dist/attribution.js.txt", ["pixel", "scripts/build/pixel.ts"])) await buildPixel();
}
