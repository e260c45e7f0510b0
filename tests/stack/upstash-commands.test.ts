import { Redis } from "@upstash/redis";
import { afterAll, beforeAll, beforeEach, describe, expect, test } from "vitest";
import { startUpstashEndpoint, type UpstashEndpoint } from "#scripts/stack/upstash/upstash-endpoint.ts";

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

/** A command in words, as no client would let it be said. */
async function say(...words: string[]): Promise<unknown> {
  const answer = await fetch(endpoint.url, {
    method: "POST",
    headers: { authorization: "Bearer secret-token" },
    body: JSON.stringify(words),
  });
  return await answer.json();
}

const SYNTAX = { error: "ERR syntax error" };
const NO_INTEGER = { error: "ERR value is not an integer or out of range" };
const NO_FLOAT = { error: "ERR value is not a valid float" };
const WRONG_TYPE = { error: "WRONGTYPE Operation against a key holding the wrong kind of value" };

describe("what Redis refuses before it runs anything", () => {
  test.each([["get"], ["set", "k"], ["hset", "h"], ["hset", "h", "f", "v", "g"], ["mset", "a", "1", "b"]])(
    "too few words: %s %s %s %s %s",
    async (...words) => {
      const given = words.filter((word) => typeof word === "string");
      expect(await say(...given)).toEqual({
        error: `ERR wrong number of arguments for '${given[0]}' command`,
      });
    },
  );

  test("a command that is not there, with how it begins", async () => {
    expect(await say("NOSUCH", "a", "b c")).toEqual({
      error: "ERR unknown command 'NOSUCH', with args beginning with: 'a' 'b c' ",
    });
    const long = await say("NOSUCH", "x".repeat(200), "y");
    expect(long).toEqual({
      error: `ERR unknown command 'NOSUCH', with args beginning with: '${"x".repeat(128)}' `,
    });
  });

  test("a transaction with either", async () => {
    for (const wrong of [["NOSUCH"], ["GET"]]) {
      const answer = await fetch(new URL("/multi-exec", endpoint.url), {
        method: "POST",
        headers: { authorization: "Bearer secret-token" },
        body: JSON.stringify([["SET", "m", "1"], wrong]),
      });
      expect(await answer.json()).toEqual({ error: expect.stringMatching(/^EXECABORT /) });
      expect(await redis.get("m")).toBeNull();
    }
  });
});

describe.skipIf(process.env["REDIS_URL"] !== undefined)("of the local stack alone", () => {
  test("families that it lacks are unknown commands", async () => {
    await expect(redis.geoadd("g", { longitude: 1, latitude: 2, member: "x" })).rejects.toThrow(
      "ERR unknown command",
    );
    await expect(redis.pfadd("p", "a")).rejects.toThrow("ERR unknown command");
    await expect(redis.xadd("s", "*", { f: "v" })).rejects.toThrow("ERR unknown command");
    await expect(redis.json.set("j", "$", {})).rejects.toThrow("ERR unknown command");
    await expect(redis.hexpire("h", "f", 10)).rejects.toThrow("ERR unknown command");
    for (const name of ["ZMPOP", "DUMP", "RESTORE"])
      expect(await say(name, "1", "k", "v")).toHaveProperty("error", expect.stringMatching(/^ERR unknown/));
  });
});

