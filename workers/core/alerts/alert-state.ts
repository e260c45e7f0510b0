/** `missing`: nothing is known, which is neither good nor bad. `gone`: what it was about is no more. */
export type Verdict = "bad" | "good" | "missing" | "gone";

export type AlertTiming = {
  /** It must have been bad for as long before anybody is told. */
  forMs: number;
  /** It must have been good for as long before it counts as over. */
  holdMs: number;
  /** Two measurements further apart say nothing about what was between them. */
  gapMs: number;
};

/** An alert that is open. What is not open has no state. */
export type AlertState = {
  phase: "pending" | "firing";
  /** Since when it has been bad without a good measurement between. */
  badSinceMs: number;
  /** Firing: since when it has been good; null while it is bad. */
  goodSinceMs: number | null;
  /** The last measurement that said something. */
  measuredAtMs: number;
  /** The last one, whether it said something or not. */
  lookedAtMs: number;
};

export type AlertStep = {
  /** Null: nothing is open. */
  state: AlertState | null;
  /** What people are told of; `dropped` was pending and is forgotten, `closed` ends without a word. */
  transition: "fired" | "resolved" | "dropped" | "closed" | null;
};

/**
 * What a measurement makes of an alert: pending → firing → resolved. A measurement that is not newer than the last one
 * changes nothing, so that two runs at once, or one that comes late, are harmless. One that is missing moves nothing: it
 * neither fires nor resolves, and time without a measurement counts for neither.
 */
export function stepAlert(
  state: AlertState | null,
  { atMs, verdict }: { atMs: number; verdict: Verdict },
  timing: AlertTiming,
): AlertStep {
  if (state !== null && atMs <= state.lookedAtMs) return { state, transition: null };
  switch (verdict) {
    case "missing":
      return { state: state && { ...state, lookedAtMs: atMs }, transition: null };
    case "gone":
      return { state: null, transition: state && (state.phase === "firing" ? "closed" : "dropped") };
    case "bad":
      return stepBad(state, atMs, timing);
    case "good":
      return stepGood(state, atMs, timing);
  }
}

function stepBad(state: AlertState | null, atMs: number, { forMs, gapMs }: AlertTiming): AlertStep {
  const seen = { measuredAtMs: atMs, lookedAtMs: atMs, goodSinceMs: null };
  if (state?.phase === "firing") return { state: { ...state, ...seen }, transition: null };

  const isUnbroken = state !== null && atMs - state.measuredAtMs <= gapMs;
  const badSinceMs = isUnbroken ? state.badSinceMs : atMs;
  return atMs - badSinceMs >= forMs
    ? { state: { phase: "firing", badSinceMs, ...seen }, transition: "fired" }
    : { state: { phase: "pending", badSinceMs, ...seen }, transition: null };
}

function stepGood(state: AlertState | null, atMs: number, { holdMs, gapMs }: AlertTiming): AlertStep {
  if (state === null) return { state: null, transition: null };
  if (state.phase === "pending") return { state: null, transition: "dropped" };

  const isUnbroken = atMs - state.measuredAtMs <= gapMs;
  const goodSinceMs = isUnbroken ? (state.goodSinceMs ?? atMs) : atMs;
  return atMs - goodSinceMs >= holdMs
    ? { state: null, transition: "resolved" }
    : { state: { ...state, goodSinceMs, measuredAtMs: atMs, lookedAtMs: atMs }, transition: null };
}
