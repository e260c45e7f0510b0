import { randomBytes, scrypt, timingSafeEqual } from "node:crypto";

/**
 * Production's N = 2^15 with r = 8, p = 1: 32 MB and about a tenth of a second. More memory would endanger the isolate's
 * 128 MB; PBKDF2 is capped at 100,000 rounds there.
 */
const LEAST_LN_IN_PRODUCTION = 15;
const SALT_BYTES = 16;
const KEY_BYTES = 32;
/** Parameters beyond these come from nothing this code ever wrote: the work would be an attack on ourselves. */
const MOST = { ln: 16, r: 8, p: 2 };
const FORMAT =
  /^\$scrypt\$ln=(\d{1,2}),r=(\d{1,2}),p=(\d{1,2})\$([A-Za-z0-9+/]+={0,2})\$([A-Za-z0-9+/]+={0,2})$/;

type ScryptCost = { ln: number; r: number; p: number };

export type PasswordVerdict = { isRight: boolean; needsRehash: boolean };

export type PasswordHasher = {
  /** `$scrypt$ln=15,r=8,p=1$<salt>$<key>`: the parameters travel with the hash, so that they can grow. */
  hash(password: string): Promise<string>;
  /** With null, nobody's password, the same work is done and the answer is no. */
  verify(password: string, stored: string | null): Promise<PasswordVerdict>;
};

/** The binary logarithm of N, as wrangler.toml gives it. Throws at a value that would make passwords cheap to guess. */
export function readPasswordLn(env: { PASSWORD_LN: string; STAGE: string }): number {
  const ln = Number(env.PASSWORD_LN);
  const least = env.STAGE === "local" ? 1 : LEAST_LN_IN_PRODUCTION;
  if (!Number.isInteger(ln) || ln < least || ln > MOST.ln) {
    throw new Error(`PASSWORD_LN must be a whole number from ${least} to ${MOST.ln}`);
  }
  return ln;
}

/** scrypt with N = 2^ln. */
export function scryptHasher(ln: number): PasswordHasher {
  const current = { ln, r: 8, p: 1 };
  return {
    hash: async (password) => await hash(password, current),
    verify: async (password, stored) => await verify({ password, stored }, current),
  };
}

async function hash(password: string, current: ScryptCost): Promise<string> {
  const salt = randomBytes(SALT_BYTES);
  const key = await derive(password, salt, current);
  const { ln, r, p } = current;
  return `$scrypt$ln=${ln},r=${r},p=${p}$${toBase64(salt)}$${toBase64(key)}`;
}

async function verify(
  { password, stored }: { password: string; stored: string | null },
  current: ScryptCost,
): Promise<PasswordVerdict> {
  const parts = stored === null ? null : parse(stored);
  if (parts === null) {
    await derive(password, randomBytes(SALT_BYTES), current);
    return { isRight: false, needsRehash: false };
  }
  const key = await derive(password, parts.salt, parts.parameters);
  const isRight = key.length === parts.key.length && timingSafeEqual(key, parts.key);
  return { isRight, needsRehash: isRight && !isSame(parts.parameters, current) };
}

function parse(stored: string): { parameters: ScryptCost; salt: Uint8Array; key: Uint8Array } | null {
  const match = FORMAT.exec(stored);
  if (!match) return null;
  const [, ln, r, p, salt = "", key = ""] = match;
  const parameters = { ln: Number(ln), r: Number(r), p: Number(p) };
  if (parameters.ln > MOST.ln || parameters.r > MOST.r || parameters.p > MOST.p) return null;
  return { parameters, salt: fromBase64(salt), key: fromBase64(key) };
}

function isSame(one: ScryptCost, other: ScryptCost): boolean {
  return one.ln === other.ln && one.r === other.r && one.p === other.p;
}

/** The password is normalised, so that the same letters typed on another keyboard are the same password. */
async function derive(password: string, salt: Uint8Array, { ln, r, p }: ScryptCost): Promise<Uint8Array> {
  const options = { N: 2 ** ln, r, p, maxmem: 2 ** ln * r * 256 };
  return await new Promise((resolve, reject) => {
    scrypt(password.normalize("NFKC"), salt, KEY_BYTES, options, (error, key) => {
      if (error) reject(error);
      else resolve(key);
    });
  });
}

function toBase64(bytes: Uint8Array): string {
  return btoa(String.fromCharCode(...bytes));
}

function fromBase64(text: string): Uint8Array {
  return Uint8Array.from(atob(text), (byte) => byte.charCodeAt(0));
}