describe("SET and its like", () => {
  test("keep the time to live when asked, and end it otherwise", async () => {
    await redis.set("a", "1", { ex: 100 });
    await redis.set("a", "2", { keepTtl: true });
    expect(await redis.ttl("a")).toBe(100);
    expect(await redis.set("a", "3", { get: true, xx: true })).toBe(2);
    expect(await redis.ttl("a")).toBe(-1);
    expect(await redis.set("a", "4", { get: true, nx: true })).toBe(3);
    expect(await redis.get("a")).toBe(3);
  });

  test("refuse times that cannot be, and options that do not go together", async () => {
    const invalid = (name: string) => ({ error: `ERR invalid expire time in '${name}' command` });
    await redis.set("k", "v");
    expect(await say("SET", "k", "x", "EX", "0")).toEqual(invalid("set"));
    expect(await say("SET", "k", "x", "PX", "-5")).toEqual(invalid("set"));
    expect(await say("SETEX", "k", "0", "x")).toEqual(invalid("setex"));
    expect(await say("PSETEX", "k", "0", "x")).toEqual(invalid("psetex"));
    expect(await say("GETEX", "k", "EX", "0")).toEqual(invalid("getex"));
    expect(await say("SET", "k", "x", "EX", "soon")).toEqual(NO_INTEGER);
    for (const options of ["NX XX", "EX 1 PX 1", "EX 1 KEEPTTL", "EX", "FOO"])
      expect(await say("SET", "k", "x", ...options.split(" "))).toEqual(SYNTAX);
    expect([await redis.get("k"), await redis.ttl("k")]).toEqual(["v", -1]);
  });

  test("count bytes, not letters", async () => {
    expect(await redis.append("u", "grüße")).toBe(7);
    expect(await redis.strlen("u")).toBe(7);
    expect(await redis.getrange("u", 2, 3)).toBe("ü");
    expect(await redis.setrange("u", 7, "n")).toBe(8);
    expect(await redis.get("u")).toBe("grüßen");
  });

  test("add decimals as decimals, and numbers up to 64 bits", async () => {
    await redis.set("f", "0.1");
    expect(await redis.incrbyfloat("f", 0.2)).toBe(0.3);
    expect(await redis.hincrbyfloat("h", "f", 10.5)).toBe(10.5);
    await redis.set("n", "9223372036854775807");
    await expect(redis.incr("n")).rejects.toThrow("ERR increment or decrement would overflow");
    await redis.hset("h", { text: "abc" });
    await expect(redis.hincrby("h", "text", 1)).rejects.toThrow("ERR hash value is not an integer");
    expect(await redis.hget("h", "text")).toBe("abc");
  });
});

describe("bits", () => {
  test("are set, counted and found", async () => {
    expect(await redis.setbit("b", 0, 1)).toBe(0);
    expect(await redis.setbit("b", 15, 1)).toBe(0);
    expect([await redis.getbit("b", 15), await redis.getbit("b", 14)]).toEqual([1, 0]);
    expect([await redis.bitcount("b", 0, -1), await redis.bitcount("b", 1, 1)]).toEqual([2, 1]);
    expect([await redis.bitpos("b", 1), await redis.bitpos("b", 0)]).toEqual([0, 1]);
    expect(await redis.strlen("b")).toBe(2);
  });

  test("of several values are taken together", async () => {
    await redis.mset({ x: "foobar", y: "abc" });
    expect(await redis.bitop("and", "d", "x", "y")).toBe(6);
    expect(await say("GETRANGE", "d", "0", "2")).toEqual({ result: "`bc" });
    expect(await redis.bitop("or", "d", "x", "y")).toBe(6);
    expect(await redis.get("d")).toBe("goobar");
    expect(await redis.bitop("xor", "d", "x", "x")).toBe(6);
    expect(await redis.bitcount("d", 0, -1)).toBe(0);
    expect(await redis.bitop("not", "d", "x")).toBe(6);
    expect(await redis.bitop("not", "d", "d")).toBe(6);
    expect(await redis.get("d")).toBe("foobar");
    expect(await redis.bitop("and", "d", "none")).toBe(0);
    expect(await redis.exists("d")).toBe(0);
    await redis.lpush("l", "a");
    expect(await say("BITOP", "OR", "d", "l")).toEqual(WRONG_TYPE);
  });
});

describe("EXPIRE", () => {
  test("keeps to NX, XX, GT and LT", async () => {
    await redis.set("k", "v");
    expect(await redis.expire("k", 100, "xx")).toBe(0);
    expect(await redis.expire("k", 100, "gt")).toBe(0);
    expect(await redis.expire("k", 100, "nx")).toBe(1);
    expect(await redis.expire("k", 200, "nx")).toBe(0);
    expect(await redis.expire("k", 50, "gt")).toBe(0);
    expect(await redis.ttl("k")).toBe(100);
    expect(await redis.pexpire("k", 500_000, "gt")).toBe(1);
    expect(await redis.expire("k", 600, "lt")).toBe(0);
    expect(await redis.ttl("k")).toBe(500);
    expect(await redis.expireat("k", 4_102_444_800, "xx")).toBe(1);
    expect(await redis.pexpireat("k", 4_102_444_700_000, "lt")).toBe(1);
  });

  test("refuses flags that are none or do not go together, and ends a key whose time is past", async () => {
    await redis.set("k", "v");
    expect(await say("EXPIRE", "k", "1", "FOO")).toEqual({ error: "ERR Unsupported option FOO" });
    expect(await say("EXPIRE", "k", "1", "GT", "LT")).toEqual({
      error: "ERR GT and LT options at the same time are not compatible",
    });
    expect(await say("EXPIRE", "k", "1", "NX", "GT")).toEqual({
      error: "ERR NX and XX, GT or LT options at the same time are not compatible",
    });
    expect(await say("EXPIRE", "k", "soon")).toEqual(NO_INTEGER);
    expect(await redis.ttl("k")).toBe(-1);
    expect(await redis.expire("k", -1)).toBe(1);
    expect(await redis.exists("k")).toBe(0);
  });
});

