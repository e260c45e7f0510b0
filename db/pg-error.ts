/**
 * The SQLSTATE of a failed statement, or null when Postgres never answered. A single query fails with the driver's
 * error as `cause`, a batch with the driver's error itself.
 */
export function pgCode(error: unknown): string | null {
  if (typeof error !== "object" || error === null) return null;
  const code: unknown = "code" in error ? error.code : undefined;
  if (typeof code === "string" && /^[0-9A-Z]{5}$/.test(code)) return code;
  return "cause" in error ? pgCode(error.cause) : null;
}

/** The name of the constraint a statement broke, or null. */
export function pgConstraint(error: unknown): string | null {
  if (typeof error !== "object" || error === null) return null;
  if ("constraint" in error && typeof error.constraint === "string") return error.constraint;
  return "cause" in error ? pgConstraint(error.cause) : null;
}
