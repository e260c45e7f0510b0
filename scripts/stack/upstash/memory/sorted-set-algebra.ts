import type { Reply } from "#scripts/stack/upstash/redis-engine.ts";
import type { MemoryStore } from "./memory-store.ts";
import type { OwnCommand, OwnCommands } from "./own-command.ts";
import { floatOf, formatFloat, integerOf, RedisError, SYNTAX } from "./redis-error.ts";

type Scores = Map<string, number>;
type Aggregate = (a: number, b: number) => number;
type Kind = "union" | "inter" | "diff";

/** Both infinities are nothing together, in Redis too. */
const sumOf: Aggregate = (a, b) => (Number.isNaN(a + b) ? 0 : a + b);
const AGGREGATES: Readonly<Record<string, Aggregate>> = {
  SUM: sumOf,
  MIN: Math.min,
  MAX: Math.max,
};

export const sortedSetAlgebra: OwnCommands = {
  zunion: shown("zunion", "union"),
  zinter: shown("zinter", "inter"),
  zdiff: shown("zdiff", "diff"),
  zunionstore: stored("zunionstore", "union"),
  zinterstore: stored("zinterstore", "inter"),
  zdiffstore: stored("zdiffstore", "diff"),
};

function shown(name: string, kind: Kind): OwnCommand {
  return (store, words) => {
    const { scores, withScores } = combined(store, words, { name, kind, maySeeScores: true });
    const ordered = [...scores].toSorted(
      ([a, x], [b, y]) => x - y || Buffer.compare(Buffer.from(a), Buffer.from(b)),
    );
    return ordered.flatMap(([member, score]): Reply[] =>
      withScores ? [member, formatFloat(score)] : [member],
    );
  };
}

function stored(name: string, kind: Kind): OwnCommand {
  return (store, [destination = "", ...words]) => {
    const { scores } = combined(store, words, { name, kind, maySeeScores: false });
    store.remove(destination);
    store.putScores(destination, scores);
    return scores.size;
  };
}

type Asked = { name: string; kind: Kind; maySeeScores: boolean };

function combined(
  store: MemoryStore,
  [number = "", ...rest]: readonly string[],
  asked: Asked,
): { scores: Scores; withScores: boolean } {
  const count = integerOf(number);
  if (count < 1) throw new RedisError(`ERR at least 1 input key is needed for '${asked.name}' command`);
  if (count > rest.length) throw SYNTAX;
  const inputs = rest.slice(0, count).map((key) => store.scoresOrMembers(key));
  const { weights, aggregate, withScores } = optionsOf(rest.slice(count), { ...asked, count });
  const weighted = inputs.map((input, index) => {
    const weight = weights[index] ?? 1;
    return new Map([...input].map(([member, score]) => [member, score * weight || 0]));
  });
  return { scores: BY_KIND[asked.kind](weighted, aggregate), withScores };
}

type Options = { weights: number[]; aggregate: Aggregate; withScores: boolean };

function optionsOf(words: readonly string[], asked: Asked & { count: number }): Options {
  const options: Options = { weights: [], aggregate: sumOf, withScores: false };
  const isWeighable = asked.kind !== "diff";
  let index = 0;
  while (index < words.length) {
    const word = (words[index] ?? "").toUpperCase();
    if (word === "WITHSCORES" && asked.maySeeScores) {
      options.withScores = true;
      index += 1;
    } else if (word === "WEIGHTS" && isWeighable && index + asked.count < words.length) {
      const given = words.slice(index + 1, index + 1 + asked.count);
      options.weights = given.map((weight) => floatOf(weight, NO_WEIGHT));
      index += 1 + asked.count;
    } else if (word === "AGGREGATE" && isWeighable) {
      options.aggregate = aggregateOf(words[index + 1]);
      index += 2;
    } else throw SYNTAX;
  }
  return options;
}

const NO_WEIGHT = new RedisError("ERR weight value is not a float");

function aggregateOf(word = ""): Aggregate {
  const aggregate = AGGREGATES[word.toUpperCase()];
  if (aggregate === undefined) throw SYNTAX;
  return aggregate;
}

const BY_KIND: Readonly<Record<Kind, (inputs: Scores[], aggregate: Aggregate) => Scores>> = {
  union(inputs, aggregate) {
    const all: Scores = new Map();
    for (const [member, score] of inputs.flatMap((input) => [...input])) {
      const before = all.get(member);
      all.set(member, before === undefined ? score : aggregate(before, score));
    }
    return all;
  },
  inter([first = new Map(), ...others], aggregate) {
    const common = [...first].filter(([member]) => others.every((other) => other.has(member)));
    return new Map(
      common.map(([member, score]) => [
        member,
        others.reduce((sum, other) => aggregate(sum, other.get(member) ?? 0), score),
      ]),
    );
  },
  diff: ([first = new Map(), ...others]) =>
    new Map([...first].filter(([member]) => !others.some((other) => other.has(member)))),
};
