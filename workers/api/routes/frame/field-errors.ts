import type { z } from "zod/mini";

import type { FieldError } from "./problem.ts";

/** How an issue begins whose schema found no words of its own: Zod's default, with or without its English. */
const NO_WORDS = /^Invalid /;

type Issue = z.core.$ZodIssue;

/** Each thing wrong with the request: which field, what kind of fault, and what would be right. */
export function fieldErrors(error: z.core.$ZodError): FieldError[] {
  return error.issues.map((issue) => ({
    path: issue.path.map(String).join("."),
    code: issue.code,
    message: messageOf(issue),
  }));
}

/** One line for people: the first fault, and how many more there are. */
export function summaryOf(errors: readonly FieldError[]): string {
  const [first, ...more] = errors;
  if (first === undefined) return "The request is not valid";
  const place = first.path === "" ? "The body" : first.path;
  return `${place} ${first.message}${more.length > 0 ? `, and ${more.length} more` : ""}`;
}

function messageOf(issue: Issue): string {
  if (issue.input === undefined) return "is missing";
  if (issue.code === "invalid_type") return `must be ${withArticle(issue.expected)}`;
  if (issue.code === "too_small") return `must ${bound("at least", issue.origin, issue.minimum)}`;
  if (issue.code === "too_big") return `must ${bound("at most", issue.origin, issue.maximum)}`;
  if (issue.code === "invalid_value") return `must be one of ${issue.values.map(String).join(", ")}`;
  if (!NO_WORDS.test(issue.message)) return issue.message;
  return issue.code === "invalid_format" ? "does not have the right form" : "is not valid";
}

function bound(relation: string, origin: string, limit: number | bigint): string {
  const isOne = Number(limit) === 1;
  if (origin === "string") return `have ${relation} ${limit} ${isOne ? "character" : "characters"}`;
  if (origin === "array" || origin === "set")
    return `have ${relation} ${limit} ${isOne ? "entry" : "entries"}`;
  return `be ${relation} ${limit}`;
}

function withArticle(type: string): string {
  return /^[aeiou]/.test(type) ? `an ${type}` : `a ${type}`;
}
