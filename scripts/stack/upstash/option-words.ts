/** Where the options of a command begin, among the words after its name. */
const FIRST_OPTION: Readonly<Record<string, number>> = {
  set: 2,
  getex: 1,
  expire: 2,
  pexpire: 2,
  expireat: 2,
  pexpireat: 2,
  zrange: 3,
  zrevrange: 3,
  zrangebyscore: 3,
  zrevrangebyscore: 3,
  scan: 1,
  hscan: 2,
  sscan: 2,
  zscan: 2,
  lpos: 2,
};

/** Redis reads options in any case, and Upstash's client writes them small; the in-memory engine knows capitals only. */
export function capitaliseOptions(command: string, args: string[]): string[] {
  const first = command === "zadd" ? 1 : FIRST_OPTION[command];
  if (first === undefined) return args;

  // ZADD's options stand before the first score; after it come members, which are nobody's to change.
  const score = args.findIndex((word, index) => index >= first && isScore(word));
  const end = command === "zadd" && score >= 0 ? score : args.length;
  return args.map((word, index) =>
    index >= first && index < end && isOption(word) ? word.toUpperCase() : word,
  );
}

const OPTIONS: ReadonlySet<string> = new Set(
  (
    "nx xx gt lt ch incr get ex px exat pxat keepttl persist withscores rev byscore bylex limit match count type " +
    "rank maxlen"
  ).split(" "),
);

function isOption(word: string): boolean {
  return OPTIONS.has(word.toLowerCase());
}

function isScore(word: string): boolean {
  return word !== "" && !Number.isNaN(Number(word.replace(/^([+-]?)inf$/i, "$1Infinity")));
}
