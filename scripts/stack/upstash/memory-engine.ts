import { Redis } from "ioredis";
import RedisMock from "ioredis-mock";
import type { CommandOutcome, RedisEngine, Reply } from "./redis-engine.ts";
import { createScriptStore } from "./script-store.ts";
import { wrongTypeError } from "./key-types.ts";
import { type EngineParts, type MemoryStore, memoryStore } from "./memory/memory-store.ts";
import { ownCommands } from "./memory/own-commands.ts";
import { formatFloat, RedisError, wrongArity } from "./memory/redis-error.ts";
import { scanOfType } from "./memory/scan-of-type.ts";
import { unknownCommand } from "./memory/unknown-command.ts";
import { capitaliseOptions } from "./option-words.ts";

type Method = (...args: string[]) => Promise<unknown>;
type Methods = Record<string, Method | undefined>;
type Mock = { methods: Methods; store: MemoryStore };

/** They would change or end the connection that all callers share. */
const FORBIDDEN = "multi exec discard watch unwatch subscribe psubscribe monitor quit select auth".split(" ");
const SCRIPTS = "eval eval_ro evalsha evalsha_ro script".split(" ");

/** Redis in this process, empty at the start. Commands run one after the other, as in Redis. */
export function createMemoryEngine(): RedisEngine {
  const redis = new RedisMock({ keyPrefix: "" });
  const methods = redis as unknown as Methods;
  const mock: Mock = { methods, store: memoryStore(redis as unknown as EngineParts) };
  const scripts = createScriptStore();
  const refuse = refusals(methods);
  let turn: Promise<unknown> = Promise.resolve();

  const runKnown = async (words: string[]): Promise<CommandOutcome> =>
    await scripts.run(words, async (command) => await callCommand(mock, command));
  const runOne = async (words: string[]): Promise<CommandOutcome> =>
    (await refuse(words)) ?? (await scanOfType(words, runKnown));
  const inTurn = async <T>(work: () => Promise<T>): Promise<T> => {
    const mine = turn.then(work);
    turn = mine.catch(() => undefined);
    return await mine;
  };
  const runAll = async (commands: readonly string[][]): Promise<CommandOutcome[]> => {
    const outcomes: CommandOutcome[] = [];
    for (const words of commands) outcomes.push(await runOne(words));
    return outcomes;
  };

  return {
    run: async (commands) => await inTurn(async () => await runAll(commands)),
    transaction: async (commands) =>
      await inTurn(async () => {
        for (const words of commands) {
          if ((await refuse(words)) !== null)
            return { error: "EXECABORT Transaction discarded because of previous errors." };
        }
        return await runAll(commands);
      }),
    async close() {
      await redis.flushall();
      redis.disconnect();
    },
  };
}

type Refuse = (words: readonly string[]) => Promise<{ error: string } | null>;

/** What Redis refuses before it runs anything: a command that is not there, and words too few or too many for it. */
function refusals(methods: Methods): Refuse {
  const names = availableCommands(methods);
  // What `COMMAND` answers: name and number of words of each, the number negative when there may be more.
  const arities = methods["command"]?.().then(
    (rows) => new Map((rows as [string, number][]).map(([name, arity]) => [name, arity])),
  );
  return async (words) => {
    const name = (words[0] ?? "").toLowerCase();
    if (!names.has(name)) return { error: unknownCommand(words) };
    const arity = (await arities)?.get(name) ?? -1;
    const isRight = arity >= 0 ? words.length === arity : words.length >= -arity;
    return isRight ? null : { error: wrongArity(name).message };
  };
}

function availableCommands(methods: Methods): ReadonlySet<string> {
  const names = new Set(new Redis({ lazyConnect: true }).getBuiltinCommands());
  // What the engine does not have is there too, but cannot be enumerated. Its streams are not those of Redis: their ids
  // are other ones, and groups are missing.
  const builtIn = Object.keys(methods).filter((name) => names.has(name) && !name.startsWith("x"));
  const all = new Set([...builtIn, ...Object.keys(ownCommands), ...SCRIPTS]);
  for (const name of FORBIDDEN) all.delete(name);
  return all;
}

async function callCommand(mock: Mock, [word = "", ...args]: string[]): Promise<CommandOutcome> {
  try {
    const result = ownCommands[word.toLowerCase()]?.(mock.store, args);
    return result === undefined ? await callMock(mock, [word, ...args]) : { result };
  } catch (error) {
    if (error instanceof RedisError) return { error: error.message };
    throw error;
  }
}

async function callMock({ methods, store }: Mock, [word = "", ...args]: string[]): Promise<CommandOutcome> {
  const name = word.toLowerCase();
  const wrongType = wrongTypeError(name, args[0], (key) => store.typeOf(key));
  if (wrongType !== undefined) return { error: wrongType };

  // The variants that answer with bytes: a value need not be valid UTF-8.
  const method = methods[`${name}Buffer`] ?? methods[name];
  try {
    const reply = await method?.apply(methods, capitaliseOptions(name, args));
    store.removeEmpty(args);
    if (isNaNReply(reply)) return { error: "ERR value is not an integer or out of range" };
    return { result: scoresAsRedis(toResp(reply, name), [name, ...args]) };
  } catch (error) {
    return { error: toErrorReply((error as Error).message) };
  }
}

function isNaNReply(reply: unknown): boolean {
  return Number.isNaN(reply) || (Buffer.isBuffer(reply) && reply.toString() === "NaN");
}

/** ioredis makes an object of HGETALL's answer, and numbers of scores; on the wire both are plain strings in a list. */
function toResp(reply: unknown, command: string): Reply {
  if (isNothing(reply)) return null;
  if (typeof reply === "string" || Buffer.isBuffer(reply)) return reply;
  if (typeof reply === "number") return Number.isInteger(reply) ? reply : formatFloat(reply);
  // A script's `false` is what it was answered for nothing.
  if (typeof reply === "boolean") return reply ? 1 : noOf(command);
  if (Array.isArray(reply)) return reply.map((part) => toListPart(part, command));
  return Object.entries(reply).flatMap(([field, value]) => [field, toResp(value, command)]);
}

/** The engine writes infinite scores as JavaScript does. */
function scoresAsRedis(reply: Reply, [name = "", ...args]: readonly string[]): Reply {
  const hasScores = name.startsWith("zpop") || args.some((word) => /^withscores$/i.test(word));
  if (!hasScores || !name.startsWith("z") || !Array.isArray(reply)) return reply;
  return reply.map((part, index) =>
    index % 2 === 1 && /^-?Infinity$/.test(String(part)) ? formatFloat(Number(String(part))) : part,
  );
}

function isNothing(reply: unknown): reply is null | undefined {
  return reply === null || reply === undefined;
}

function noOf(command: string): Reply {
  return command === "eval" ? null : 0;
}

function toListPart(part: unknown, command: string): Reply {
  const isScore = typeof part === "number" && command.startsWith("z");
  return isScore ? formatFloat(part) : toResp(part, command);
}

function toErrorReply(message: string): string {
  if (message === "Cursor must be integer") return "ERR invalid cursor";
  return /^[A-Z]+ /.test(message) ? message : `ERR ${message}`;
}
