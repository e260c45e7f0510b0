import type { Reply } from "#scripts/stack/upstash/redis-engine.ts";
import type { MemoryStore } from "./memory-store.ts";
import type { OwnCommands } from "./own-command.ts";
import { floatOf, formatFloat, RedisError, SYNTAX } from "./redis-error.ts";
import { cardinality } from "./sets.ts";

export const sortedSetCommands: OwnCommands = {
  zadd: addMembers,
  zincrby: (store, [key = "", by = "", member = ""]) => {
    const scores = store.scores(key);
    const score = raised(scores.get(member) ?? 0, floatOf(by));
    store.putScores(key, scores.set(member, score));
    return formatFloat(score);
  },
  zscore: (store, [key = "", member = ""]) => scoreOf(store.scores(key), member),
  zmscore: (store, [key = "", ...members]) => {
    const scores = store.scores(key);
    return members.map((member) => scoreOf(scores, member));
  },
  zintercard: (store, words) => {
    const { keys, limit } = cardinality(words);
    const [first = new Map<string, number>(), ...others] = keys.map((key) => store.scoresOrMembers(key));
    const common = [...first.keys()].filter((member) => others.every((other) => other.has(member))).length;
    return limit === 0 ? common : Math.min(limit, common);
  },
  zlexcount: (store, [key = "", min = "", max = ""]) => {
    const isWithin = lexRange(min, max);
    return [...store.scores(key).keys()].filter(isWithin).length;
  },
  zremrangebylex: (store, [key = "", min = "", max = ""]) => {
    const isWithin = lexRange(min, max);
    const scores = store.scores(key);
    const kept = new Map([...scores].filter(([member]) => !isWithin(member)));
    if (kept.size < scores.size) store.putScores(key, kept);
    return scores.size - kept.size;
  },
};

function scoreOf(scores: ReadonlyMap<string, number>, member: string): Reply {
  const score = scores.get(member);
  return score === undefined ? null : formatFloat(score);
}

function raised(score: number, by: number): number {
  const sum = score + by;
  if (Number.isNaN(sum)) throw new RedisError("ERR resulting score is not a number (NaN)");
  return sum;
}

type Entry = [member: string, score: number];
type AddOptions = { flags: ReadonlySet<string>; entries: Entry[] };

function addMembers(store: MemoryStore, [key = "", ...words]: readonly string[]): Reply {
  const { flags, entries } = addOptions(words);
  const before = store.scores(key);
  const after = new Map(before);
  const put = entries.map((entry) => addOne(after, entry, flags));
  const changed = [...after].filter(([member, score]) => before.get(member) !== score);
  if (changed.length > 0) store.putScores(key, after);
  if (flags.has("INCR")) return put[0] ?? null;
  return flags.has("CH") ? changed.length : after.size - before.size;
}

/** The new score, or null where the flags forbid it. */
function addOne(
  scores: Map<string, number>,
  [member, given]: Entry,
  flags: ReadonlySet<string>,
): string | null {
  const before = scores.get(member);
  const score = flags.has("INCR") ? raised(before ?? 0, given) : given;
  if (!mayAdd(flags, before, score)) return null;
  scores.set(member, score);
  return formatFloat(score);
}

function addOptions(words: readonly string[]): AddOptions {
  const start = words.findIndex(
    (word) => !["NX", "XX", "GT", "LT", "CH", "INCR"].includes(word.toUpperCase()),
  );
  const flags = new Set(words.slice(0, Math.max(start, 0)).map((word) => word.toUpperCase()));
  const rest = start < 0 ? [] : words.slice(start);
  if (rest.length === 0 || rest.length % 2 !== 0) throw SYNTAX;
  refuseTogether(flags);
  if (flags.has("INCR") && rest.length > 2)
    throw new RedisError("ERR INCR option supports a single increment-element pair");
  const entries = rest.flatMap((word, index): Entry[] =>
    index % 2 === 0 ? [[rest[index + 1] ?? "", floatOf(word)]] : [],
  );
  return { flags, entries };
}

function refuseTogether(flags: ReadonlySet<string>): void {
  if (flags.has("NX") && flags.has("XX"))
    throw new RedisError("ERR XX and NX options at the same time are not compatible");
  const bounds = ["NX", "GT", "LT"].filter((flag) => flags.has(flag));
  if (bounds.length > 1)
    throw new RedisError("ERR GT, LT, and/or NX options at the same time are not compatible");
}

function mayAdd(flags: ReadonlySet<string>, before: number | undefined, score: number): boolean {
  if (before === undefined) return !flags.has("XX");
  if (flags.has("NX")) return false;
  if (flags.has("GT") && score <= before) return false;
  return !flags.has("LT") || score < before;
}

const NO_RANGE = new RedisError("ERR min or max not valid string range item");

/** `[a`, `(a`, `-` and `+`: which members lie between, by their bytes. */
function lexRange(min: string, max: string): (member: string) => boolean {
  const [low, high] = [lexBound(min), lexBound(max)];
  return (member) => {
    const bytes = Buffer.from(member);
    const [above, below] = [low(bytes), high(bytes)];
    return (
      (above.order > 0 || (above.order === 0 && above.isIn)) &&
      (below.order < 0 || (below.order === 0 && below.isIn))
    );
  };
}

/** How a member lies to the bound, and whether the bound itself is within. */
function lexBound(word: string): (member: Buffer) => { order: number; isIn: boolean } {
  if (word === "-") return () => ({ order: 1, isIn: true });
  if (word === "+") return () => ({ order: -1, isIn: true });
  if (!/^[[(]/.test(word)) throw NO_RANGE;
  const bound = Buffer.from(word.slice(1));
  return (member) => ({ order: Buffer.compare(member, bound), isIn: word.startsWith("[") });
}
