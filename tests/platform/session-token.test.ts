import { expect, test } from "vitest";
import { systemIds } from "#platform/ids.ts";
import { secretTokens } from "#platform/session-token.ts";

const tokens = secretTokens(systemIds);

test("a token is 256 random bits in hex, each another", () => {
  const made = new Set(Array.from({ length: 100 }, () => tokens.make()));
  expect(made.size).toBe(100);
  for (const token of made) expect(token).toMatch(/^[0-9a-f]{64}$/);
});

test("its hash is SHA-256", () => {
  expect(tokens.hash("abc")).toBe("ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad");
});

test("a token matches its own hash and no other, nor a hash that is cut", () => {
  const [token, other] = [tokens.make(), tokens.make()];
  expect(tokens.matches(token, tokens.hash(token))).toBe(true);
  expect(tokens.matches(other, tokens.hash(token))).toBe(false);
  expect(tokens.matches(token, tokens.hash(token).slice(0, 32))).toBe(false);
  expect(tokens.matches(token, "")).toBe(false);
});
