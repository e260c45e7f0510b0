import { describe, expect, it } from "vitest";
import type { MeterReport } from "#contract/meter-report.ts";
import { isolateMeter, meterTally, type Meter, type MeterTally } from "#platform/meter.ts";

const START_MS = Date.parse("2026-03-09T12:00:00Z");
const HIT = { route: "/e", method: "POST", status: 202, code: null, ms: 3 };

/** An isolate whose pauses end when the test says so. */
function isolate() {
  const tally: MeterTally = meterTally();
  const told: MeterReport[] = [];
  const lost: { requests: number; error: string }[] = [];
  const pauses: (() => void)[] = [];
  const state = { nowMs: START_MS, isRefusing: false };
  const work: Promise<unknown>[] = [];
  const meter = (): Meter =>
    isolateMeter({
      worker: "collect",
      tally,
      clock: { now: () => new Date(state.nowMs) },
      ids: { uuid7: () => `00000000-0000-7000-8000-00000000000${told.length}` },
      async tell(report) {
        if (state.isRefusing) throw new TypeError("queue is full");
        told.push(report);
      },
      lost: (facts) => lost.push(facts),
      pauseMs: async () => await new Promise<void>((resolve) => pauses.push(resolve)),
      defer: (later) => work.push(later),
    });
  async function passTime(): Promise<void> {
    for (const resolve of pauses.splice(0)) resolve();
    await Promise.all(work.splice(0));
  }
  return { meter, told, lost, state, pauses, passTime };
}

const requestsOf = (reports: readonly MeterReport[]) =>
  reports
    .flatMap(({ requests }) => requests)
    .flatMap(({ buckets }) => buckets)
    .reduce((sum, [, count]) => sum + count, 0);

describe("an isolate's meter", () => {
  it("tells all that its requests note within some seconds by one report", async () => {
    const { meter, told, passTime } = isolate();
    for (let index = 0; index < 50; index += 1) meter().request(HIT);
    meter().count("cache_hit", 2);
    meter().count("cache_hit", 0);
    expect(told).toEqual([]);
    await passTime();
    expect(told).toHaveLength(1);
    expect(requestsOf(told)).toBe(50);
    expect(told[0]?.counters).toEqual([{ minuteMs: START_MS, name: "cache_hit", value: 2 }]);
    await passTime();
    expect(told).toHaveLength(1);
    meter().request(HIT);
    await passTime();
    expect(requestsOf(told)).toBe(51);
  });

  it("goes on when the request that gathered has died", async () => {
    const { meter, told, state, pauses, passTime } = isolate();
    meter().request(HIT);
    pauses.length = 0;
    state.nowMs += 39_000;
    meter().request(HIT);
    expect(pauses).toHaveLength(0);
    state.nowMs += 2_000;
    meter().request(HIT);
    expect(pauses).toHaveLength(1);
    const [end] = pauses;
    end?.();
    await new Promise((resolve) => setImmediate(resolve));
    expect(requestsOf(told)).toBe(3);
    pauses.length = 0;
    await Promise.race([passTime(), Promise.resolve()]);
  });

  it("says what a queue that refuses has lost, and fails nobody", async () => {
    const { meter, told, lost, state, passTime } = isolate();
    state.isRefusing = true;
    meter().request(HIT);
    meter().request(HIT);
    await passTime();
    expect(lost).toEqual([{ requests: 2, error: "TypeError" }]);
    state.isRefusing = false;
    meter().request(HIT);
    await passTime();
    expect(requestsOf(told)).toBe(1);
  });

  it("keeps its bounds, whatever methods and errors a client makes up", async () => {
    const { meter, told, passTime } = isolate();
    for (let index = 0; index < 1_000; index += 1) {
      meter().request({ ...HIT, method: `M${index}` });
      meter().request({ ...HIT, route: `/made-up/${index}` });
      meter().failure({ event: `e${index}`, name: "Error", message: "x".repeat(5_000), requestId: null });
    }
    await passTime();
    expect(requestsOf(told)).toBe(2_000);
    expect(told[0]?.requests.some(({ method }) => method === "OTHER")).toBe(true);
    expect(JSON.stringify(told[0]).length).toBeLessThan(100_000);
    expect(told[0]?.failures.length).toBeLessThanOrEqual(51);
  });
});
