/** Projects what the edge must know into KV (decisions 12). Keys are those of `#contract/edge-config.ts`. */
export type EdgeConfigWriter = {
  /** The stored value, or null. */
  read(key: string): Promise<unknown>;
  /** Always writes: what KV reads back may be a minute old, so a comparison could keep the wrong value. */
  project(key: string, value: unknown): Promise<void>;
  remove(key: string): Promise<void>;
  keys(prefix: string): Promise<string[]>;
};

/** The part of a `KVNamespace` binding that is used. */
export type ConfigNamespace = {
  get(key: string, type: "text"): Promise<string | null>;
  put(key: string, value: string): Promise<void>;
  delete(key: string): Promise<void>;
  list(options: {
    prefix: string;
    cursor?: string;
  }): Promise<
    | { keys: { name: string }[]; list_complete: true }
    | { keys: { name: string }[]; list_complete: false; cursor: string }
  >;
};

export function edgeConfigWriter(namespace: ConfigNamespace): EdgeConfigWriter {
  return {
    async read(key) {
      const text = await namespace.get(key, "text");
      return text === null ? null : parseOrNull(text);
    },
    project: (key, value) => namespace.put(key, JSON.stringify(value)),
    remove: (key) => namespace.delete(key),
    keys: (prefix) => listKeys(namespace, prefix),
  };
}

async function listKeys(namespace: ConfigNamespace, prefix: string): Promise<string[]> {
  const names: string[] = [];
  let cursor: string | undefined;
  do {
    const page = await namespace.list(cursor === undefined ? { prefix } : { prefix, cursor });
    names.push(...page.keys.map((key) => key.name));
    cursor = page.list_complete ? undefined : page.cursor;
  } while (cursor !== undefined);
  return names;
}

/** What cannot be read counts as not there, and so is written anew. */
function parseOrNull(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
}
