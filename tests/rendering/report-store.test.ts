import { describe, expect, it } from "vitest";

import { reportStore } from "#platform/report-store.ts";
import type { ReportBucket } from "#platform/report-store.ts";

function memoryBucket() {
  const objects = new Map<string, { bytes: Uint8Array; contentType: string }>();
  let writes = 0;
  const bucket: ReportBucket = {
    async put(key, value, { httpMetadata }) {
      writes += 1;
      objects.set(key, { bytes: value.slice(), contentType: httpMetadata.contentType });
    },
    async get(key) {
      const object = objects.get(key);
      if (object === undefined) return null;
      const response = new Response(object.bytes.slice());
      return {
        body: response.body ?? new ReadableStream(),
        size: object.bytes.length,
        httpMetadata: { contentType: object.contentType },
        arrayBuffer: async () => await response.arrayBuffer(),
      };
    },
    async delete(key) {
      objects.delete(key);
    },
  };
  return { bucket, objects, writeCount: () => writes };
}

describe("the store of report files", () => {
  it("names a file by its account and the hash of its content", async () => {
    const { bucket } = memoryBucket();
    const { key } = await reportStore(bucket).put({
      accountId: "acc_1",
      type: "csv",
      bytes: new TextEncoder().encode("abc"),
    });
    expect(key).toBe("reports/acc_1/ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad.csv");
  });

  it("keeps one object when the same bytes are written again, and two for two accounts", async () => {
    const { bucket, objects } = memoryBucket();
    const store = reportStore(bucket);
    const bytes = new Uint8Array([1, 2, 3]);
    const first = await store.put({ accountId: "a", type: "pdf", bytes });
    expect(await store.put({ accountId: "a", type: "pdf", bytes })).toEqual(first);
    await store.put({ accountId: "b", type: "pdf", bytes });
    expect(objects.size).toBe(2);
  });

  it("gives back bytes, size and content type, and null for what is not there", async () => {
    const store = reportStore(memoryBucket().bucket);
    const { key } = await store.put({ accountId: "a", type: "pdf", bytes: new Uint8Array([1, 2, 3]) });
    const file = await store.get(key);
    expect(file).toMatchObject({ sizeBytes: 3, contentType: "application/pdf" });
    expect(await file?.bytes()).toEqual(new Uint8Array([1, 2, 3]));
    expect(await store.get("reports/a/none.pdf")).toBeNull();
    await store.delete(key);
    expect(await store.get(key)).toBeNull();
  });
});
