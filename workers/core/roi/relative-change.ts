/** What part of what it was a figure has changed by. Null against nothing, and against a loss: no part of that says how much. */
export function relativeChange(value: number, before: number): number | null {
  return before > 0 ? (value - before) / before : null;
}
