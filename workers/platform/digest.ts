import { createHash } from "node:crypto";

/** A short name of a value's content: equal for equal values, as JSON has them. */
export function digest(value: unknown): string {
  return createHash("sha256").update(JSON.stringify(value)).digest("hex").slice(0, 32);
}
