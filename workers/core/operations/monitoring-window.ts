export type MonitoringWindow = {
  /** [from, to), UTC milliseconds; `to` is the end of the minute that runs. */
  fromMs: number;
  toMs: number;
  /** What sums are read from; ranges of days begin with an hour. */
  unit: "minute" | "hour";
  /** Of the chart, and what it is read from. */
  stepSeconds: number;
  stepUnit: "minute" | "hour";
};

const MINUTE_MS = 60_000;
const HOUR_MS = 3_600_000;

/** The minutes or hours of a range that ends now: 60 minutes, 24 hours or 168, the one that runs included. */
export function monitoringWindow(range: "1h" | "24h" | "7d", nowMs: number): MonitoringWindow {
  const toMs = floorTo(nowMs, MINUTE_MS) + MINUTE_MS;
  switch (range) {
    case "1h":
      return { fromMs: toMs - HOUR_MS, toMs, unit: "minute", stepSeconds: 60, stepUnit: "minute" };
    case "24h": {
      const fromMs = floorTo(nowMs, HOUR_MS) - 23 * HOUR_MS;
      return { fromMs, toMs, unit: "hour", stepSeconds: 600, stepUnit: "minute" };
    }
    case "7d": {
      const fromMs = floorTo(nowMs, HOUR_MS) - 167 * HOUR_MS;
      return { fromMs, toMs, unit: "hour", stepSeconds: 3_600, stepUnit: "hour" };
    }
  }
}

function floorTo(ms: number, unitMs: number): number {
  return Math.floor(ms / unitMs) * unitMs;
}
