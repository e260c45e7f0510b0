import { scryptSync } from "node:crypto";
import { describe, expect, test } from "vitest";
import { scryptHasher } from "#platform/password-hash.ts";

const PASSWORD = "correct horse battery";

function stored(ln: number, password = PASSWORD, r = 8): string {
  const salt = Buffer.alloc(16, 7);
  const key = scryptSync(password, salt, 32, { N: 2 ** ln, r, p: 1, maxmem: 2 ** 30 });
  return `$scrypt$ln=${ln},r=${r},p=1$${salt.toString("base64")}$${key.toString("base64")}`;
}

describe("a password's hash", () => {
  test("is scrypt of 32 MB with a salt of its own, and carries its parameters", async () => {
    const [one, two] = [await scryptHasher.hash(PASSWORD), await scryptHasher.hash(PASSWORD)];
    expect(one).toMatch(/^\$scrypt\$ln=15,r=8,p=1\$[A-Za-z0-9+/]{22}==\$[A-Za-z0-9+/]{43}=$/);
    expect(one).not.toBe(two);
  });

  test("knows the right password and no other", async () => {
    const hash = await scryptHasher.hash(PASSWORD);
    expect(await scryptHasher.verify(PASSWORD, hash)).toEqual({ isRight: true, needsRehash: false });
    for (const wrong of ["", PASSWORD.toUpperCase(), `${PASSWORD} `]) {
      expect((await scryptHasher.verify(wrong, hash)).isRight).toBe(false);
    }
  });

  test("is the scrypt of RFC 7914 that anyone else computes", async () => {
    expect(await scryptHasher.verify(PASSWORD, stored(15))).toEqual({ isRight: true, needsRehash: false });
  });

  test("of older parameters is right and due for renewal, unless the password is wrong", async () => {
    expect(await scryptHasher.verify(PASSWORD, stored(14))).toEqual({ isRight: true, needsRehash: true });
    expect(await scryptHasher.verify("wrong", stored(14))).toEqual({ isRight: false, needsRehash: false });
  });

  test("is the same for the same letters, however they are composed", async () => {
    const hash = await scryptHasher.hash("Käsekuchen 2026");
    expect((await scryptHasher.verify("Ka\u0308sekuchen 2026", hash)).isRight).toBe(true);
  });

  test.each([
    "",
    "$scrypt$ln=31,r=8,p=1$AAAA$AAAA",
    "$2b$10$abcdefghijklmnopqrstuv",
    "plain",
    "$scrypt$ln=15,r=64,p=1$AAAA$AAAA",
  ])("that is none, or would cost more than we ever asked for, is right for nobody: %j", async (hash) => {
    expect(await scryptHasher.verify(PASSWORD, hash)).toEqual({ isRight: false, needsRehash: false });
  });

  test("of nobody costs as much as of somebody", async () => {
    const hash = await scryptHasher.hash(PASSWORD);
    const timeOf = async (of: string | null) => {
      const times = [];
      for (let round = 0; round < 5; round += 1) {
        const startedMs = performance.now();
        await scryptHasher.verify("wrong", of);
        times.push(performance.now() - startedMs);
      }
      return Math.min(...times);
    };
    const [somebody, nobody] = [await timeOf(hash), await timeOf(null)];
    expect(nobody / somebody).toBeGreaterThan(0.3);
    expect(nobody / somebody).toBeLessThan(3);
  });
});
