import type { MemoryStore } from "./memory-store.ts";
import type { OwnCommands } from "./own-command.ts";
import { addDecimals, bigintOf, isInteger, RedisError, wrongArity } from "./redis-error.ts";

const NO_INTEGER = new RedisError("ERR hash value is not an integer");
const NO_FLOAT = new RedisError("ERR hash value is not a float");

export const hashCommands: OwnCommands = {
  hset: (store, [key = "", ...words]) => setFields(store, { name: "hset", key, words }),
  hmset: (store, [key = "", ...words]) => {
    setFields(store, { name: "hmset", key, words });
    return "OK";
  },
  hget: (store, [key = "", field = ""]) => fieldOf(store.hash(key), field) ?? null,
  hmget: (store, [key = "", ...fields]) => {
    const hash = store.hash(key);
    return fields.map((field) => fieldOf(hash, field) ?? null);
  },
  hexists: (store, [key = "", field = ""]) => (fieldOf(store.hash(key), field) === undefined ? 0 : 1),
  hstrlen: (store, [key = "", field = ""]) => Buffer.byteLength(fieldOf(store.hash(key), field) ?? ""),
  hincrby: (store, [key = "", field = "", by = ""]) => {
    const amount = bigintOf(by);
    const hash = store.hash(key);
    const sum = bigintOf(fieldOf(hash, field) ?? "0", NO_INTEGER) + amount;
    if (!isInteger(sum)) throw new RedisError("ERR increment or decrement would overflow");
    store.put(key, { ...hash, [field]: String(sum) });
    return Number(sum);
  },
  hincrbyfloat: (store, [key = "", field = "", by = ""]) => {
    const hash = store.hash(key);
    const sum = addDecimals(fieldOf(hash, field) ?? "0", by, NO_FLOAT);
    store.put(key, { ...hash, [field]: sum });
    return sum;
  },
};

function setFields(
  store: MemoryStore,
  { name, key, words }: { name: string; key: string; words: readonly string[] },
): number {
  if (words.length % 2 !== 0) throw wrongArity(name);
  const hash = { ...store.hash(key) };
  const before = Object.keys(hash).length;
  for (let index = 0; index < words.length; index += 2) hash[words[index] ?? ""] = words[index + 1] ?? "";
  store.put(key, hash);
  return Object.keys(hash).length - before;
}

function fieldOf(hash: Readonly<Record<string, string>>, field: string): string | undefined {
  return Object.hasOwn(hash, field) ? String(hash[field]) : undefined;
}