describe("keys", () => {
  test("of every type are copied with their time to live", async () => {
    await redis.set("text", "v", { ex: 100 });
    await redis.hset("hash", { f: "v" });
    await redis.rpush("list", "a", "b");
    await redis.sadd("set", "a");
    await redis.zadd("zset", { score: 1.5, member: "a" });
    for (const key of ["text", "hash", "list", "set", "zset"])
      expect(await redis.copy(key, `${key}2`)).toBe("COPIED");
    expect([await redis.get("text2"), await redis.ttl("text2")]).toEqual(["v", 100]);
    expect(await redis.hgetall("hash2")).toEqual({ f: "v" });
    expect(await redis.zscore("zset2", "a")).toBe(1.5);
    await redis.rpush("list2", "c");
    expect([await redis.llen("list"), await redis.llen("list2")]).toEqual([2, 3]);
    expect(await redis.smembers("set2")).toEqual(["a"]);
  });

  test("are copied over another only when asked", async () => {
    await redis.mset({ a: "1", b: "2" });
    expect(await redis.copy("a", "b")).toBe("NOT_COPIED");
    expect(await redis.copy("a", "b", { replace: true })).toBe("COPIED");
    expect(await redis.get("b")).toBe(1);
    expect(await redis.copy("none", "c")).toBe("NOT_COPIED");
    await expect(redis.copy("a", "a")).rejects.toThrow("ERR source and destination objects are the same");
  });

  test("are touched, renamed and scanned by type", async () => {
    await redis.mset({ a: "1", b: "2" });
    await redis.sadd("s", "x");
    expect(await redis.touch("a", "s", "none")).toBe(2);
    expect(await redis.renamenx("a", "b")).toBe(0);
    await expect(redis.rename("none", "x")).rejects.toThrow("ERR no such key");
    expect(await redis.rename("s", "t")).toBe("OK");
    expect(await redis.type("t")).toBe("set");
    expect(await redis.scan("0", { type: "set", count: 100 })).toEqual(["0", ["t"]]);
  });
});

describe("lists", () => {
  test("give to each other, from either end", async () => {
    await redis.rpush("l", "a", "b", "c");
    expect(await redis.lmove("l", "m", "right", "left")).toBe("c");
    expect(await redis.lmove("l", "m", "left", "right")).toBe("a");
    expect(await redis.lrange("m", 0, -1)).toEqual(["c", "a"]);
    expect(await redis.lmove("m", "m", "left", "right")).toBe("c");
    expect(await redis.lrange("m", 0, -1)).toEqual(["a", "c"]);
    expect(await say("RPOPLPUSH", "m", "l")).toEqual({ result: "c" });
    expect(await redis.lrange("l", 0, -1)).toEqual(["c", "b"]);
    expect(await redis.lmove("none", "l", "left", "left")).toBeNull();
    expect(await say("LMOVE", "l", "m", "UP", "LEFT")).toEqual(SYNTAX);
  });

  test("are gone once they are empty", async () => {
    await redis.rpush("l", "a");
    await redis.lmove("l", "m", "left", "left");
    expect(await redis.exists("l")).toBe(0);
    await redis.ltrim("m", 5, 6);
    expect(await redis.exists("m")).toBe(0);
  });

  test("take new elements where they are told to", async () => {
    await redis.rpush("l", "a", "c");
    expect(await redis.linsert("l", "before", "c", "b")).toBe(3);
    expect(await redis.linsert("l", "after", "none", "b")).toBe(-1);
    expect(await redis.lset("l", -1, "z")).toBe("OK");
    await expect(redis.lset("l", 9, "z")).rejects.toThrow("ERR index out of range");
    expect(await redis.lrange("l", 0, -1)).toEqual(["a", "b", "z"]);
    expect(await redis.lpop("l", 2)).toEqual(["a", "b"]);
  });
});

