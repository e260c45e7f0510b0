import type { Reply } from "#scripts/stack/upstash/redis-engine.ts";
import type { MemoryStore } from "./memory-store.ts";
import type { OwnCommand, OwnCommands } from "./own-command.ts";
import { integerOf, RedisError, SYNTAX, wrongArity } from "./redis-error.ts";

type End = "LEFT" | "RIGHT";
const NO_COUNT = new RedisError("ERR value is out of range, must be positive");

export const listCommands: OwnCommands = {
  lpop: pop("lpop", "LEFT"),
  rpop: pop("rpop", "RIGHT"),
  lpushx: (store, [key = "", ...values]) =>
    pushIfThere(store, key, (list) => [...values.toReversed(), ...list]),
  rpushx: (store, [key = "", ...values]) => pushIfThere(store, key, (list) => [...list, ...values]),
  lrange: checked(1, 2),
  ltrim: checked(1, 2),
  lindex: checked(1),
  lrem: checked(1),
  lmove: (store, [from = "", to = "", take = "", put = ""]) =>
    move(store, { from, to, take: endOf(take), put: endOf(put) }),
  rpoplpush: (store, [from = "", to = ""]) => move(store, { from, to, take: "RIGHT", put: "LEFT" }),
  lset: (store, [key = "", place = "", value = ""]) => {
    const list = store.list(key);
    if (list.length === 0) throw new RedisError("ERR no such key");
    const given = integerOf(place);
    const index = given < 0 ? list.length + given : given;
    if (index < 0 || index >= list.length) throw new RedisError("ERR index out of range");
    store.put(key, list.with(index, value));
    return "OK";
  },
  linsert: (store, [key = "", word = "", pivot = "", value = ""]) => {
    const side = word.toUpperCase();
    if (side !== "BEFORE" && side !== "AFTER") throw SYNTAX;
    const list = store.list(key);
    if (list.length === 0) return 0;
    const index = list.indexOf(pivot);
    if (index < 0) return -1;
    store.put(key, list.toSpliced(side === "BEFORE" ? index : index + 1, 0, value));
    return list.length + 1;
  },
};

/** The engine runs it, once the words at these places are whole numbers. */
function checked(...places: number[]): OwnCommand {
  return (_store, args) => {
    for (const place of places) integerOf(args[place] ?? "");
    return undefined;
  };
}

function pushIfThere(store: MemoryStore, key: string, push: (list: string[]) => string[]): number {
  const list = store.list(key);
  if (list.length === 0) return 0;
  const longer = push(list);
  store.put(key, longer);
  return longer.length;
}

function endOf(word: string): End {
  const end = word.toUpperCase();
  if (end !== "LEFT" && end !== "RIGHT") throw SYNTAX;
  return end;
}

function move(
  store: MemoryStore,
  { from, to, take, put }: { from: string; to: string; take: End; put: End },
): Reply {
  const source = store.list(from);
  const value = take === "LEFT" ? source.shift() : source.pop();
  if (value === undefined) return null;
  // One list may be both: it is turned.
  const target = from === to ? source : store.list(to);
  if (put === "LEFT") target.unshift(value);
  else target.push(value);
  if (from !== to) store.put(from, source);
  store.put(to, target);
  return value;
}

function pop(name: string, end: End): OwnCommand {
  return (store, [key = "", word, ...more]) => {
    if (more.length > 0) throw wrongArity(name);
    const count = word === undefined ? 1 : integerOf(word, NO_COUNT);
    if (count < 0) throw NO_COUNT;
    const list = store.list(key);
    if (list.length === 0) return null;
    const taken =
      end === "LEFT" ? list.splice(0, count) : list.splice(Math.max(0, list.length - count)).toReversed();
    store.put(key, list);
    return word === undefined ? (taken[0] ?? null) : taken;
  };
}
