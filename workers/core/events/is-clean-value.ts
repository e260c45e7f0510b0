import { isClean } from "#core/text/clean-text.ts";

/** Whether no text anywhere in a parsed JSON value needs cleaning (decisions 6), keys of objects included. */
export function isCleanValue(value: unknown): boolean {
  if (typeof value === "string") return isClean(value);
  if (Array.isArray(value)) return value.every(isCleanValue);
  if (typeof value !== "object" || value === null) return true;
  return Object.entries(value).every(([key, inner]) => isClean(key) && isCleanValue(inner));
}
