import { createHash, timingSafeEqual } from "node:crypto";

/** What proves who someone is: 256 random bits, of which only the SHA-256 is ever kept. */
export type SecretTokens = {
  /** 64 hex characters. */
  make(): string;
  /** SHA-256, hex. Enough for a token of 256 random bits; a password needs more. */
  hash(token: string): string;
  /** Compares in a time that does not tell where the difference is. */
  matches(token: string, hash: string): boolean;
};

export function secretTokens(ids: { secretHex(bytes: number): string }): SecretTokens {
  return { make: () => ids.secretHex(32), hash: sha256Hex, matches };
}

function matches(token: string, hash: string): boolean {
  const given = new TextEncoder().encode(sha256Hex(token));
  const kept = new TextEncoder().encode(hash);
  return given.length === kept.length && timingSafeEqual(given, kept);
}

function sha256Hex(text: string): string {
  return createHash("sha256").update(text).digest("hex");
}
