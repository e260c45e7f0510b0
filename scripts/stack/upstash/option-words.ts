/** Where the options of a command begin, among the words after its name. */
const FIRST_OPTION: Readonly<Record<string, number>> = {
  zrange: 3,
  zrevrange: 3,
  zrangebyscore: 3,
  zrevrangebyscore: 3,
  scan: 1,
  hscan: 2,
  sscan: 2,
  zscan: 2,
  lpos: 2,
  lmpop: 2,
};

/** Redis reads options in any case, and Upstash's client writes them small; the in-memory engine knows capitals only. */
export function capitaliseOptions(command: string, args: string[]): string[] {
  const first = FIRST_OPTION[command];
  if (first === undefined) return args;
  return args.map((word, index) => (index >= first && isOption(word) ? word.toUpperCase() : word));
}

const OPTIONS: ReadonlySet<string> = new Set(
  "withscores rev byscore bylex limit match count rank maxlen left right".split(" "),
);

function isOption(word: string): boolean {
  return OPTIONS.has(word.toLowerCase());
}
