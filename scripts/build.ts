import { buildDashboard, buildPixel } from "#scripts/build/build-parts.ts";

await buildPixel();
await buildDashboard();
