import type { Cache } from "#platform/upstash-cache.ts";

/** A cache in a map that the test looks into. */
export function memoryCache(cached: Map<string, unknown>): Cache {
  const get = (key: string): unknown => structuredClone(cached.get(key)) ?? null;
  return {
    get: async (key) => get(key),
    getMany: async (keys) => keys.map(get),
    set: async (key, value) => void cached.set(key, structuredClone(value)),
    remove: async (keys) => keys.forEach((key) => cached.delete(key)),
    isUp: async () => true,
    isResting: () => false,
  };
}
