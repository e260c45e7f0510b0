/** What a request says about who makes it. */
export type BotFacts = {
  method: string;
  userAgent: string;
  /** `Sec-Purpose`, or the older `Purpose` and `X-Moz`. */
  purpose: string | null;
  /** What the list of known bots found in the user agent, or null. */
  knownBot: string | null;
};

const MAX_NAME = 48;

/** Image proxies of mailboxes: they fetch for a person who opened the mail. */
const MAIL_PROXY = /GoogleImageProxy|YahooMailProxy/i;

/** Scanners and previews that the general list does not know. */
const SCANNER = /ms-office|SafeLinks|Proofpoint|Mimecast|FireEye|Symantec|TrendMicro|urlscan|VirusTotal/i;

/**
 * Why this request is not a person, or null for a person: `head`, `prefetch`, `no_user_agent`, `scanner:<name>` or
 * `known:<name>`. Such an event is counted and kept apart, never silently gone.
 */
export function botVerdict(facts: BotFacts): string | null {
  if (facts.method === "HEAD") return "head";
  if (facts.purpose !== null && /prefetch|preview|prerender/i.test(facts.purpose)) return "prefetch";
  if (facts.userAgent.trim() === "") return "no_user_agent";
  if (MAIL_PROXY.test(facts.userAgent)) return null;

  const scanner = SCANNER.exec(facts.userAgent);
  if (scanner !== null) return `scanner:${scanner[0]}`;
  return facts.knownBot === null ? null : `known:${facts.knownBot.slice(0, MAX_NAME)}`;
}
