import { Hono } from "hono";

import { namespaceProbe, queueProbe, storageProbe } from "#platform/probes.ts";
import { systemClock } from "#platform/clock.ts";
import { runChecks } from "#usecases/operations/run-checks.ts";

import type { CollectHono } from "./collect-hono.ts";

/**
 * For whoever watches over the Worker: alive without asking anyone, ready when the sites can be looked up and either the
 * queue or storage takes what comes.
 */
export const healthRoutes = new Hono<CollectHono>()
  .get("/healthz", (c) => c.text("ok", 200, { "Cache-Control": "no-store" }))
  .get("/readyz", async (c) => {
    const { EDGE_CONFIG, SPILL, WORK } = c.env;
    const checks = await runChecks(systemClock, [
      { name: "configuration", ask: namespaceProbe(EDGE_CONFIG) },
      { name: "queue", ask: queueProbe(WORK) },
      { name: "storage", ask: storageProbe(SPILL) },
    ]);
    const [hasConfiguration, hasQueue, hasStorage] = checks.map(({ isUp }) => isUp);
    const takesEvents = hasConfiguration && (hasQueue || hasStorage);
    const isWhole = checks.every(({ isUp }) => isUp);
    const status = isWhole ? "ok" : takesEvents ? "degraded" : "unavailable";
    return c.json({ status, checks }, status === "unavailable" ? 503 : 200, { "Cache-Control": "no-store" });
  });
