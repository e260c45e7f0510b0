import { sql, type SQL } from "drizzle-orm";

import type { PositionShares } from "#core/attribution/options.ts";

/**
 * What touch `i` of `n` gets of `minor` under the position model, whole minor units by largest remainder, ties to the
 * earlier touch. A journey has three sizes of share at most, so its remainders have three values, and how many touches
 * come before one in the order of remainders is counted without sorting: with `f`, `m`, `l` percent,
 * over the denominator 100·(n − 2), the remainders are `(minor·f mod 100)·(n − 2)`, `minor·m mod 100·(n − 2)` and
 * `(minor·l mod 100)·(n − 2)`. Amounts are at most 2^53, so that times 100 a bigint holds them.
 */
export function positionMinor({ first, middle, last }: PositionShares): SQL {
  const [f, m, l, ends] = [first, middle, last, first + last].map((share) => sql.raw(String(share)));
  const [between, rests] = [sql`(n - 2)`, sql`(100 * (n - 2))`];
  const [firstRest, lastRest] = [
    sql`(minor * ${f} % 100 * ${between})`,
    sql`(minor * ${l} % 100 * ${between})`,
  ];
  const middleRest = sql`(minor * ${m} % ${rests})`;
  const left = sql`(minor - minor * ${f} / 100 - minor * ${l} / 100 - minor * ${m} / ${rests} * ${between})`;
  return sql`case
    when n = 1 then minor
    when n = 2 and i = 1 then minor * ${f} / ${ends}
      + (minor * ${f} / ${ends} + minor * ${l} / ${ends} < minor and minor * ${f} % ${ends} >= minor * ${l} % ${ends})::int
    when n = 2 then minor * ${l} / ${ends}
      + (minor * ${f} / ${ends} + minor * ${l} / ${ends} < minor and minor * ${f} % ${ends} < minor * ${l} % ${ends})::int
    when i = 1 then minor * ${f} / 100
      + ((${middleRest} > ${firstRest})::int * ${between} + (${lastRest} > ${firstRest})::int < ${left})::int
    when i = n then minor * ${l} / 100
      + ((${firstRest} >= ${lastRest})::int + (${middleRest} >= ${lastRest})::int * ${between} < ${left})::int
    else minor * ${m} / ${rests}
      + ((${firstRest} >= ${middleRest})::int + i - 2 + (${lastRest} > ${middleRest})::int < ${left})::int
    end`;
}
