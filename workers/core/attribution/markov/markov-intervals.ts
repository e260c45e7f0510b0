import type { Result } from "#core/result.ts";
import type { Interval } from "#core/attribution/interval.ts";
import type { MarkovOptions } from "#core/attribution/options.ts";
import type { MarkovCounts } from "./markov-counts.ts";
import type { MarkovError, MarkovTotal } from "./markov-credit.ts";

export type MarkovGroupIntervals = { group: string; conversions: Interval; value: Interval };

/** In the order of `counts.groups`. */
export type MarkovIntervalsOf = (
  counts: MarkovCounts,
  total: MarkovTotal,
  options: MarkovOptions,
) => Result<MarkovGroupIntervals[], MarkovError>;
