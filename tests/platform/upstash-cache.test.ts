import { afterEach, describe, expect, test } from "vitest";
import { startUpstashEndpoint, type UpstashEndpoint } from "#scripts/stack/upstash/upstash-endpoint.ts";
import { upstashCache } from "#platform/upstash-cache.ts";

let endpoint: UpstashEndpoint | undefined;
afterEach(async () => {
  await endpoint?.close();
  endpoint = undefined;
});

async function startCache(nowMs: () => number = () => Date.now()) {
  endpoint = await startUpstashEndpoint({ token: "secret" });
  return upstashCache({ UPSTASH_REDIS_REST_URL: endpoint.url, UPSTASH_REDIS_REST_TOKEN: "secret" }, nowMs);
}

describe("the cache", () => {
  test("gives back what was put in, as it was put in", async () => {
    const cache = await startCache();
    const values = [{ a: [1, "2", null] }, "123", 123, "OK", "{}", "Grüße 🫘", ""];
    for (const [at, value] of values.entries()) {
      await cache.set(`k${at}`, value, 60);
      expect(await cache.get(`k${at}`)).toEqual(value);
    }
    expect(await cache.get("absent")).toBeNull();
    expect(await cache.isUp()).toBe(true);
  });

  test("gives back several at once, in their order", async () => {
    const cache = await startCache();
    await cache.set("a", { n: 1 }, 60);
    await cache.set("c", "3", 60);
    expect(await cache.getMany(["c", "b", "a"])).toEqual(["3", null, { n: 1 }]);
    expect(cache.isResting()).toBe(false);
  });

  test("forgets what is removed, at once", async () => {
    const cache = await startCache();
    await cache.set("a", 1, 60);
    await cache.set("b", 2, 60);
    await cache.remove(["a", "b"]);
    await cache.remove([]);
    expect([await cache.get("a"), await cache.get("b")]).toEqual([null, null]);
  });

  test("that is gone is a miss, never an error, and nobody waits for it again for five seconds", async () => {
    let nowMs = 1_000_000;
    const cache = await startCache(() => nowMs);
    await cache.set("a", 1, 60);
    await endpoint?.close();
    const { url } = endpoint ?? { url: "" };
    endpoint = undefined;

    expect(await cache.get("a")).toBeNull();
    await cache.set("a", 2, 60);
    await cache.remove(["a"]);
    expect(await cache.getMany(["a"])).toBeNull();
    expect(await cache.isUp()).toBe(false);
    expect(cache.isResting()).toBe(true);

    const port = Number(new URL(url).port);
    endpoint = await startUpstashEndpoint({ token: "secret", port });
    expect(await cache.isUp()).toBe(false);
    nowMs += 5_001;
    expect(await cache.isUp()).toBe(true);
  });

  test("with a wrong token is a miss, never an error", async () => {
    endpoint = await startUpstashEndpoint({ token: "secret" });
    const cache = upstashCache(
      { UPSTASH_REDIS_REST_URL: endpoint.url, UPSTASH_REDIS_REST_TOKEN: "wrong" },
      () => Date.now(),
    );
    expect(await cache.get("a")).toBeNull();
    await cache.set("a", 1, 60);
  });

  test("that nobody configured holds nothing", async () => {
    const cache = upstashCache({}, () => Date.now());
    await cache.set("a", 1, 60);
    await cache.remove(["a"]);
    expect([await cache.get("a"), await cache.getMany(["a"]), await cache.isUp()]).toEqual([
      null,
      null,
      false,
    ]);
    expect(cache.isResting()).toBe(true);
  });
});
