import type { KVNamespace, R2Bucket, R2Object } from "@cloudflare/workers-types";
import { mkdir, readdir, readFile, rename, rm, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { projectFolder, stateFolder } from "#scripts/stack/project.ts";
import type { Workers } from "./workers.ts";

/** The test harness keeps KV and R2 in memory only; so they are copied to disk now and then, and at the end. */
export type StorageMirror = { stop(): Promise<void> };

const COPY_EVERY_MS = 10_000;
/** KV takes no entry that expires sooner. */
const LEAST_KV_LIFE_SECONDS = 60;

type KvEntry = { name: string; value: string; metadata: unknown; expiration: number | undefined };
type ObjectFacts = { key: string; contentType: string | undefined; custom: Record<string, string> };
type Bound = { kv_namespaces: { binding: string }[]; r2_buckets: { binding: string }[] };
type Storage = { kv: Map<string, KVNamespace>; r2: Map<string, R2Bucket> };

/** Puts back what the last session kept, and from then on keeps what this one writes. */
export async function startStorageMirror(workers: Workers): Promise<StorageMirror> {
  const storage = await openStorage(workers);
  const folder = join(stateFolder(), "storage");
  const kept = new Map<string, string>();
  await restore(storage, folder, kept);

  let copying: Promise<void> = Promise.resolve();
  const copy = async (): Promise<void> => {
    copying = copying.then(async () => await save(storage, folder, kept));
    await copying;
  };
  const timer = setInterval(() => void copy().catch(reportFailure), COPY_EVERY_MS);
  return {
    async stop() {
      clearInterval(timer);
      await copy();
    },
  };
}

function reportFailure(error: unknown): void {
  console.error(`Could not keep KV and R2 on disk: ${(error as Error).message}`);
}

/** `jobs` binds every namespace and bucket there is. */
async function openStorage(workers: Workers): Promise<Storage> {
  const { unstable_readConfig: readConfig } = await import("wrangler");
  const config = readConfig({ config: join(projectFolder, "wrangler.toml"), env: "jobs" }) as Bound;
  const bindings = await workers.bindings("jobs");
  return {
    kv: new Map(
      config.kv_namespaces.map(({ binding }) => [binding, bindings[binding] as KVNamespace] as const),
    ),
    r2: new Map(config.r2_buckets.map(({ binding }) => [binding, bindings[binding] as R2Bucket])),
  };
}

async function save(storage: Storage, folder: string, kept: Map<string, string>): Promise<void> {
  await mkdir(folder, { recursive: true });
  for (const [binding, namespace] of storage.kv) {
    await writeWhole(join(folder, `${binding}.kv.json`), JSON.stringify(await readKv(namespace)));
  }
  for (const [binding, bucket] of storage.r2) {
    await saveBucket({ binding, bucket }, folder, kept);
  }
}

async function saveBucket(
  { binding, bucket }: { binding: string; bucket: R2Bucket },
  folder: string,
  kept: Map<string, string>,
): Promise<void> {
  await mkdir(join(folder, binding), { recursive: true });
  const objects = await listObjects(bucket);
  for (const object of objects) {
    const id = `${binding}/${object.key}`;
    if (kept.get(id) === object.etag) continue;
    await saveObject(bucket, object, objectFile(folder, id));
    kept.set(id, object.etag);
  }
  const present = new Set(objects.map(({ key }) => `${binding}/${key}`));
  for (const id of kept.keys()) {
    if (!id.startsWith(`${binding}/`) || present.has(id)) continue;
    await Promise.all(
      ["bin", "json"].map(async (end) => await rm(`${objectFile(folder, id)}.${end}`, { force: true })),
    );
    kept.delete(id);
  }
}

/** `REPORTS/a/b` → the file `a%2Fb` in the folder of REPORTS */
function objectFile(folder: string, id: string): string {
  const [binding = "", ...key] = id.split("/");
  return join(folder, binding, encodeURIComponent(key.join("/")));
}

async function readKv(namespace: KVNamespace): Promise<KvEntry[]> {
  const entries: KvEntry[] = [];
  for (let cursor: string | undefined, done = false; !done;) {
    const page = await namespace.list(cursor === undefined ? {} : { cursor });
    for (const { name, expiration, metadata } of page.keys) {
      const value = await namespace.get(name);
      if (value !== null) entries.push({ name, value, metadata, expiration });
    }
    done = page.list_complete;
    cursor = page.list_complete ? undefined : page.cursor;
  }
  return entries;
}

async function listObjects(bucket: R2Bucket): Promise<R2Object[]> {
  const objects: R2Object[] = [];
  for (let cursor: string | undefined, done = false; !done;) {
    const page = await bucket.list({
      include: ["httpMetadata", "customMetadata"],
      ...(cursor === undefined ? {} : { cursor }),
    });
    objects.push(...page.objects);
    done = !page.truncated;
    cursor = page.truncated ? page.cursor : undefined;
  }
  return objects;
}

async function saveObject(bucket: R2Bucket, object: R2Object, file: string): Promise<void> {
  const body = await bucket.get(object.key);
  if (body === null) return;
  const facts: ObjectFacts = {
    key: object.key,
    contentType: object.httpMetadata?.contentType,
    custom: object.customMetadata ?? {},
  };
  await writeWhole(`${file}.bin`, Buffer.from(await body.arrayBuffer()));
  await writeWhole(`${file}.json`, JSON.stringify(facts));
}

async function restore(storage: Storage, folder: string, kept: Map<string, string>): Promise<void> {
  for (const [binding, namespace] of storage.kv) {
    const text = await readFile(join(folder, `${binding}.kv.json`), "utf8").catch(() => "[]");
    for (const entry of JSON.parse(text) as KvEntry[]) await restoreKv(namespace, entry);
  }
  for (const [binding, bucket] of storage.r2) {
    const names = await readdir(join(folder, binding)).catch(() => []);
    for (const name of names.filter((candidate) => candidate.endsWith(".json"))) {
      const file = join(folder, binding, name);
      const facts = JSON.parse(await readFile(file, "utf8")) as ObjectFacts;
      const bytes = await readFile(file.replace(/\.json$/, ".bin"));
      const contentType = facts.contentType === undefined ? {} : { contentType: facts.contentType };
      const object = await bucket.put(facts.key, bytes, {
        httpMetadata: contentType,
        customMetadata: facts.custom,
      });
      kept.set(`${binding}/${facts.key}`, object.etag);
    }
  }
}

async function restoreKv(namespace: KVNamespace, entry: KvEntry): Promise<void> {
  const { expiration, metadata } = entry;
  if (expiration !== undefined && expiration < Date.now() / 1000 + LEAST_KV_LIFE_SECONDS) return;
  await namespace.put(entry.name, entry.value, {
    metadata,
    ...(expiration === undefined ? {} : { expiration }),
  });
}

/** A session that ends in the middle of a copy must not leave half a file. */
async function writeWhole(file: string, content: string | Buffer): Promise<void> {
  await writeFile(`${file}.new`, content);
  await rename(`${file}.new`, file);
}
