import type { BenchResult } from "#tests/bench/bench-result.ts";

/** `✓ 0.31 (at least 0.25)  name: detail`; a mark only where there is a target. */
export function printResult(result: BenchResult): string {
  return `${markOf(result)} ${figureOf(result)}  ${result.name}\n    ${result.detail}`;
}

export function figureOf({ ratio, target, bound = "at least" }: BenchResult): string {
  if (ratio === null) return "–";
  return target === null ? rounded(ratio) : `${rounded(ratio)} (${bound} ${target})`;
}

export function markOf({ ratio, target, bound = "at least" }: BenchResult): string {
  if (ratio === null || target === null) return " ";
  return (bound === "at least" ? ratio >= target : ratio <= target) ? "✓" : "✗";
}

function rounded(ratio: number): string {
  return ratio >= 100 ? ratio.toFixed(0) : ratio.toPrecision(2);
}
