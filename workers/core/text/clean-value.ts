import { cleanText } from "./clean-text.ts";

/** A parsed JSON value with every text in it, names included, as Postgres can hold it (decisions 6). */
export function cleanValue(value: unknown): unknown {
  if (typeof value === "string") return cleanText(value);
  if (Array.isArray(value)) return value.map(cleanValue);
  if (typeof value !== "object" || value === null) return value;
  return Object.fromEntries(
    Object.entries(value).map(([name, inner]) => [cleanText(name), cleanValue(inner)]),
  );
}
