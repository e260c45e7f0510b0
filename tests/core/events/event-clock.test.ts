import { describe, expect, it } from "vitest";

import { clockOffsetMs, occurredAt } from "#core/events/event-clock.ts";
import { isEventIdInWindow } from "#core/events/event-id-window.ts";
import { makeUuidV7 } from "#core/events/uuid-v7.ts";

const NOW = Date.UTC(2026, 10, 23, 12);
const MINUTE = 60_000;
const DAY = 86_400_000;

describe("clockOffsetMs", () => {
  it.each([
    ["the network's delay counts as none", NOW - 1_200, 0],
    ["59,999 ms count as none", NOW - 59_999, 0],
    ["a whole minute counts", NOW - MINUTE, MINUTE],
    ["a clock ahead counts as well", NOW + 2 * MINUTE, -2 * MINUTE],
  ])("%s", (_, sentAt, offset) => {
    expect(clockOffsetMs(sentAt, NOW)).toBe(offset);
  });

  it("knows nothing without a time of sending", () => {
    expect(clockOffsetMs(null, NOW)).toBe(0);
  });
});

describe("occurredAt", () => {
  it("corrects a clock that is two hours behind", () => {
    const times = { at: NOW - 2 * 60 * MINUTE - 5_000, sentAt: NOW - 2 * 60 * MINUTE, receivedAt: NOW };
    expect(occurredAt(times)).toEqual({ occurredAtMs: NOW - 5_000, isReplaced: false });
  });

  it.each([
    ["exactly 7 days old", NOW - 7 * DAY, false],
    ["a millisecond older than 7 days", NOW - 7 * DAY - 1, true],
    ["exactly 5 minutes ahead", NOW + 5 * MINUTE, false],
    ["a millisecond more ahead", NOW + 5 * MINUTE + 1, true],
  ])("%s", (_, at, isReplaced) => {
    const result = occurredAt({ at, sentAt: NOW, receivedAt: NOW });
    expect(result).toEqual({ occurredAtMs: isReplaced ? NOW : at, isReplaced });
  });
});

describe("isEventIdInWindow", () => {
  const idAt = (ms: number): string => makeUuidV7(ms, new Uint8Array(10));

  it.each([
    ["now", NOW, true],
    ["exactly 400 days ago", NOW - 400 * DAY, true],
    ["a millisecond before that", NOW - 400 * DAY - 1, false],
    ["exactly a day ahead", NOW + DAY, true],
    ["a millisecond after that", NOW + DAY + 1, false],
  ])("%s", (_, ms, isIn) => {
    expect(isEventIdInWindow(idAt(ms), NOW)).toBe(isIn);
  });

  it("takes no id of another version, whatever its time", () => {
    expect(isEventIdInWindow(idAt(NOW).replace("-7", "-4"), NOW)).toBe(false);
  });
});
