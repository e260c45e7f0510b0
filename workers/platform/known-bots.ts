import { isbotMatch } from "isbot";

/** Longer user agents are cut: the list is one long pattern, whose time grows with the text. */
const MAX_USER_AGENT = 1_024;

/** The part of a user agent that the public list of bots knows, or null. */
export function findKnownBot(userAgent: string): string | null {
  return isbotMatch(userAgent.slice(0, MAX_USER_AGENT));
}
