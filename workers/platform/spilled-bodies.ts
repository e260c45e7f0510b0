/** Reading side of the spill: what collect put into R2 while its queue refused, and what no one could read. */
export type SpilledBodies = {
  /** Keys in their order, those after `after` if that is given. */
  list(limit: number, after?: string): Promise<string[]>;
  read(key: string): Promise<unknown>;
  remove(key: string): Promise<void>;
  /** Moves an object that nothing can parse or store to where a person may look at it. */
  setAside(key: string): Promise<void>;
  /** Puts a body (back) where `list` finds it: for when Postgres is away longer than a queue waits. */
  keep(name: string, body: unknown): Promise<void>;
  /** Keeps a queue message that nothing can parse, or that belongs to no site, so that a person may look at it. */
  keepUnreadable(messageId: string, body: unknown): Promise<void>;
};

/** The part of an `R2Bucket` binding that is used. */
export type SpilledBucket = {
  list(options: {
    prefix: string;
    limit: number;
    startAfter?: string;
  }): Promise<{ objects: { key: string }[] }>;
  get(key: string): Promise<{ text(): Promise<string> } | null>;
  put(key: string, value: string): Promise<unknown>;
  delete(key: string): Promise<void>;
};

const SPILL_PREFIX = "spill/";
const UNREADABLE_PREFIX = "unreadable/";

export function spilledBodies(bucket: SpilledBucket): SpilledBodies {
  return {
    async list(limit, after) {
      const { objects } = await bucket.list({
        prefix: SPILL_PREFIX,
        limit,
        ...(after === undefined ? {} : { startAfter: after }),
      });
      return objects.map(({ key }) => key);
    },
    async read(key) {
      const object = await bucket.get(key);
      return object === null ? null : parseOrNull(await object.text());
    },
    async remove(key) {
      await bucket.delete(key);
    },
    async setAside(key) {
      const object = await bucket.get(key);
      // Gone meanwhile: another run has dealt with it.
      if (object === null) return;
      await bucket.put(`${UNREADABLE_PREFIX}${key.slice(SPILL_PREFIX.length)}`, await object.text());
      await bucket.delete(key);
    },
    async keep(name, body) {
      await bucket.put(`${SPILL_PREFIX}${name}.json`, JSON.stringify(body));
    },
    async keepUnreadable(messageId, body) {
      await bucket.put(`${UNREADABLE_PREFIX}${messageId}.json`, JSON.stringify(body) ?? "null");
    },
  };
}

function parseOrNull(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
}
