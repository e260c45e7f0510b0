import { scryptSync } from "node:crypto";
import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { readPasswordLn, scryptHasher } from "#platform/password-hash.ts";
import { projectFolder } from "#scripts/stack/project.ts";

const PASSWORD = "correct horse battery";
const hasher = scryptHasher(15);
/** The same at a thirtieth of the cost, for what is not about the cost. */
const cheapHasher = scryptHasher(10);

function stored(ln: number, password = PASSWORD, r = 8): string {
  const salt = Buffer.alloc(16, 7);
  const key = scryptSync(password, salt, 32, { N: 2 ** ln, r, p: 1, maxmem: 2 ** 30 });
  return `$scrypt$ln=${ln},r=${r},p=1$${salt.toString("base64")}$${key.toString("base64")}`;
}

describe("what hashing costs", () => {
  test("is in production what wrangler.toml says: 32 MB", async () => {
    const toml = await readFile(join(projectFolder, "wrangler.toml"), "utf8");
    expect(toml.match(/^PASSWORD_LN = "\d+"$/gm)).toEqual(['PASSWORD_LN = "15"']);
    expect(readPasswordLn({ PASSWORD_LN: "15", STAGE: "production" })).toBe(15);
  });

  test.each(["14", "10", "0", "17", "15.5", "", "cheap"])(
    "cannot be %j in production, nor anything by the name of another stage",
    (PASSWORD_LN) => {
      for (const STAGE of ["production", "staging", ""]) {
        expect(() => readPasswordLn({ PASSWORD_LN, STAGE })).toThrow("PASSWORD_LN");
      }
    },
  );

  test("may be less on a local stack, though never beyond what an isolate holds", () => {
    expect(readPasswordLn({ PASSWORD_LN: "10", STAGE: "local" })).toBe(10);
    expect(() => readPasswordLn({ PASSWORD_LN: "17", STAGE: "local" })).toThrow("PASSWORD_LN");
  });
});

describe("a password's hash", () => {
  test("is scrypt of 32 MB with a salt of its own, and carries its parameters", async () => {
    const [one, two] = [await hasher.hash(PASSWORD), await hasher.hash(PASSWORD)];
    expect(one).toMatch(/^\$scrypt\$ln=15,r=8,p=1\$[A-Za-z0-9+/]{22}==\$[A-Za-z0-9+/]{43}=$/);
    expect(one).not.toBe(two);
  });

  test("knows the right password and no other", async () => {
    const hash = await cheapHasher.hash(PASSWORD);
    expect(await cheapHasher.verify(PASSWORD, hash)).toEqual({ isRight: true, needsRehash: false });
    for (const wrong of ["", PASSWORD.toUpperCase(), `${PASSWORD} `]) {
      expect((await cheapHasher.verify(wrong, hash)).isRight).toBe(false);
    }
  });

  test("is the scrypt of RFC 7914 that anyone else computes", async () => {
    expect(await hasher.verify(PASSWORD, stored(15))).toEqual({ isRight: true, needsRehash: false });
  });

  test("of older parameters is right and due for renewal, unless the password is wrong", async () => {
    expect(await cheapHasher.verify(PASSWORD, stored(9))).toEqual({ isRight: true, needsRehash: true });
    expect(await cheapHasher.verify("wrong", stored(9))).toEqual({ isRight: false, needsRehash: false });
  });

  test("is the same for the same letters, however they are composed", async () => {
    const hash = await cheapHasher.hash("Käsekuchen 2026");
    expect((await cheapHasher.verify("Ka\u0308sekuchen 2026", hash)).isRight).toBe(true);
  });

  test.each([
    "",
    "$scrypt$ln=31,r=8,p=1$AAAA$AAAA",
    "$2b$10$abcdefghijklmnopqrstuv",
    "plain",
    "$scrypt$ln=15,r=64,p=1$AAAA$AAAA",
  ])("that is none, or would cost more than we ever asked for, is right for nobody: %j", async (hash) => {
    expect(await cheapHasher.verify(PASSWORD, hash)).toEqual({ isRight: false, needsRehash: false });
  });

  test("of nobody costs as much as of somebody", async () => {
    const hash = await hasher.hash(PASSWORD);
    const timeOf = async (of: string | null) => {
      const times = [];
      for (let round = 0; round < 5; round += 1) {
        const startedMs = performance.now();
        await hasher.verify("wrong", of);
        times.push(performance.now() - startedMs);
      }
      return Math.min(...times);
    };
    const [somebody, nobody] = [await timeOf(hash), await timeOf(null)];
    expect(nobody / somebody).toBeGreaterThan(0.3);
    expect(nobody / somebody).toBeLessThan(3);
  });
});
