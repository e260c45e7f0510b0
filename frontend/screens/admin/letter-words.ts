/** Classes of SQLSTATE and codes that ingest can meet (Postgres, Appendix A). */
const STATES: readonly [RegExp, string][] = [
  [/^sqlstate_22001$/, "A text is too long for its column"],
  [/^sqlstate_22003$/, "A number is out of range"],
  [/^sqlstate_22P0[25]$/, "A text that Postgres cannot hold"],
  [/^sqlstate_22021$/, "A text that Postgres cannot hold"],
  [/^sqlstate_22/, "A value that its column cannot hold"],
  [/^sqlstate_23514$/, "No partition, or a check, takes it"],
  [/^sqlstate_23/, "A constraint refuses it"],
  [/^unknown_site$/, "Its site is not in this database"],
  [/^unreadable$/, "Written by a version that this one cannot read"],
];

/** The reason of a letter in words; the code stands beside it. */
export function letterReason(reason: string): string {
  return STATES.find(([pattern]) => pattern.test(reason))?.[1] ?? "Refused";
}
