import type { Reply } from "#scripts/stack/upstash/redis-engine.ts";
import type { MemoryStore } from "./memory-store.ts";
import type { OwnCommands } from "./own-command.ts";
import { integerOf, RedisError, SYNTAX } from "./redis-error.ts";

const NO_COUNT = new RedisError("ERR value is out of range, must be positive");

export const setCommands: OwnCommands = {
  spop: (store, [key = "", ...count]) => {
    const number = count.length === 1 ? integerOf(count[0] ?? "", NO_COUNT) : 1;
    if (number < 0) throw NO_COUNT;
    // The engine would say nothing, not that none were taken.
    return store.members(key).size > 0 && number === 0 ? [] : listWithCount(store, [key, ...count]);
  },
  srandmember: listWithCount,
  sintercard: (store, words) => {
    const { keys, limit } = cardinality(words);
    const [first = new Set<string>(), ...others] = keys.map((key) => store.members(key));
    const common = [...first].filter((member) => others.every((other) => other.has(member))).length;
    return limit === 0 ? common : Math.min(limit, common);
  },
};

/** With a count the answer is a list, also of nothing. */
function listWithCount(store: MemoryStore, [key = "", ...count]: readonly string[]): Reply | undefined {
  if (count.length > 1) throw SYNTAX;
  if (count[0] !== undefined) integerOf(count[0]);
  return count.length > 0 && !store.has(key) ? [] : undefined;
}

/** `numkeys key … [LIMIT n]` of SINTERCARD and ZINTERCARD; without a limit 0. */
export function cardinality(words: readonly string[]): { keys: readonly string[]; limit: number } {
  const [number = "", ...rest] = words;
  const few = new RedisError("ERR numkeys should be greater than 0");
  const count = integerOf(number, few);
  if (count <= 0) throw few;
  if (count > rest.length) throw new RedisError("ERR Number of keys can't be greater than number of args");
  const [word, amount = "", ...more] = rest.slice(count);
  if (word === undefined) return { keys: rest.slice(0, count), limit: 0 };
  if (word.toUpperCase() !== "LIMIT" || amount === "" || more.length > 0) throw SYNTAX;
  const negative = new RedisError("ERR LIMIT can't be negative");
  const limit = integerOf(amount, negative);
  if (limit < 0) throw negative;
  return { keys: rest.slice(0, count), limit };
}
