import { bigintOf, RedisError, SYNTAX } from "./redis-error.ts";
import type { OwnCommand, OwnCommands } from "./own-command.ts";

type Unit = "EX" | "PX" | "EXAT" | "PXAT";

/** The latest instant that 64 bits of milliseconds hold. */
const LATEST_MS = 2n ** 63n - 1n;

export const expiryCommands: OwnCommands = {
  expire: expireCommand("expire", "EX"),
  pexpire: expireCommand("pexpire", "PX"),
  expireat: expireCommand("expireat", "EXAT"),
  pexpireat: expireCommand("pexpireat", "PXAT"),
};

export function isUnit(word: string): word is Unit {
  return ["EX", "PX", "EXAT", "PXAT"].includes(word);
}

/** The instant that a command's option names. Throws when it is no number, or none that can be. */
export function instantOf(command: string, unit: Unit, word: string): number {
  const amount = bigintOf(word);
  if (amount <= 0n) throw invalidTime(command);
  return Number(instant(command, unit, amount));
}

function instant(command: string, unit: Unit, amount: bigint): bigint {
  const ms = unit.startsWith("EX") ? amount * 1000n : amount;
  const atMs = unit.endsWith("AT") ? ms : ms + BigInt(Date.now());
  if (atMs > LATEST_MS || atMs < -LATEST_MS) throw invalidTime(command);
  return atMs;
}

function invalidTime(command: string): RedisError {
  return new RedisError(`ERR invalid expire time in '${command}' command`);
}

function expireCommand(name: string, unit: Unit): OwnCommand {
  return (store, [key = "", amount = "", ...words]) => {
    const flags = flagsOf(words);
    const atMs = Number(instant(name, unit, bigintOf(amount)));
    if (!store.has(key) || !mayExpire(flags, store.expiresAtMs(key), atMs)) return 0;
    if (atMs <= Date.now()) store.remove(key);
    else store.expire(key, atMs);
    return 1;
  };
}

function flagsOf(words: readonly string[]): ReadonlySet<string> {
  for (const word of words) {
    if (!["NX", "XX", "GT", "LT"].includes(word.toUpperCase()))
      throw new RedisError(`ERR Unsupported option ${word}`);
  }
  const flags = new Set(words.map((word) => word.toUpperCase()));
  if (flags.has("NX") && flags.size > 1)
    throw new RedisError("ERR NX and XX, GT or LT options at the same time are not compatible");
  if (flags.has("GT") && flags.has("LT"))
    throw new RedisError("ERR GT and LT options at the same time are not compatible");
  return flags;
}

/** A key that does not expire counts as one that expires at the end of time. */
function mayExpire(flags: ReadonlySet<string>, nowAtMs: number | null, atMs: number): boolean {
  if (flags.has("NX") && nowAtMs !== null) return false;
  if (flags.has("XX") && nowAtMs === null) return false;
  if (flags.has("GT") && atMs <= (nowAtMs ?? Infinity)) return false;
  return !flags.has("LT") || atMs < (nowAtMs ?? Infinity);
}

/** The one option of `GETEX`, and those of time in `SET`: undefined says to leave the time to live, null to end it. */
export function oneExpiry(command: string, words: readonly string[]): number | null | undefined {
  const [unit = "", amount, ...more] = words.map((word, index) => (index === 0 ? word.toUpperCase() : word));
  if (words.length === 0) return undefined;
  if (unit === "PERSIST" && amount === undefined) return null;
  if (!isUnit(unit) || amount === undefined || more.length > 0) throw SYNTAX;
  return instantOf(command, unit, amount);
}
