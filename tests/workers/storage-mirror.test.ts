// @module-tag long
import type { KVNamespace, R2Bucket } from "@cloudflare/workers-types";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, expect, test } from "vitest";
import { startStorageMirror } from "#scripts/stack/workers/storage-mirror.ts";
import { startWorkers } from "#scripts/stack/workers/workers.ts";
import { APP_ORIGIN, COLLECT_ORIGIN } from "#tests/support/start-workers.ts";

let folder: string;

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), "waymark-state-"));
  process.env["WAYMARK_STATE"] = folder;
});

afterAll(async () => {
  delete process.env["WAYMARK_STATE"];
  await rm(folder, { recursive: true, maxRetries: 10 });
});

type Storage = { EDGE_CONFIG: KVNamespace; REPORTS: R2Bucket };

/** What `npm run dev` does from its start to its end. */
async function session(work: (storage: Storage) => Promise<void>): Promise<void> {
  // Of the Workers that one which binds all there is, and nothing that it would talk to: nobody asks it for anything.
  const nowhere = "http://127.0.0.1:9";
  const workers = await startWorkers({
    only: ["jobs"],
    databaseUrl: "postgresql://nobody@127.0.0.1:9/none",
    upstash: { url: nowhere, token: "none" },
    mail: { url: nowhere, apiKey: "none" },
    appOrigin: APP_ORIGIN,
    collectOrigin: COLLECT_ORIGIN,
  });
  const mirror = await startStorageMirror(workers);
  await work((await workers.bindings("jobs")) as Storage);
  await mirror.stop();
  await workers.stop();
}

test("KV and R2 outlive a restart, what was deleted does not come back", async () => {
  const bytes = Uint8Array.from({ length: 3000 }, (_, n) => n % 256);
  const expiration = Math.floor(Date.now() / 1000) + 3600;

  await session(async ({ EDGE_CONFIG, REPORTS }) => {
    await EDGE_CONFIG.put("site:wms_1", '{"zone":"Europe/Berlin"}', { expiration, metadata: { v: 1 } });
    await EDGE_CONFIG.put("gone", "x");
    await REPORTS.put("1/rep_1.pdf", bytes, {
      httpMetadata: { contentType: "application/pdf" },
      customMetadata: { name: "März" },
    });
    await REPORTS.put("1/rep_2.pdf", "second");
  });
  await session(async ({ EDGE_CONFIG, REPORTS }) => {
    const { value, metadata } = await EDGE_CONFIG.getWithMetadata("site:wms_1");
    expect([value, metadata]).toEqual(['{"zone":"Europe/Berlin"}', { v: 1 }]);
    expect((await EDGE_CONFIG.list()).keys.find(({ name }) => name === "site:wms_1")?.expiration).toBe(
      expiration,
    );
    const report = await REPORTS.get("1/rep_1.pdf");
    expect(new Uint8Array((await report?.arrayBuffer()) ?? new ArrayBuffer(0))).toEqual(bytes);
    expect(report?.httpMetadata?.contentType).toBe("application/pdf");
    expect(report?.customMetadata).toEqual({ name: "März" });
    await REPORTS.delete("1/rep_2.pdf");
    await EDGE_CONFIG.delete("gone");
  });
  await session(async ({ EDGE_CONFIG, REPORTS }) => {
    expect((await REPORTS.list()).objects.map(({ key }) => key)).toEqual(["1/rep_1.pdf"]);
    expect(await EDGE_CONFIG.get("gone")).toBeNull();
  });
});
