/** An answer as it is kept. It repeats its key, which holds its release and version: a cache that answers something else is a miss. */
export type AnswerEntry = { key: string; atMs: number; answer: object };

/** Which version an answer of an open range was last kept under, so that it can be told "as of" then. */
export type LatestPointer = { key: string; entryKey: string; atMs: number };

export function answerEntry(key: string, answer: object, atMs: number): AnswerEntry {
  return { key, atMs, answer };
}

export function latestPointer(key: string, entryKey: string, atMs: number): LatestPointer {
  return { key, entryKey, atMs };
}

/** What a cache gave for `key` as the entry it must be; null where it is anything else. */
export function readEntry(value: unknown, key: string): AnswerEntry | null {
  return isOurs(value, key) && "answer" in value && typeof value.answer === "object" && value.answer !== null
    ? (value as AnswerEntry)
    : null;
}

/** What a cache gave for `key` as the pointer it must be; null where it is anything else. */
export function readPointer(value: unknown, key: string): LatestPointer | null {
  return isOurs(value, key) && "entryKey" in value && typeof value.entryKey === "string"
    ? (value as LatestPointer)
    : null;
}

function isOurs(value: unknown, key: string): value is { key: string; atMs: number } {
  if (typeof value !== "object" || value === null) return false;
  const { key: repeated, atMs } = value as { key?: unknown; atMs?: unknown };
  return repeated === key && typeof atMs === "number";
}