describe("sorted sets", () => {
  test("answer a new score with INCR, or nothing where the flags forbid it", async () => {
    await redis.zadd("z", { score: 1, member: "a" });
    expect(await redis.zadd("z", { incr: true }, { score: 5, member: "a" })).toBe(6);
    expect(await redis.zadd("z", { incr: true, nx: true }, { score: 5, member: "a" })).toBeNull();
    expect(await redis.zadd("z", { incr: true, xx: true }, { score: 5, member: "b" })).toBeNull();
    expect(await say("ZADD", "z", "INCR", "1", "a", "2", "b")).toEqual({
      error: "ERR INCR option supports a single increment-element pair",
    });
  });

  test("keep to GT and LT, and count what changed with CH", async () => {
    await redis.zadd("z", { score: 5, member: "a" });
    expect(await redis.zadd("z", { gt: true, ch: true }, { score: 1, member: "a" })).toBe(0);
    expect(
      await redis.zadd("z", { gt: true, ch: true }, { score: 9, member: "a" }, { score: 1, member: "b" }),
    ).toBe(2);
    expect(await redis.zadd("z", { lt: true, ch: true }, { score: 3, member: "a" })).toBe(1);
    expect(await redis.zrange("z", 0, -1, { withScores: true })).toEqual(["b", 1, "a", 3]);
    expect(await say("ZADD", "z", "GT", "LT", "1", "a")).toEqual({
      error: "ERR GT, LT, and/or NX options at the same time are not compatible",
    });
    expect(await say("ZADD", "z", "many", "a")).toEqual(NO_FLOAT);
    expect(await say("ZADD", "z", "+inf", "c")).toEqual({ result: 1 });
    expect(await say("ZSCORE", "z", "c")).toEqual({ result: "inf" });
  });

  test("are united and intersected, shown and stored", async () => {
    await redis.zadd("a", { score: 1, member: "x" }, { score: 2, member: "y" });
    await redis.zadd("b", { score: 10, member: "y" }, { score: 30, member: "w" });
    expect(await redis.zunion(2, ["a", "b"], { withScores: true })).toEqual(["x", 1, "y", 12, "w", 30]);
    expect(
      await redis.zunion(2, ["a", "b"], { weights: [2, 1], aggregate: "max", withScores: true }),
    ).toEqual(["x", 2, "y", 10, "w", 30]);
    expect(await say("ZINTER", "2", "a", "b", "WITHSCORES")).toEqual({ result: ["y", "12"] });
    expect(await say("ZDIFF", "2", "a", "b")).toEqual({ result: ["x"] });
    expect(await redis.zunionstore("d", 2, ["a", "b"])).toBe(3);
    expect(await redis.zinterstore("d", 2, ["a", "b"], { weights: [1, 2], aggregate: "min" })).toBe(1);
    expect(await redis.zrange("d", 0, -1, { withScores: true })).toEqual(["y", 2]);
    expect(await redis.zinterstore("d", 2, ["a", "none"])).toBe(0);
    expect(await redis.exists("d")).toBe(0);
    expect(await redis.zdiffstore("d", 2, "a", "b")).toBe(1);
    expect(await say("ZUNION", "0", "a")).toEqual({
      error: "ERR at least 1 input key is needed for 'zunion' command",
    });
    expect(await say("ZUNION", "2", "a", "b", "WEIGHTS", "1")).toEqual(SYNTAX);
  });

  test("are cut by the alphabet", async () => {
    for (const member of ["a", "b", "c", "d"]) await redis.zadd("z", { score: 0, member });
    expect(await redis.zlexcount("z", "[b", "(d")).toBe(2);
    expect(await redis.zremrangebylex("z", "-", "(c")).toBe(2);
    expect(await redis.zrange("z", 0, -1)).toEqual(["c", "d"]);
  });
});

test("sets know how many they share, and answer lists when a number is asked for", async () => {
  await redis.sadd("a", 1, 2, 3);
  await redis.sadd("b", 2, 3, 4);
  expect(await redis.sintercard(["a", "b"])).toBe(2);
  expect(await say("SINTERCARD", "2", "a", "b", "LIMIT", "1")).toEqual({ result: 1 });
  expect(await say("SPOP", "none", "2")).toEqual({ result: [] });
  expect(await say("SPOP", "a", "0")).toEqual({ result: [] });
  expect(await say("SPOP", "a", "2", "3")).toEqual(SYNTAX);
  expect(await say("SPOP", "a", "-1")).toEqual({ error: "ERR value is out of range, must be positive" });
  expect(await redis.sinterstore("d", "a", "none")).toBe(0);
  expect(await redis.exists("d")).toBe(0);
});

test("a script's nothing is nothing", async () => {
  expect(await redis.eval("return redis.call('GET', KEYS[1])", ["none"], [])).toBeNull();
  expect(await say("EVAL", "return 1", "some")).toEqual(NO_INTEGER);
});
