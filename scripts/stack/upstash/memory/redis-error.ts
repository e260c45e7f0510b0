/** A refusal in Redis' own words. */
export class RedisError extends Error {}

export const WRONG_TYPE = new RedisError("WRONGTYPE Operation against a key holding the wrong kind of value");
export const SYNTAX = new RedisError("ERR syntax error");
const NO_INTEGER = new RedisError("ERR value is not an integer or out of range");
const NO_FLOAT = new RedisError("ERR value is not a valid float");

const MAX_INTEGER = 2n ** 63n - 1n;
const MIN_INTEGER = -(2n ** 63n);

export function wrongArity(name: string): RedisError {
  return new RedisError(`ERR wrong number of arguments for '${name}' command`);
}

export function isInteger(value: bigint): boolean {
  return value >= MIN_INTEGER && value <= MAX_INTEGER;
}

/** A word as a whole number of 64 bits, which is what Redis counts in. Throws `refusal` for anything else. */
export function bigintOf(word: string, refusal: RedisError = NO_INTEGER): bigint {
  if (!/^(0|-?[1-9]\d{0,18})$/.test(word)) throw refusal;
  const value = BigInt(word);
  if (!isInteger(value)) throw refusal;
  return value;
}

export function integerOf(word: string, refusal: RedisError = NO_INTEGER): number {
  return Number(bigintOf(word, refusal));
}

/** `inf` and `-inf` are numbers, NaN is none. */
export function floatOf(word: string, refusal: RedisError = NO_FLOAT): number {
  const infinite = /^([+-]?)inf(?:inity)?$/i.exec(word);
  if (infinite !== null) return infinite[1] === "-" ? -Infinity : Infinity;
  if (!/^[+-]?(\d+\.?\d*|\.\d+)(e[+-]?\d+)?$/i.test(word)) throw refusal;
  return Number(word);
}

/** As Redis writes a score. */
export function formatFloat(value: number): string {
  if (Number.isFinite(value)) return String(value);
  return value > 0 ? "inf" : "-inf";
}

/** The sum of two decimals as `INCRBYFLOAT` has it: 0.1 and 0.2 are 0.3. */
export function addDecimals(a: string, b: string, refusal: RedisError = NO_FLOAT): string {
  const sum = floatOf(a, refusal) + floatOf(b);
  if (!Number.isFinite(sum)) throw new RedisError("ERR increment would produce NaN or Infinity");
  const parts = [a, b].map((word) => /^([+-]?\d+)(?:\.(\d{1,17}))?$/.exec(word));
  if (parts.some((part) => part === null)) return String(sum);

  const places = Math.max(...parts.map((part) => part?.[2]?.length ?? 0));
  const [first = 0n, second = 0n] = parts.map((part) =>
    BigInt(`${part?.[1] ?? "0"}${(part?.[2] ?? "").padEnd(places, "0")}`),
  );
  const total = first + second;
  const digits = String(total < 0n ? -total : total).padStart(places + 1, "0");
  const whole = digits.slice(0, digits.length - places);
  const rest = digits.slice(digits.length - places).replace(/0+$/, "");
  return `${total < 0n ? "-" : ""}${whole}${rest === "" ? "" : `.${rest}`}`;
}
