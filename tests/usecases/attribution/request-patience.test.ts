import { expect, it } from "vitest";

import { requestPatience } from "#usecases/attribution/patience.ts";

const MOST_MS = 3_000;

it("waits longer for few journeys than for many, and never as long as an answer may take", () => {
  const [few, many] = [requestPatience(1_000, 0), requestPatience(500_000, 0)];

  expect(few?.timeoutMs).toBe(2_500);
  expect(many?.timeoutMs).toBe(2_000);
  expect(Math.max(few?.timeoutMs ?? 0, many?.timeoutMs ?? 0)).toBeLessThan(MOST_MS);
});

it("takes off what has gone by, so that an answer is there or says that it is being worked out", () => {
  expect(requestPatience(1_000, 700)?.timeoutMs).toBe(1_800);
  // 0 would be no end to it.
  expect(requestPatience(1_000, 9_000)?.timeoutMs).toBe(1);
});

it("leaves more than a million contacts to a job from the start", () => {
  expect(requestPatience(1_000_000, 0)).not.toBeNull();
  expect(requestPatience(1_000_001, 0)).toBeNull();
});
