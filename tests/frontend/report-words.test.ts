import { describe, expect, test } from "vitest";
import type { Delivery, Report } from "#contract/reports.ts";
import { fileSize } from "#frontend/reports/file-size.ts";
import { monthDayWords, timingWords } from "#frontend/reports/schedule-words.ts";
import {
  deliveriesSummary,
  deliveryState,
  deliveryTodo,
  isReadable,
  isUnderWay,
  reportState,
} from "#frontend/reports/state-words.ts";
import { linePath, placePanel } from "#frontend/reports/view/chart-geometry.ts";

const DELIVERY: Delivery = {
  id: "dlv_1",
  recipient: "a@x.example",
  status: "sent",
  failureKind: null,
  failure: null,
  attempts: 1,
  sentAt: "2026-11-01T08:00:00.000Z",
  bouncedAt: null,
  complainedAt: null,
  nextAttemptAt: null,
};
const AT = "2026-11-02T08:00:00.000Z";

describe("what became of a mail", () => {
  test("is told by what happened last", () => {
    expect(deliveryState(DELIVERY).label).toBe("Sent");
    expect(deliveryState({ ...DELIVERY, bouncedAt: AT }).label).toBe("Bounced");
    expect(deliveryState({ ...DELIVERY, bouncedAt: AT, complainedAt: AT }).label).toBe("Marked as spam");
    const waiting = { ...DELIVERY, status: "built", failureKind: "not_confirmed" } as const;
    expect(deliveryState(waiting).label).toBe("Waits for consent");
  });

  test("says what to do where a person has to decide, and nothing where nobody has", () => {
    expect(deliveryTodo({ ...DELIVERY, status: "unknown" })).toContain("Ask the recipient");
    expect(deliveryTodo({ ...DELIVERY, status: "failed", failureKind: "unsubscribed" })).toContain(
      "Only they",
    );
    expect(deliveryTodo(DELIVERY)).toBeNull();
  });

  test("is counted in one line", () => {
    const unknown: Delivery = { ...DELIVERY, status: "unknown" };
    expect(deliveriesSummary([DELIVERY, DELIVERY, unknown])).toBe("2 sent, 1 not known");
  });
});

describe("a report", () => {
  const report: Pick<Report, "status" | "deliveries" | "expiredAt"> = {
    status: "ready",
    deliveries: [DELIVERY],
    expiredAt: null,
  };

  test("is looked at again while it is built or mailed, and not for days while a reader thinks", () => {
    expect(isUnderWay({ ...report, status: "pending" })).toBe(true);
    expect(isUnderWay({ ...report, deliveries: [{ ...DELIVERY, status: "built" }] })).toBe(true);
    const waiting = { ...DELIVERY, status: "built", failureKind: "not_confirmed" } as const;
    expect(isUnderWay({ ...report, deliveries: [waiting] })).toBe(false);
    expect(isUnderWay(report)).toBe(false);
  });

  test("whose files were taken away is expired, whatever it was", () => {
    expect(reportState({ ...report, expiredAt: AT }).label).toBe("Expired");
    expect(isReadable({ ...report, expiredAt: AT })).toBe(false);
    expect(isReadable(report)).toBe(true);
  });
});

describe("words of schedules and files", () => {
  test.each([
    [1, "1st"],
    [2, "2nd"],
    [3, "3rd"],
    [11, "11th"],
    [12, "12th"],
    [13, "13th"],
    [21, "21st"],
    [22, "22nd"],
    [30, "30th"],
    [31, "last day"],
  ])("day %i of a month is the %s", (day, words) => {
    expect(monthDayWords(day)).toBe(words);
  });

  test("a cadence is a sentence", () => {
    expect(timingWords({ cadence: "weekly", weekday: 7, monthDay: null })).toBe("Every Sunday");
    expect(timingWords({ cadence: "monthly", weekday: null, monthDay: 31 })).toBe(
      "On the last day of each month",
    );
  });

  test("a size is never 0", () => {
    expect([12, 48_211, 999_999, 1_250_000].map(fileSize)).toEqual(["1 kB", "48 kB", "1000 kB", "1.3 MB"]);
  });
});

describe("a chart's line", () => {
  const panel = {
    title: "",
    comparison: null,
    overlay: null,
    height: 100,
    tickCount: 2,
    smallestStep: 1,
    tickLabel: String,
    isLine: false,
    emptyText: "",
  };

  test("is interrupted where a value is missing, and has no more points than the bars", () => {
    const placed = placePanel({ ...panel, values: [0, 10, 5] });
    const path = linePath([0, null, 5, 7], placed, 3);
    expect(path.match(/M/g)).toHaveLength(2);
    expect(path).not.toContain("L");
  });

  test("stands higher for more, and on the axis for nothing, below zero too", () => {
    const { y, scale } = placePanel({ ...panel, values: [-5, 10] });
    expect(scale.min).toBeLessThanOrEqual(-5);
    expect(y(10)).toBeLessThan(y(0));
    expect(y(-5)).toBeGreaterThan(y(0));
  });
});
