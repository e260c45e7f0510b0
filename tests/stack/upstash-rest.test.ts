import { Redis } from "@upstash/redis";
import { afterAll, beforeAll, beforeEach, describe, expect, test } from "vitest";
import { encodeOutcome } from "#scripts/stack/upstash/encode-reply.ts";
import { startUpstashEndpoint, type UpstashEndpoint } from "#scripts/stack/upstash/upstash-endpoint.ts";
import { patiently } from "#tests/support/patiently.ts";

let endpoint: UpstashEndpoint;
let redis: Redis;

beforeAll(async () => {
  endpoint = await startUpstashEndpoint({ token: "secret-token", redisUrl: process.env["REDIS_URL"] });
  redis = new Redis({ url: endpoint.url, token: "secret-token", retry: false, enableTelemetry: false });
});

beforeEach(async () => {
  await redis.flushall();
});

afterAll(async () => {
  await endpoint.close();
});

async function post(path: string, body: unknown, headers: Record<string, string> = {}): Promise<Response> {
  return await fetch(new URL(path, endpoint.url), {
    method: "POST",
    headers: { authorization: "Bearer secret-token", ...headers },
    body: typeof body === "string" ? body : JSON.stringify(body),
  });
}

describe("values", () => {
  test("keeps strings, and the client reads JSON back as what it was", async () => {
    await redis.set("text", "grüße, 世界");
    await redis.set("object", { a: [1, "two", null] });
    await redis.set("number", "123");

    expect(await redis.get("text")).toBe("grüße, 世界");
    expect(await redis.get("object")).toEqual({ a: [1, "two", null] });
    expect(await redis.get("number")).toBe(123);
    expect(await redis.get("absent")).toBeNull();
  });

  test("keeps a value that reads OK, and the word OK of a status", async () => {
    expect(await redis.set("word", "OK")).toBe("OK");
    expect(await redis.get("word")).toBe("OK");
  });

  test("sends strings as base64, nested ones too, and leaves numbers and null alone", async () => {
    await redis.rpush("list", "ä", "b");
    const reply = await post("/", ["LRANGE", "list", "0", "-1"], { "upstash-encoding": "base64" });

    expect(await reply.json()).toEqual({ result: ["w6Q=", "Yg=="] });
    expect(await (await post("/", ["LLEN", "list"], { "upstash-encoding": "base64" })).json()).toEqual({
      result: 2,
    });
    expect(await (await post("/", ["GET", "none"], { "upstash-encoding": "base64" })).json()).toEqual({
      result: null,
    });
  });

  test("does not lose bytes that are not UTF-8", () => {
    const bytes = Buffer.from([255, 0, 128]);
    expect(encodeOutcome({ result: [bytes, "OK"] }, true)).toEqual({ result: ["/wCA", "OK"] });
  });
});

