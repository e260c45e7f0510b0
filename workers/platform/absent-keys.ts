/** What the databases were asked for a moment ago and did not have: keys of sign-ins and programs that are none. */
export type AbsentKeys = {
  has(key: string, nowMs: number): boolean;
  note(key: string, nowMs: number): void;
};

/** Ids are random and made by us: none that was asked for before it was made is ever made. A bound on trust all the same. */
const REMEMBERED_MS = 5_000;
/** A bound on memory: whoever tries more keys in that time has the database asked again. */
const MOST_KEYS = 1_000;

/** The keys of an isolate; made once. */
export function absentKeys(): AbsentKeys {
  const untilMs = new Map<string, number>();
  return {
    has: (key, nowMs) => (untilMs.get(key) ?? -Infinity) > nowMs,
    note(key, nowMs) {
      untilMs.delete(key);
      untilMs.set(key, nowMs + REMEMBERED_MS);
      const [oldest] = untilMs.keys();
      if (untilMs.size > MOST_KEYS && oldest !== undefined) untilMs.delete(oldest);
    },
  };
}
