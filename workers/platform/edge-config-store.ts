import type { EdgeLink, EdgeSalt, EdgeSite } from "#contract/edge-config.ts";
import { fail, ok, type Result } from "#core/result.ts";

const KNOWN_FRESH_MS = 30_000;
const UNKNOWN_FRESH_MS = 5_000;
/** The least KV allows; what KV caches at the edge comes on top of isolate memory. */
const KV_CACHE_SECONDS = 30;
const MAX_REMEMBERED = 20_000;
/** Of what our keys are made, and how long KV lets one be. KV throws for some others, as if it were down. */
const POSSIBLE_KEY = /^[\x21-\x7e]{1,512}$/;

/** KV could not be read and this isolate has never seen the key. */
export type ConfigUnavailable = { kind: "config_unavailable"; key: string };
export type Lookup<T> = Promise<Result<T | null, ConfigUnavailable>>;

/** What the edge knows without asking Postgres (decisions 12). Null: there is no such thing. */
export type EdgeConfigStore = {
  site(siteKey: string): Lookup<EdgeSite>;
  link(slug: string): Lookup<EdgeLink>;
  salt(utcDay: string): Lookup<EdgeSalt>;
};

/** The part of a `KVNamespace` binding that is used. */
export type ConfigReader = {
  get(key: string, options: { type: "json"; cacheTtl: number }): Promise<unknown>;
};

/** What an isolate remembers between requests; made once per isolate. */
export type EdgeMemory = Map<string, { value: unknown; freshUntilMs: number }>;

export function edgeMemory(): EdgeMemory {
  return new Map();
}

/** Keys and shapes come from the contract; they are handed in, so that this file knows Cloudflare only. */
export type EdgeShapes = {
  keys: {
    site: (siteKey: string) => string;
    link: (slug: string) => string;
    salt: (utcDay: string) => string;
  };
  parseSite: (value: unknown) => EdgeSite;
  parseLink: (value: unknown) => EdgeLink;
  parseSalt: (value: unknown) => EdgeSalt;
};

export type EdgeConfigSources = { reader: ConfigReader; memory: EdgeMemory; nowMs: () => number };

/** KV read through isolate memory: 30 s for what is known, 5 s for what is not, stale rather than an error. */
export function edgeConfigStore(sources: EdgeConfigSources, shapes: EdgeShapes): EdgeConfigStore {
  return {
    site: (siteKey) => lookUp(sources, shapes.keys.site(siteKey), shapes.parseSite),
    link: (slug) => lookUp(sources, shapes.keys.link(slug), shapes.parseLink),
    salt: (utcDay) => lookUp(sources, shapes.keys.salt(utcDay), shapes.parseSalt),
  };
}

async function lookUp<T>(sources: EdgeConfigSources, key: string, parse: (value: unknown) => T): Lookup<T> {
  if (!POSSIBLE_KEY.test(key)) return ok(null);
  const { reader, memory, nowMs } = sources;
  const remembered = memory.get(key);
  if (remembered !== undefined && nowMs() < remembered.freshUntilMs) return ok(remembered.value as T | null);

  try {
    const stored = await reader.get(key, { type: "json", cacheTtl: KV_CACHE_SECONDS });
    const value = stored === null ? null : parse(stored);
    remember(memory, key, {
      value,
      freshUntilMs: nowMs() + (value === null ? UNKNOWN_FRESH_MS : KNOWN_FRESH_MS),
    });
    return ok(value);
  } catch {
    // An entry that cannot be read, or not understood, is as good as a broken store: what was known last still holds.
    return remembered === undefined
      ? fail({ kind: "config_unavailable", key })
      : ok(remembered.value as T | null);
  }
}

function remember(memory: EdgeMemory, key: string, entry: { value: unknown; freshUntilMs: number }): void {
  // Unknown keys are made up by whoever asks: memory must not grow with them.
  if (memory.size >= MAX_REMEMBERED) memory.clear();
  memory.set(key, entry);
}
