/** The commands that the in-memory engine runs by itself; ours look for themselves. */
const COMMANDS_OF_TYPE: Readonly<Record<string, string>> = {
  hash: "hsetnx hgetall hdel hkeys hvals hlen hrandfield hscan",
  list: "lpush rpush lrange llen lindex lrem ltrim lpos",
  set: "sadd srem smembers sismember smismember scard spop srandmember sscan smove",
  zset:
    "zrem zrange zrevrange zrangebyscore zrevrangebyscore zrangebylex zrevrangebylex zrank zrevrank zcard zcount " +
    "zpopmin zpopmax zremrangebyscore zremrangebyrank zscan",
};

const TYPE_OF_COMMAND = new Map(
  Object.entries(COMMANDS_OF_TYPE).flatMap(([type, commands]) =>
    commands.split(" ").map((command) => [command, type] as const),
  ),
);

/** The error with which Redis refuses, say, a list command on a hash; the in-memory engine does not look. */
export function wrongTypeError(
  command: string,
  key: string | undefined,
  typeOf: (key: string) => string,
): string | undefined {
  const expected = TYPE_OF_COMMAND.get(command);
  if (expected === undefined || key === undefined) return undefined;

  const actual = typeOf(key);
  if (actual === "none" || actual === expected) return undefined;
  return "WRONGTYPE Operation against a key holding the wrong kind of value";
}
