import type { Reply } from "#scripts/stack/upstash/redis-engine.ts";
import type { MemoryStore } from "./memory-store.ts";
import type { OwnCommands } from "./own-command.ts";
import { integerOf, RedisError, SYNTAX } from "./redis-error.ts";

const NO_KEY = new RedisError("ERR no such key");

export const keyCommands: OwnCommands = {
  type: (store, [key = ""]) => store.typeOf(key),
  copy,
  touch: (store, keys) => keys.filter((key) => store.has(key)).length,
  rename: (store, [from = "", to = ""]) => {
    rename(store, from, to);
    return "OK";
  },
  renamenx: (store, [from = "", to = ""]) => {
    if (!store.has(from)) throw NO_KEY;
    if (store.has(to)) return 0;
    rename(store, from, to);
    return 1;
  },
};

function copy(store: MemoryStore, [from = "", to = "", ...options]: readonly string[]): Reply {
  const mayReplace = isReplacing(options);
  if (from === to) throw new RedisError("ERR source and destination objects are the same");
  if (!store.has(from) || (store.has(to) && !mayReplace)) return 0;
  store.copy(from, to);
  return 1;
}

/** Throws for options that there are none of. */
function isReplacing([word, ...rest]: readonly string[]): boolean {
  if (word === undefined) return false;
  if (word.toUpperCase() === "REPLACE") {
    isReplacing(rest);
    return true;
  }
  const [number, ...more] = rest;
  if (word.toUpperCase() !== "DB" || number === undefined) throw SYNTAX;
  onlyDatabase(number);
  return isReplacing(more);
}

/** There is one, as at Upstash. */
function onlyDatabase(word: string): void {
  if (integerOf(word) !== 0) throw new RedisError("ERR DB index is out of range");
}

function rename(store: MemoryStore, from: string, to: string): void {
  if (!store.has(from)) throw NO_KEY;
  if (from === to) return;
  store.copy(from, to);
  store.remove(from);
}
