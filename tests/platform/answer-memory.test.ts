import { expect, it } from "vitest";

import { answerMemory } from "#platform/answer-memory.ts";

it("forgets what was not asked for the longest when it is full", () => {
  const memory = answerMemory(30);
  memory.set("a", "x".repeat(9));
  memory.set("b", "x".repeat(9));
  memory.set("c", "x".repeat(9));
  expect(memory.get("a")).toBe("x".repeat(9));
  memory.set("d", "x".repeat(9));
  expect(["a", "b", "c", "d"].filter((key) => memory.get(key) !== null)).toEqual(["a", "c", "d"]);
});

it("holds the newer of two texts under one key, and counts it once", () => {
  const memory = answerMemory(20);
  for (let round = 0; round < 5; round += 1) memory.set("a", `round ${round}`);
  memory.set("b", "other");
  expect([memory.get("a"), memory.get("b")]).toEqual(["round 4", "other"]);
});

it("takes no text that is larger than an answer may be", () => {
  const memory = answerMemory();
  memory.set("a", "x".repeat(256_001));
  expect(memory.get("a")).toBeNull();
});