describe("commands", () => {
  test("sets only what may be set, and counts", async () => {
    expect(await redis.set("k", "1", { nx: true, ex: 10 })).toBe("OK");
    expect(await redis.set("k", "2", { nx: true })).toBeNull();
    expect(await redis.incr("k")).toBe(2);
    expect(await redis.incrby("k", 40)).toBe(42);
    expect(await redis.mget("k", "none")).toEqual([42, null]);
    expect(await redis.del("k", "none")).toBe(1);
    expect(await redis.exists("k")).toBe(0);
  });

  test("lets a key expire", async () => {
    await redis.set("short", "x", { px: 60 });
    await redis.set("long", "x");
    expect(await redis.expire("long", 100)).toBe(1);

    expect(await redis.ttl("long")).toBe(100);
    expect(await redis.ttl("none")).toBe(-2);
    await expect.poll(async () => await redis.get("short"), patiently).toBeNull();
    expect(await redis.persist("long")).toBe(1);
    expect(await redis.ttl("long")).toBe(-1);
  });

  test("keeps hashes", async () => {
    expect(await redis.hset("h", { a: "x", n: 1 })).toBe(2);
    expect(await redis.hgetall("h")).toEqual({ a: "x", n: 1 });
    expect(await redis.hgetall("none")).toBeNull();
    expect(await redis.hincrby("h", "n", 4)).toBe(5);
    expect(await redis.hmget("h", "a", "z")).toEqual({ a: "x", z: null });
    expect(await redis.hdel("h", "a")).toBe(1);
  });

  test("keeps lists in order", async () => {
    await redis.rpush("l", "b", "c");
    expect(await redis.lpush("l", "a")).toBe(3);
    expect(await redis.lrange("l", 0, -1)).toEqual(["a", "b", "c"]);
    expect(await redis.lpop("l")).toBe("a");
    expect(await redis.llen("l")).toBe(2);
  });

  test("keeps sets without repeats", async () => {
    expect(await redis.sadd("s", "x", "y", "x")).toBe(2);
    expect((await redis.smembers("s")).toSorted()).toEqual(["x", "y"]);
    expect(await redis.sismember("s", "x")).toBe(1);
    expect(await redis.srem("s", "x")).toBe(1);
    expect(await redis.scard("s")).toBe(1);
  });

  test("keeps sorted sets by score", async () => {
    await redis.zadd("z", { score: 2.5, member: "b" }, { score: 1, member: "a" });
    expect(await redis.zrange("z", 0, -1, { withScores: true })).toEqual(["a", 1, "b", 2.5]);
    expect(await redis.zincrby("z", 3, "a")).toBe(4);
    expect(await redis.zscore("z", "b")).toBe(2.5);
    expect(await redis.zpopmin("z")).toEqual(["b", 2.5]);
    expect(await redis.zcard("z")).toBe(1);
  });

  test("runs scripts, by text and by digest", async () => {
    const script = "#!lua flags=allow-key-locking\nreturn redis.call('INCRBY', KEYS[1], ARGV[1])";
    expect(await redis.eval(script, ["counter"], [5])).toBe(5);
    const digest = await redis.scriptLoad(script);
    expect(await redis.evalsha(digest, ["counter"], [2])).toBe(7);
    expect(await redis.scriptExists(digest, "0".repeat(40))).toEqual([1, 0]);
    await expect(redis.evalsha("0".repeat(40), [], [])).rejects.toThrow("NOSCRIPT");
  });

  test("takes a command as a path, with a body as its last word", async () => {
    const headers = { authorization: "Bearer secret-token" };
    await fetch(new URL("/set/path%20key", endpoint.url), { method: "POST", headers, body: "a/b c" });
    const reply = await fetch(new URL("/get/path%20key?_token=secret-token", endpoint.url));

    expect(await reply.json()).toEqual({ result: "a/b c" });
  });
});

describe("several at once", () => {
  test("goes on in a pipeline after a command that failed", async () => {
    await redis.set("text", "abc");
    const reply = await post("/pipeline", [
      ["SET", "a", "1"],
      ["LPUSH", "text", "x"],
      ["NOSUCH"],
      ["INCR", "a"],
    ]);

    expect(reply.status).toBe(200);
    expect(await reply.json()).toEqual([
      { result: "OK" },
      { error: expect.stringMatching(/^WRONGTYPE /) },
      { error: expect.stringMatching(/^ERR unknown command/) },
      { result: 2 },
    ]);
  });

  test("the client's pipeline gives each its own answer", async () => {
    const results = await redis.pipeline().set("p", "1").incr("p").get("p").exec();
    expect(results).toEqual(["OK", 2, 2]);
  });

  test("a transaction runs whole", async () => {
    expect(await redis.multi().set("m", "1").incrby("m", 4).get("m").exec()).toEqual(["OK", 5, 5]);
  });

  test("a transaction with an unknown command changes nothing", async () => {
    const reply = await post("/multi-exec", [["SET", "m", "1"], ["NOSUCH"]]);

    expect(reply.status).toBe(400);
    expect(await reply.json()).toEqual({ error: expect.stringMatching(/^EXECABORT /) });
    expect(await redis.get("m")).toBeNull();
  });
});

describe("refusals", () => {
  test("answers 401 to a wrong token and to none, for every path", async () => {
    const stranger = new Redis({ url: endpoint.url, token: "wrong", retry: false, enableTelemetry: false });
    await expect(stranger.set("k", "1")).rejects.toThrow("Unauthorized");
    for (const path of ["/", "/pipeline", "/multi-exec", "/get/k"]) {
      const reply = await post(path, [["GET", "k"]], { authorization: "Bearer wrong" });
      expect(reply.status).toBe(401);
      expect(await reply.json()).toEqual({ error: "Unauthorized" });
    }
    expect(await redis.get("k")).toBeNull();
  });

  test("answers 400 with Redis' own words", async () => {
    await redis.set("text", "abc");
    await expect(redis.incr("text")).rejects.toThrow("ERR value is not an integer or out of range");
    await expect(redis.hset("text", { a: 1 })).rejects.toThrow("WRONGTYPE");
    const broken = await post("/", "not json");
    expect(broken.status).toBe(400);
    expect(await broken.json()).toEqual({ error: expect.stringMatching(/^ERR /) });
  });
});
