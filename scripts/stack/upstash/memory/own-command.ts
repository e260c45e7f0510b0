import type { Reply } from "#scripts/stack/upstash/redis-engine.ts";
import type { MemoryStore } from "./memory-store.ts";

/**
 * A command of Redis as it is, where the in-memory engine has it otherwise or not at all. `args` are as many as Redis
 * takes. Throws a `RedisError`; undefined leaves the command to the engine.
 */
export type OwnCommand = (store: MemoryStore, args: readonly string[]) => Reply | undefined;
export type OwnCommands = Readonly<Record<string, OwnCommand>>;
