import { expect, test } from "vitest";
import { signInRate } from "#platform/sign-in-rate.ts";

function countingBinding(limit: number) {
  const counts = new Map<string, number>();
  return {
    counts,
    limit: async ({ key }: { key: string }) => {
      const count = (counts.get(key) ?? 0) + 1;
      counts.set(key, count);
      return { success: count <= limit };
    },
  };
}

test("an attempt counts for its sender and for its address, and either stops it", async () => {
  const binding = countingBinding(2);
  const rate = signInRate(binding);
  expect(await rate.isWithin({ ip: "1", email: "a" })).toBe(true);
  expect(await rate.isWithin({ ip: "2", email: "a" })).toBe(true);
  expect(await rate.isWithin({ ip: "3", email: "a" })).toBe(false);
  expect(await rate.isWithin({ ip: "3", email: "b" })).toBe(true);
  expect(await rate.isWithin({ ip: "3", email: "c" })).toBe(false);
  expect(Object.fromEntries(binding.counts)).toEqual({
    "ip:1": 1,
    "ip:2": 1,
    "ip:3": 3,
    "email:a": 3,
    "email:b": 1,
    "email:c": 1,
  });
});

test("an attempt without an address counts for its sender only", async () => {
  const binding = countingBinding(1);
  await signInRate(binding).isWithin({ ip: "1" });
  expect([...binding.counts.keys()]).toEqual(["ip:1"]);
});

test("a brake that is broken stops nobody", async () => {
  const rate = signInRate({
    limit: async () => {
      throw new Error("gone");
    },
  });
  expect(await rate.isWithin({ ip: "1", email: "a" })).toBe(true);
});
