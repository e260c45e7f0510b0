import { isClean } from "#core/text/clean-text.ts";

/**
 * Whether no text anywhere in a parsed JSON value needs cleaning (decisions 6), keys of objects included. Without
 * recursion: 64 kB of brackets nest deeper than any stack.
 */
export function isCleanValue(value: unknown): boolean {
  const waiting: unknown[] = [value];
  while (waiting.length > 0) {
    const next = waiting.pop();
    if (typeof next === "string") {
      if (!isClean(next)) return false;
    } else if (typeof next === "object" && next !== null) {
      if (!Array.isArray(next) && !Object.keys(next).every(isClean)) return false;
      waiting.push(...(Object.values(next) as unknown[]));
    }
  }
  return true;
}
