import { isbotMatch } from "isbot";

/** The part of a user agent that the public list of bots knows, or null. */
export function findKnownBot(userAgent: string): string | null {
  return isbotMatch(userAgent);
}
