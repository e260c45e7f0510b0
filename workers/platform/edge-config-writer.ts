import type { EdgeLink, EdgeSalt, EdgeSite } from "#contract/edge-config.ts";
import { digest } from "./digest.ts";

/** Something the edge must know without asking Postgres (decisions 12). */
export type EdgeEntry =
  | { kind: "site"; value: EdgeSite }
  | { kind: "link"; value: EdgeLink }
  | { kind: "salt"; value: EdgeSalt; expiresAt: Date };
export type EdgeKind = EdgeEntry["kind"];

/** Projects into KV after a commit; a cron repairs what failed. Names: site key, slug, UTC day. */
export type EdgeConfigWriter = {
  /** Always writes: what KV reads back may be a minute old, so a comparison could keep the wrong value. */
  put(entry: EdgeEntry): Promise<void>;
  remove(kind: EdgeKind, name: string): Promise<void>;
  /** Names stored for this kind, each with the digest of its value, or null when it was not written by `put`. */
  stored(kind: EdgeKind): Promise<ReadonlyMap<string, string | null>>;
  /** Equal for equal values. */
  digest(value: EdgeEntry["value"]): string;
};

/** The part of a `KVNamespace` binding that is used. */
export type ConfigNamespace = {
  put(key: string, value: string, options: { metadata: KeptBeside; expiration?: number }): Promise<void>;
  delete(key: string): Promise<void>;
  list(options: { prefix: string; cursor?: string }): Promise<ListedKeys>;
};
type KeptBeside = { digest: string };
type ListedKeys = { keys: { name: string; metadata?: unknown }[] } & (
  | { list_complete: true }
  | { list_complete: false; cursor: string }
);

/** How the contract spells the keys; handed in, so that this file knows Cloudflare only. */
export type EdgeKeys = Record<EdgeKind, (name: string) => string>;

export function edgeConfigWriter(namespace: ConfigNamespace, keys: EdgeKeys): EdgeConfigWriter {
  return {
    async put(entry) {
      // The digest is kept beside the value, where a listing shows it: reconciling costs no read of each value.
      const options = { metadata: { digest: digest(entry.value) } };
      const text = JSON.stringify(entry.value);
      await namespace.put(keys[entry.kind](nameOf(entry)), text, {
        ...options,
        ...(entry.kind === "salt" ? { expiration: Math.floor(entry.expiresAt.getTime() / 1000) } : {}),
      });
    },
    remove: (kind, name) => namespace.delete(keys[kind](name)),
    stored: (kind) => listStored(namespace, keys[kind]("")),
    digest,
  };
}

function nameOf(entry: EdgeEntry): string {
  switch (entry.kind) {
    case "site":
      return entry.value.siteKey;
    case "link":
      return entry.value.slug;
    case "salt":
      return entry.value.day;
  }
}

async function listStored(
  namespace: ConfigNamespace,
  prefix: string,
): Promise<ReadonlyMap<string, string | null>> {
  const found = new Map<string, string | null>();
  let cursor: string | undefined;
  do {
    const page = await namespace.list(cursor === undefined ? { prefix } : { prefix, cursor });
    for (const { name, metadata } of page.keys) found.set(name.slice(prefix.length), digestIn(metadata));
    cursor = page.list_complete ? undefined : page.cursor;
  } while (cursor !== undefined);
  return found;
}

function digestIn(metadata: unknown): string | null {
  if (typeof metadata !== "object" || metadata === null || !("digest" in metadata)) return null;
  return typeof metadata.digest === "string" ? metadata.digest : null;
}
