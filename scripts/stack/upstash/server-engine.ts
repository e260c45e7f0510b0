import { Command, Redis } from "ioredis";
import type { CommandOutcome, RedisEngine, Reply } from "./redis-engine.ts";
import { createScriptStore } from "./script-store.ts";

/** A Redis server reached over the network. */
export async function connectServerEngine(url: string): Promise<RedisEngine> {
  const redis = new Redis(url, { lazyConnect: true, maxRetriesPerRequest: 1 });
  await redis.connect();
  const scripts = createScriptStore();
  const send = async (words: string[]): Promise<CommandOutcome> =>
    await scripts.run(words, async (command) => await sendRaw(redis, command));

  return {
    run: async (commands) => await Promise.all(commands.map(send)),
    async transaction(commands) {
      // Sent within one turn of the event loop, so nothing of another caller comes in between on this connection.
      const queued = [["multi"], ...commands].map(async (command) => await sendRaw(redis, command));
      const [executed] = await Promise.all([sendRaw(redis, ["exec"]), ...queued]);
      if ("error" in executed) return executed;
      return (executed.result as (Reply | Error)[]).map(toOutcome);
    },
    async close() {
      await redis.quit();
    },
  };
}

async function sendRaw(redis: Redis, [name = "", ...args]: string[]): Promise<CommandOutcome> {
  // In capitals the name misses ioredis' table of conversions: the reply stays as the server sent it.
  const command = new Command(name.toUpperCase(), args, { replyEncoding: null });
  try {
    return toOutcome((await redis.sendCommand(command)) as Reply);
  } catch (error) {
    return { error: (error as Error).message };
  }
}

function toOutcome(reply: Reply | Error): CommandOutcome {
  return reply instanceof Error ? { error: reply.message } : { result: reply };
}
