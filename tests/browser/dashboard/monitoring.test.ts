import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { demoMonitoring } from "./fixture-monitoring.ts";
import { demoState } from "./fixture-state.ts";
import type { FixtureState } from "./fixture-state.ts";
import { startDashboard } from "./open-dashboard.ts";
import type { Dashboard } from "./open-dashboard.ts";

const PATH = "/admin/monitoring";
let dashboard: Dashboard;

beforeAll(async () => {
  dashboard = await startDashboard();
});

afterAll(async () => {
  await dashboard.close();
});

function superadmin(monitoring: FixtureState["monitoring"] = {}): FixtureState {
  const state = demoState();
  state.me.superadmin = true;
  state.monitoring = monitoring;
  return state;
}

describe("the monitoring page", () => {
  test("is nowhere to be seen for whoever does not run the installation", async () => {
    const { page, state } = await dashboard.open(PATH);
    await page.getByText("There is no page at this address").waitFor();
    expect(await page.getByRole("link", { name: "Monitoring" }).count()).toBe(0);
    expect(state.calls.filter((call) => call.includes("/admin/"))).toEqual([]);
  });

  test("says what needs a look, and leads there", async () => {
    const { page } = await dashboard.open(PATH, superadmin());
    const verdict = page.getByRole("region", { name: "Verdict" });
    await verdict.getByText("1 dead letter waits").waitFor();
    expect(await verdict.textContent()).toContain("The cron task fetch_rates failed");
    await verdict.getByRole("link", { name: "Look" }).first().waitFor();
    expect(await page.getByRole("group", { name: "Error rate" }).textContent()).toContain("0.1%");
  });

  test("asks for another range by its address, and keeps to it", async () => {
    const { page, state } = await dashboard.open(PATH, superadmin());
    await page.getByRole("button", { name: "7 days" }).click();
    await page.waitForURL(/range=7d/);
    await page.getByRole("heading", { name: "Requests by hour" }).waitFor();
    expect(state.calls.some((call) => call.includes("range=7d"))).toBe(true);
  });

  test("says that there is no data where nothing was measured, and shows no zero for it", async () => {
    const empty = demoMonitoring("1h", Date.now());
    const latency = { p50: null, p95: null, p99: null };
    const total = { requests: 0, errors: 0, errorRate: null, latency };
    const { page } = await dashboard.open(
      PATH,
      superadmin({
        requests: { total, workers: [], routes: [], points: [], refused: [] },
        ingest: { ...empty.ingest, lag: null },
        queues: { ...empty.queues, waiting: null },
        deadLetters: { waiting: 0, oldestAt: null },
        cache: { ...empty.cache, hits: 0, misses: 0, stale: 0, hitRate: null },
        crons: [],
        errors: [],
      }),
    );
    await page.getByText("Everything runs").waitFor();
    for (const name of ["Requests a minute", "Error rate", "Latency, 95 of 100", "Ingest lag, 95 of 100"]) {
      const tile = await page.getByRole("group", { name, exact: true }).textContent();
      expect([name, tile?.includes("–"), tile?.includes("0%")]).toEqual([name, true, false]);
    }
    await page.getByText("No request yet").waitFor();
    await page.getByText("No cron has run").waitFor();
    expect(await page.getByText("no data").count()).toBeGreaterThanOrEqual(3);
  });
});
