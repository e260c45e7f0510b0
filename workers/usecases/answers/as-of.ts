/** An answer that says as of when it is, itself or in its basis. */
type Dated = { asOf: string } | { basis: { asOf: string } };

/** As of when an answer is, in ISO 8601; null where it does not say. */
export function asOfOf(answer: object): string | null {
  if (!isDated(answer)) return null;
  return "basis" in answer ? answer.basis.asOf : answer.asOf;
}

/** The same answer, as of then. */
export function withAsOf<T extends object>(answer: T, asOf: string): T {
  if (!isDated(answer)) return answer;
  return "basis" in answer ? { ...answer, basis: { ...answer.basis, asOf } } : { ...answer, asOf };
}

function isDated(answer: object): answer is Dated {
  const { asOf, basis } = answer as { asOf?: unknown; basis?: { asOf?: unknown } };
  return typeof asOf === "string" || typeof basis?.asOf === "string";
}
