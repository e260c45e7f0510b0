import type { Reply } from "#scripts/stack/upstash/redis-engine.ts";
import type { MemoryStore } from "./memory-store.ts";
import type { OwnCommands } from "./own-command.ts";
import { integerOf, RedisError, SYNTAX } from "./redis-error.ts";

const MAX_BITS = 2 ** 32;
const NO_OFFSET = new RedisError("ERR bit offset is not an integer or out of range");
const NO_BIT = new RedisError("ERR bit is not an integer or out of range");
const EMPTY = Buffer.alloc(0);

export const bitCommands: OwnCommands = {
  setbit: (store, [key = "", offset = "", word = ""]) => {
    const place = offsetOf(offset);
    const bit = integerOf(word, NO_BIT);
    if (bit !== 0 && bit !== 1) throw NO_BIT;
    const before = store.bytes(key) ?? EMPTY;
    const value = Buffer.alloc(Math.max(before.byteLength, Math.floor(place / 8) + 1));
    before.copy(value);
    const index = Math.floor(place / 8);
    const mask = 0x80 >> (place % 8);
    value[index] = bit === 1 ? (value[index] ?? 0) | mask : (value[index] ?? 0) & ~mask;
    store.put(key, value);
    return bitAt(before, place);
  },
  getbit: (store, [key = "", offset = ""]) => {
    const place = offsetOf(offset);
    return bitAt(store.bytes(key) ?? EMPTY, place);
  },
  bitcount: (store, [key = "", ...range]) => {
    if (range.length === 1 || range.length > 3) throw SYNTAX;
    const [value, { from, to }] = withRange(store, key, range);
    let count = 0;
    for (let place = from; place <= to; place += 1) count += bitAt(value, place);
    return count;
  },
  bitpos: findBit,
  bitop: combine,
};

function offsetOf(word: string): number {
  const place = integerOf(word, NO_OFFSET);
  if (place < 0 || place >= MAX_BITS) throw NO_OFFSET;
  return place;
}

/** Bits are counted from the left; behind the end all are 0. */
function bitAt(value: Buffer, place: number): 0 | 1 {
  return ((value[Math.floor(place / 8)] ?? 0) & (0x80 >> (place % 8))) === 0 ? 0 : 1;
}

/** First and last bit of `start end [BYTE | BIT]`, both of which may count from the end. */
function withRange(
  store: MemoryStore,
  key: string,
  [start = "0", end = "-1", unit = "BYTE"]: readonly string[],
): [Buffer, { from: number; to: number }] {
  const [first, last] = [integerOf(start), integerOf(end)];
  if (!["BYTE", "BIT"].includes(unit.toUpperCase())) throw SYNTAX;
  const value = store.bytes(key) ?? EMPTY;
  const width = unit.toUpperCase() === "BIT" ? 1 : 8;
  const length = (value.byteLength * 8) / width;
  const from = first < 0 ? Math.max(0, length + first) : first;
  const to = Math.min(length - 1, last < 0 ? Math.max(0, length + last) : last);
  return [value, { from: from * width, to: (to + 1) * width - 1 }];
}

function findBit(store: MemoryStore, [key = "", word = "", ...range]: readonly string[]): Reply {
  const bit = integerOf(word);
  if (bit !== 0 && bit !== 1) throw new RedisError("ERR The bit argument must be 1 or 0.");
  if (range.length > 3) throw SYNTAX;
  const [value, { from, to }] = withRange(store, key, range);
  if (!store.has(key)) return -bit;
  for (let place = from; place <= to; place += 1) if (bitAt(value, place) === bit) return place;
  return bit === 0 ? placeBehind(range, { from, to }) : -1;
}

/** Behind a value whose end nobody named there are only zeros. */
function placeBehind(range: readonly string[], { from, to }: { from: number; to: number }): number {
  return range.length < 2 && from <= to ? to + 1 : -1;
}

type Operation = (a: number, b: number) => number;
const OPERATIONS: Readonly<Record<string, Operation>> = {
  AND: (a, b) => a & b,
  OR: (a, b) => a | b,
  XOR: (a, b) => a ^ b,
};

function combine(store: MemoryStore, [word = "", destination = "", ...keys]: readonly string[]): Reply {
  const name = word.toUpperCase();
  const operation = OPERATIONS[name];
  if (operation === undefined && name !== "NOT") throw SYNTAX;
  if (operation === undefined && keys.length > 1)
    throw new RedisError("ERR BITOP NOT must be called with a single source key.");
  const values = keys.map((key) => store.bytes(key) ?? EMPTY);
  const result = operation === undefined ? inverted(values) : merged(values, operation);
  store.remove(destination);
  if (result.byteLength > 0) store.put(destination, result);
  return result.byteLength;
}

function inverted([value = EMPTY]: readonly Buffer[]): Buffer {
  return Buffer.from(value.map((byte) => ~byte));
}

/** As long as the longest; the others go on with zeros. */
function merged(values: readonly Buffer[], operation: Operation): Buffer {
  const result = Buffer.alloc(Math.max(...values.map(({ byteLength }) => byteLength)));
  return Buffer.from(
    result.map((_zero, index) => values.map((value) => value[index] ?? 0).reduce(operation)),
  );
}
