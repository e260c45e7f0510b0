import type { Reply } from "#scripts/stack/upstash/redis-engine.ts";
import { instantOf, isUnit, oneExpiry } from "./expiry.ts";
import type { MemoryStore } from "./memory-store.ts";
import type { OwnCommand, OwnCommands } from "./own-command.ts";
import {
  addDecimals,
  bigintOf,
  integerOf,
  isInteger,
  RedisError,
  SYNTAX,
  wrongArity,
} from "./redis-error.ts";

const MAX_BYTES = 512 * 1024 * 1024;

export const stringCommands: OwnCommands = {
  get: (store, [key = ""]) => store.bytes(key),
  getdel: (store, [key = ""]) => {
    const value = store.bytes(key);
    if (value !== null) store.remove(key);
    return value;
  },
  // What is no string is as good as absent here.
  mget: (store, keys) => keys.map((key) => (store.typeOf(key) === "string" ? store.bytes(key) : null)),
  set: setString,
  setex: setWithExpiry("setex", "EX"),
  psetex: setWithExpiry("psetex", "PX"),
  getset: (store, [key = "", value = ""]) => {
    const before = store.bytes(key);
    write(store, [key, value]);
    return before;
  },
  getex: (store, [key = "", ...options]) => {
    const value = store.bytes(key);
    const atMs = oneExpiry("getex", options);
    if (value !== null && atMs !== undefined) store.expire(key, atMs);
    return value;
  },
  mset: (store, words) => {
    for (const pair of pairs("mset", words)) write(store, pair);
    return "OK";
  },
  msetnx: (store, words) => {
    const all = pairs("msetnx", words);
    if (all.some(([key]) => store.has(key))) return 0;
    for (const pair of all) write(store, pair);
    return 1;
  },
  strlen: (store, [key = ""]) => store.bytes(key)?.byteLength ?? 0,
  append: (store, [key = "", text = ""]) => {
    const value = Buffer.concat([store.bytes(key) ?? Buffer.alloc(0), Buffer.from(text)]);
    store.put(key, value);
    return value.byteLength;
  },
  getrange: partOf,
  substr: partOf,
  setrange: overwrite,
  incr: (store, [key = ""]) => increment(store, key, 1n),
  decr: (store, [key = ""]) => increment(store, key, -1n),
  incrby: (store, [key = "", by = ""]) => increment(store, key, bigintOf(by)),
  decrby: (store, [key = "", by = ""]) => increment(store, key, -bigintOf(by)),
  incrbyfloat: (store, [key = "", by = ""]) => {
    const sum = addDecimals(store.bytes(key)?.toString() ?? "0", by);
    store.put(key, Buffer.from(sum));
    return sum;
  },
};

type SetOptions = { flags: Set<string>; atMs: number | undefined };

function setString(store: MemoryStore, [key = "", value = "", ...words]: readonly string[]): Reply {
  const { flags, atMs } = setOptions(words);
  const before = flags.has("GET") ? store.bytes(key) : null;
  const isAllowed = maySet(flags, store.has(key));
  if (isAllowed) {
    const keptAtMs = flags.has("KEEPTTL") ? store.expiresAtMs(key) : null;
    write(store, [key, value], atMs ?? keptAtMs);
  }
  if (flags.has("GET")) return before;
  return isAllowed ? "OK" : null;
}

function maySet(flags: ReadonlySet<string>, isThere: boolean): boolean {
  return isThere ? !flags.has("NX") : !flags.has("XX");
}

function setOptions(words: readonly string[]): SetOptions {
  const flags = new Set<string>();
  let atMs: number | undefined;
  for (let index = 0; index < words.length; index += 1) {
    const word = (words[index] ?? "").toUpperCase();
    if (isUnit(word)) {
      const amount = words[(index += 1)];
      if (amount === undefined || flags.has("EXPIRY")) throw SYNTAX;
      flags.add("EXPIRY");
      atMs = instantOf("set", word, amount);
    } else if (["NX", "XX", "GET", "KEEPTTL"].includes(word)) flags.add(word);
    else throw SYNTAX;
  }
  const isBoth = (one: string, other: string): boolean => flags.has(one) && flags.has(other);
  if (isBoth("NX", "XX") || isBoth("KEEPTTL", "EXPIRY")) throw SYNTAX;
  return { flags, atMs };
}

function setWithExpiry(name: string, unit: "EX" | "PX"): OwnCommand {
  return (store, [key = "", amount = "", value = ""]) => {
    write(store, [key, value], instantOf(name, unit, amount));
    return "OK";
  };
}

/** Whatever was there before, of any type, is gone. */
function write(
  store: MemoryStore,
  [key, value]: readonly [key: string, value: string],
  atMs: number | null = null,
): void {
  store.remove(key);
  store.put(key, Buffer.from(value));
  store.expire(key, atMs);
}

function pairs(name: string, words: readonly string[]): [string, string][] {
  if (words.length % 2 !== 0) throw wrongArity(name);
  return words.flatMap((key, index) => (index % 2 === 0 ? [[key, words[index + 1] ?? ""]] : []));
}

function partOf(store: MemoryStore, [key = "", first = "", last = ""]: readonly string[]): Reply {
  const [start, end] = [integerOf(first), integerOf(last)];
  const value = store.bytes(key) ?? Buffer.alloc(0);
  const from = start < 0 ? Math.max(0, value.byteLength + start) : start;
  const to = end < 0 ? Math.max(0, value.byteLength + end) : end;
  if (start < 0 && end < 0 && start > end) return "";
  return value.subarray(from, to + 1);
}

function overwrite(store: MemoryStore, [key = "", offset = "", text = ""]: readonly string[]): Reply {
  const start = integerOf(offset);
  if (start < 0) throw new RedisError("ERR offset is out of range");
  const [before, bytes] = [store.bytes(key) ?? Buffer.alloc(0), Buffer.from(text)];
  if (bytes.byteLength === 0) return before.byteLength;
  const length = Math.max(before.byteLength, start + bytes.byteLength);
  if (length > MAX_BYTES)
    throw new RedisError("ERR string exceeds maximum allowed size (proto-max-bulk-len)");
  const value = Buffer.alloc(length);
  before.copy(value);
  bytes.copy(value, start);
  store.put(key, value);
  return length;
}

function increment(store: MemoryStore, key: string, by: bigint): number {
  const sum = bigintOf(store.bytes(key)?.toString() ?? "0") + by;
  if (!isInteger(sum)) throw new RedisError("ERR increment or decrement would overflow");
  store.put(key, Buffer.from(String(sum)));
  return Number(sum);
}
