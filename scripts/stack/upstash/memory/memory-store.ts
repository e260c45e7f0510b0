import { isUtf8 } from "node:buffer";
import { WRONG_TYPE } from "./redis-error.ts";

type SortedSet = Map<string, { value: string; score: number }>;
type Value = string | Buffer | string[] | Set<string> | SortedSet | Record<string, string>;

/** What of the in-memory engine is read and written: values are copies, a key that has expired is not there. */
export type EngineParts = {
  data: {
    has(key: string): boolean;
    get(key: string): Value | undefined;
    set(key: string, value: Value): void;
    delete(key: string): void;
  };
  expires: {
    has(key: string): boolean;
    get(key: string): number;
    set(key: string, atMs: number): void;
    delete(key: string): void;
  };
};

/**
 * The keys of the in-memory engine, by type. What is read of an absent key is empty, of a key of another type throws
 * `WRONGTYPE`. An empty list, set, sorted set or hash is not kept, as in Redis.
 */
export type MemoryStore = {
  has(key: string): boolean;
  /** As `TYPE` answers it. */
  typeOf(key: string): string;
  bytes(key: string): Buffer | null;
  list(key: string): string[];
  /** Scores by member. */
  scores(key: string): Map<string, number>;
  /** The same, or the members of a plain set, which score 1. */
  scoresOrMembers(key: string): Map<string, number>;
  members(key: string): Set<string>;
  hash(key: string): Record<string, string>;
  /** Its time to live stays. */
  put(key: string, value: Buffer | string[] | Record<string, string>): void;
  putScores(key: string, scores: ReadonlyMap<string, number>): void;
  remove(key: string): void;
  /** Value and time to live. */
  copy(from: string, to: string): void;
  /** Null: never. */
  expiresAtMs(key: string): number | null;
  expire(key: string, atMs: number | null): void;
  /** Of these words that are keys, those whose value has become empty go. */
  removeEmpty(words: readonly string[]): void;
};

export function memoryStore({ data, expires }: EngineParts): MemoryStore {
  const read = (key: string): Value | undefined => (data.has(key) ? data.get(key) : undefined);
  const expire = (key: string, atMs: number | null): void => {
    if (atMs === null) expires.delete(key);
    else expires.set(key, atMs);
  };
  const expiresAtMs = (key: string): number | null =>
    data.has(key) && expires.has(key) ? expires.get(key) : null;
  const keep = (key: string, value: Value): void => {
    if (isEmpty(value)) data.delete(key);
    else data.set(key, value);
  };
  return {
    has: (key) => data.has(key),
    typeOf: (key) => typeOf(read(key)),
    bytes: (key) => bytesOf(read(key)),
    list: (key) => listOf(read(key)),
    scores: (key) => scoresOf(read(key)),
    scoresOrMembers(key) {
      const value = read(key);
      return value instanceof Set ? new Map([...value].map((member) => [member, 1])) : scoresOf(value);
    },
    members: (key) => membersOf(read(key)),
    hash: (key) => hashOf(read(key)),
    // What is text stays text, as the engine's own commands have it.
    put: (key, value) => keep(key, Buffer.isBuffer(value) && isUtf8(value) ? value.toString() : value),
    putScores: (key, scores) =>
      keep(key, new Map([...scores].map(([value, score]) => [value, { value, score }]))),
    remove: (key) => data.delete(key),
    copy(from, to) {
      const [value, atMs] = [read(from), expiresAtMs(from)];
      data.delete(to);
      if (value === undefined) return;
      data.set(to, value);
      expire(to, atMs);
    },
    expiresAtMs,
    expire,
    removeEmpty(words) {
      for (const word of words) {
        const value = read(word);
        if (value !== undefined && isEmpty(value)) data.delete(word);
      }
    },
  };
}

/** An empty string is a value like any other. */
function isEmpty(value: Value): boolean {
  if (typeof value === "string" || Buffer.isBuffer(value)) return false;
  if (Array.isArray(value)) return value.length === 0;
  if (value instanceof Set || value instanceof Map) return value.size === 0;
  return Object.keys(value).length === 0;
}

function typeOf(value: Value | undefined): string {
  if (value === undefined) return "none";
  if (typeof value === "string" || Buffer.isBuffer(value)) return "string";
  if (Array.isArray(value)) return "list";
  if (value instanceof Set) return "set";
  return value instanceof Map ? "zset" : "hash";
}

function bytesOf(value: Value | undefined): Buffer | null {
  if (value === undefined) return null;
  if (typeof value === "string") return Buffer.from(value);
  if (Buffer.isBuffer(value)) return value;
  throw WRONG_TYPE;
}

function listOf(value: Value | undefined): string[] {
  if (value === undefined) return [];
  if (Array.isArray(value)) return value;
  throw WRONG_TYPE;
}

function scoresOf(value: Value | undefined): Map<string, number> {
  if (value === undefined) return new Map();
  if (value instanceof Map) return new Map([...value].map(([member, { score }]) => [member, Number(score)]));
  throw WRONG_TYPE;
}

function membersOf(value: Value | undefined): Set<string> {
  if (value === undefined) return new Set();
  if (value instanceof Set) return value;
  throw WRONG_TYPE;
}

function hashOf(value: Value | undefined): Record<string, string> {
  if (value === undefined) return {};
  if (typeOf(value) === "hash") return value as Record<string, string>;
  throw WRONG_TYPE;
}
