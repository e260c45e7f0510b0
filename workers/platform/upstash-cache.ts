import { Redis } from "@upstash/redis/cloudflare";

/** A cache is never needed: when it is gone every read is a miss and every write is dropped. */
export type Cache = {
  /** Null: not there, not readable or not reachable. */
  get(key: string): Promise<unknown>;
  /** As `get` for each key, in one round trip; null when the cache itself is away. */
  getMany(keys: readonly string[]): Promise<unknown[] | null>;
  set(key: string, value: unknown, ttlSeconds: number): Promise<void>;
  remove(keys: readonly string[]): Promise<void>;
  /** Whether it answers now. */
  isUp(): Promise<boolean>;
  /** Whether nobody asks it now: it failed a moment ago, or there is none. */
  isResting(): boolean;
};

export type UpstashEnv = { UPSTASH_REDIS_REST_URL?: string; UPSTASH_REDIS_REST_TOKEN?: string };

const TIMEOUT_MS = 400;
/** After a failure nobody waits for the cache again until this has passed. */
const REST_MS = 5_000;

/** Upstash over REST. Without configuration there is no cache, which is slower and nothing else. */
export function upstashCache(env: UpstashEnv, nowMs: () => number): Cache {
  const { UPSTASH_REDIS_REST_URL: url, UPSTASH_REDIS_REST_TOKEN: token } = env;
  if (!url || !token) return noCache;
  const redis = new Redis({
    url,
    token,
    retry: false,
    enableTelemetry: false,
    enableAutoPipelining: false,
    automaticDeserialization: false,
    signal: () => AbortSignal.timeout(TIMEOUT_MS),
  });
  return cacheOver(redis, nowMs);
}

const noCache: Cache = {
  get: async () => null,
  getMany: async () => null,
  set: async () => undefined,
  remove: async () => undefined,
  isUp: async () => false,
  isResting: () => true,
};

function cacheOver(redis: Redis, nowMs: () => number): Cache {
  let restingUntilMs = 0;

  async function attempt<T>(work: () => Promise<T>, otherwise: T): Promise<T> {
    if (nowMs() < restingUntilMs) return otherwise;
    try {
      return await work();
    } catch {
      restingUntilMs = nowMs() + REST_MS;
      return otherwise;
    }
  }

  return {
    get: (key) => attempt(async () => parse(await redis.get<string>(key)), null),
    getMany: (keys) => attempt(async () => (await redis.mget<(string | null)[]>(...keys)).map(parse), null),
    set: (key, value, ttlSeconds) =>
      attempt(async () => void (await redis.set(key, JSON.stringify(value), { ex: ttlSeconds })), undefined),
    async remove(keys) {
      if (keys.length > 0) await attempt(async () => void (await redis.del(...keys)), undefined);
    },
    isUp: () => attempt(async () => (await redis.ping()) === "PONG", false),
    isResting: () => nowMs() < restingUntilMs,
  };
}

function parse(text: string | null): unknown {
  if (text === null) return null;
  const value: unknown = JSON.parse(text);
  return value;
}
