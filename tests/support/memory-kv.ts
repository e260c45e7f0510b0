import type { ConfigNamespace } from "#platform/edge-config-writer.ts";

export type MemoryKv = ConfigNamespace & {
  entries: Map<string, { value: string; metadata: { digest: string }; expiration: number | undefined }>;
  puts: string[];
};

/** A KV namespace in memory, which lists two keys a page. */
export function memoryKv(): MemoryKv {
  const entries: MemoryKv["entries"] = new Map();
  const puts: string[] = [];
  return {
    entries,
    puts,
    async put(key, value, { metadata, expiration }) {
      puts.push(key);
      entries.set(key, { value, metadata, expiration });
    },
    async delete(key) {
      entries.delete(key);
    },
    async list({ prefix, cursor }) {
      const names = [...entries.keys()].filter((name) => name.startsWith(prefix)).toSorted();
      const from = Number(cursor ?? 0);
      const keys = names
        .slice(from, from + 2)
        .map((name) => ({ name, metadata: entries.get(name)?.metadata }));
      return from + 2 >= names.length
        ? { keys, list_complete: true }
        : { keys, list_complete: false, cursor: String(from + 2) };
    },
  };
}
