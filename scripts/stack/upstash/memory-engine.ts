import { Redis } from "ioredis";
import RedisMock from "ioredis-mock";
import type { CommandOutcome, RedisEngine, Reply } from "./redis-engine.ts";
import { createScriptStore } from "./script-store.ts";
import { wrongTypeError } from "./key-types.ts";
import { capitaliseOptions } from "./option-words.ts";

type Method = (...args: string[]) => Promise<unknown>;
type Methods = Record<string, Method | undefined>;

/** They would change or end the connection that all callers share. */
const FORBIDDEN: ReadonlySet<string> = new Set(
  "multi exec discard watch unwatch subscribe psubscribe monitor quit select auth".split(" "),
);

/** Redis in this process, empty at the start. Commands run one after the other, as in Redis. */
export function createMemoryEngine(): RedisEngine {
  const redis = new RedisMock({ keyPrefix: "" });
  const methods = redis as unknown as Methods;
  const scripts = createScriptStore();
  const commandNames = builtinCommands();
  let turn: Promise<unknown> = Promise.resolve();

  const runOne = async (words: string[]): Promise<CommandOutcome> => {
    const unknown = unknownCommand(words, commandNames);
    if (unknown !== undefined) return { error: unknown };
    return await scripts.run(words, async (command) => await callMock(methods, command));
  };
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
        const discarded = commands.some((words) => unknownCommand(words, commandNames) !== undefined);
        if (discarded) return { error: "EXECABORT Transaction discarded because of previous errors." };
        return await runAll(commands);
      }),
    async close() {
      await redis.flushall();
      redis.disconnect();
    },
  };
}

function builtinCommands(): ReadonlySet<string> {
  const names = new Redis({ lazyConnect: true }).getBuiltinCommands();
  return new Set(names.filter((name) => !FORBIDDEN.has(name)));
}

function unknownCommand([name = ""]: string[], known: ReadonlySet<string>): string | undefined {
  return known.has(name.toLowerCase()) ? undefined : `ERR unknown command '${name}'`;
}

async function callMock(methods: Methods, [word = "", ...args]: string[]): Promise<CommandOutcome> {
  const name = word.toLowerCase();
  const wrongType = await wrongTypeError(name, args[0], async (key) => String(await methods["type"]?.(key)));
  if (wrongType !== undefined) return { error: wrongType };

  // The variants that answer with bytes: a value need not be valid UTF-8.
  const method = methods[`${name}Buffer`] ?? methods[name];
  try {
    const reply = await method?.apply(methods, capitaliseOptions(name, args));
    if (isNaNReply(reply)) return { error: "ERR value is not an integer or out of range" };
    return { result: toResp(reply, name) };
  } catch (error) {
    return { error: toErrorReply((error as Error).message, word) };
  }
}

function isNaNReply(reply: unknown): boolean {
  return Number.isNaN(reply) || (Buffer.isBuffer(reply) && reply.toString() === "NaN");
}

/** ioredis makes an object of HGETALL's answer, and numbers of scores; on the wire both are plain strings in a list. */
function toResp(reply: unknown, command: string): Reply {
  if (reply === undefined || reply === null) return null;
  if (typeof reply === "string" || Buffer.isBuffer(reply)) return reply;
  if (typeof reply === "number") return Number.isInteger(reply) ? reply : String(reply);
  if (typeof reply === "boolean") return reply ? 1 : 0;
  if (Array.isArray(reply)) return reply.map((part) => toListPart(part, command));
  return Object.entries(reply).flatMap(([field, value]) => [field, toResp(value, command)]);
}

function toListPart(part: unknown, command: string): Reply {
  const isScore = typeof part === "number" && command.startsWith("z");
  return isScore ? String(part) : toResp(part, command);
}

function toErrorReply(message: string, command: string): string {
  if (message.startsWith("Unsupported command")) return `ERR unknown command '${command}'`;
  return /^[A-Z]+ /.test(message) ? message : `ERR ${message}`;
}
