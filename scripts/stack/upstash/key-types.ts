const COMMANDS_OF_TYPE: Readonly<Record<string, string>> = {
  string:
    "get getset getdel getex getrange setrange strlen append incr incrby incrbyfloat decr decrby setbit getbit",
  hash: "hset hsetnx hget hmset hmget hgetall hdel hexists hincrby hincrbyfloat hkeys hvals hlen hscan hstrlen",
  list: "lpush lpushx rpush rpushx lpop rpop lrange llen lindex lset lrem ltrim linsert lpos rpoplpush lmove",
  set: "sadd srem smembers sismember smismember scard spop srandmember sscan smove",
  zset:
    "zadd zrem zrange zrevrange zrangebyscore zrevrangebyscore zrank zrevrank zscore zmscore zcard zcount zincrby " +
    "zpopmin zpopmax zremrangebyscore zremrangebyrank zscan",
};

const TYPE_OF_COMMAND = new Map(
  Object.entries(COMMANDS_OF_TYPE).flatMap(([type, commands]) =>
    commands.split(" ").map((command) => [command, type] as const),
  ),
);

/** The error with which Redis refuses, say, a list command on a hash; the in-memory engine does not look. */
export async function wrongTypeError(
  command: string,
  key: string | undefined,
  typeOf: (key: string) => Promise<string>,
): Promise<string | undefined> {
  const expected = TYPE_OF_COMMAND.get(command);
  if (expected === undefined || key === undefined) return undefined;

  const actual = await typeOf(key);
  if (actual === "none" || actual === expected) return undefined;
  return "WRONGTYPE Operation against a key holding the wrong kind of value";
}
