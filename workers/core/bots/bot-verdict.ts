import { readPageAddress, type PageAddress } from "#core/sources/page-address.ts";

import { referrerSpamHost } from "./referrer-spam.ts";
import { scannerPath } from "./scanner-paths.ts";

/** What a request says about who makes it. */
export type BotFacts = {
  method: string;
  userAgent: string;
  /** `Sec-Purpose`, or the older `Purpose` and `X-Moz`. */
  purpose: string | null;
  /** `Sec-CH-UA`: the brands a Chromium names itself by, which whoever changes the user agent tends to forget. */
  brands: string | null;
  /** What the list of known bots found in the user agent, or null. */
  knownBot: string | null;
};

/** Where an event says it happened, and what led there. */
export type EventPlace = { url?: string | undefined; referrer?: string | undefined };

const MAX_NAME = 48;

/** Image proxies of mailboxes: they fetch for a person who opened the mail. */
const MAIL_PROXY = /GoogleImageProxy|YahooMailProxy/i;

/** Browsers that programs drive, by the names they give themselves. */
const HEADLESS =
  /HeadlessChrome|HeadlessShell|HeadlessEdg|PhantomJS|SlimerJS|CasperJS|ZombieJS|HtmlUnit|Puppeteer|Playwright|Selenium|WebDriver|Splash\/|Nightmare|Prerender|Rendertron|Lighthouse|PageSpeed|PTST\//i;

/** Scanners and previews that the general list does not know. */
const SCANNER = /ms-office|SafeLinks|Proofpoint|Mimecast|FireEye|Symantec|TrendMicro|urlscan|VirusTotal/i;

/**
 * Why this request is not a person, or null for a person: `head`, `prefetch`, `no_user_agent`, `headless:<name>`,
 * `scanner:<name>`, `known:<name>`, or by what its events say `scanner_path:<path>` and `referrer_spam:<host>`. Such an
 * event is counted and kept apart, never silently gone. What is merely missing (client hints, languages) is no sign:
 * proxies and careful people leave it out too.
 */
export function botVerdict(facts: BotFacts, events: readonly EventPlace[] = []): string | null {
  return requestVerdict(facts) ?? placeVerdict(events);
}

function requestVerdict(facts: BotFacts): string | null {
  if (facts.method === "HEAD") return "head";
  if (facts.purpose !== null && /prefetch|preview|prerender/i.test(facts.purpose)) return "prefetch";
  if (facts.userAgent.trim() === "") return "no_user_agent";
  return MAIL_PROXY.test(facts.userAgent) ? null : nameVerdict(facts);
}

function nameVerdict({ userAgent, brands, knownBot }: BotFacts): string | null {
  const headless = HEADLESS.exec(userAgent) ?? HEADLESS.exec(brands ?? "");
  if (headless !== null) return `headless:${headless[0].replace("/", "")}`;
  const scanner = SCANNER.exec(userAgent);
  if (scanner !== null) return `scanner:${scanner[0]}`;
  return knownBot === null ? null : `known:${knownBot.slice(0, MAX_NAME)}`;
}

/** One such event tells on the whole body: it has one sender. */
function placeVerdict(events: readonly EventPlace[]): string | null {
  for (const event of events) {
    const page = addressOf(event.url);
    const path = page && scannerPath(page.path);
    if (path) return `scanner_path:${path}`;
    // A page on such a host is not the site's own: its key was copied, and the visit never took place.
    const host =
      referrerSpamHost(addressOf(event.referrer)?.host ?? "") ?? referrerSpamHost(page?.host ?? "");
    if (host !== null) return `referrer_spam:${host}`;
  }
  return null;
}

/** Without the query, which says nothing here and takes longest to read. */
function addressOf(url: string | undefined): PageAddress | null {
  return url === undefined ? null : readPageAddress(url.replace(/[?#].*/s, ""));
}
