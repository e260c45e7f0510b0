import type { MarkovOptions } from "#core/attribution/options.ts";
import { sumChain, type ChainSums } from "./chain-sums.ts";
import type { MarkovCounts } from "./markov-counts.ts";
import { solveChain, type SolvedChain } from "./removal-effects.ts";

/** The chain of all counts, solved, and the sums that it was made of; their matrix has become the chain's. */
export type SolvedCounts = { sums: ChainSums; chain: SolvedChain };

/** Solves the chain of all counts. Of the largest one the matrix alone is 26 MB: who needs it twice asks once. */
export function solveCounts(counts: MarkovCounts, options: MarkovOptions): SolvedCounts {
  const sums = sumChain(counts, options);
  return { sums, chain: solveChain(sums) };
}
