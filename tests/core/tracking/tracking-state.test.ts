import { describe, expect, test } from "vitest";
import { trackingState, type TrackingFacts } from "#core/tracking/tracking-state.ts";

const HOUR = 3_600_000;
const NOW = Date.parse("2026-11-24T15:30:00.000Z");
/** Eight days with so many events in each hour from 8 to 19 UTC, and none at night. */
const shopDays = (events: number): TrackingFacts["activity"] =>
  Array.from({ length: 192 }, (_, index) => Math.floor(NOW / HOUR) * HOUR - index * HOUR).map((atMs) => {
    const hour = new Date(atMs).getUTCHours();
    return { atMs, events: hour >= 8 && hour < 20 ? events : 0 };
  });

function stateOf(facts: Partial<TrackingFacts>, ageMs = 60_000, nowMs = NOW) {
  return trackingState({
    nowMs,
    lastReceivedAtMs: nowMs - ageMs,
    recent: { received: 10, kept: 9 },
    activity: shopDays(20),
    lagP95Seconds: 1,
    backlogSinceMs: null,
    ...facts,
  });
}

describe("a site", () => {
  test("that has never sent anything is waited for", () => {
    expect(stateOf({ lastReceivedAtMs: null }).state).toBe("never");
  });

  test("whose events come is healthy", () => {
    expect(stateOf({}).state).toBe("healthy");
    expect(stateOf({ recent: { received: 0, kept: 0 } }).state).toBe("healthy");
  });

  test("that is quiet when it never is, is quiet, and what is usual is told", () => {
    expect(stateOf({}, 3.6 * HOUR)).toEqual({ state: "quiet", expectedEvents: 60 });
  });

  test("that sleeps at night is healthy", () => {
    const night = Date.parse("2026-11-24T05:00:00.000Z");
    expect(
      stateOf({ activity: shopDays(20).filter(({ atMs }) => atMs < night) }, 9 * HOUR, night).state,
    ).toBe("healthy");
  });

  test("with few visitors may be quiet for hours, and not for a day", () => {
    expect(stateOf({ activity: shopDays(1) }, 6 * HOUR).state).toBe("healthy");
    expect(stateOf({ activity: shopDays(1) }, 25 * HOUR).state).toBe("quiet");
  });

  test("of whose events none is kept says so", () => {
    expect(stateOf({ recent: { received: 12, kept: 0 } }).state).toBe("nothing_stored");
  });

  test("whose events are late is delayed: five minutes to the database, ten to the figures", () => {
    expect(stateOf({ lagP95Seconds: 300 }).state).toBe("healthy");
    expect(stateOf({ lagP95Seconds: 301 }).state).toBe("delayed");
    expect(stateOf({ backlogSinceMs: NOW - 600_000 }).state).toBe("healthy");
    expect(stateOf({ backlogSinceMs: NOW - 600_001 }).state).toBe("delayed");
  });
});
