import { describe, expect, it } from "vitest";

import { botVerdict, type BotFacts } from "#core/bots/bot-verdict.ts";
import { findKnownBot } from "#platform/known-bots.ts";

const CHROME =
  "Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/142.0.0.0 Safari/537.36";

function verdict(given: Partial<BotFacts>): string | null {
  const facts = { method: "GET", userAgent: CHROME, purpose: null, ...given };
  return botVerdict({ ...facts, knownBot: findKnownBot(facts.userAgent) });
}

describe("botVerdict", () => {
  it("takes a person for a person", () => {
    expect(verdict({})).toBeNull();
    expect(verdict({ method: "POST" })).toBeNull();
  });

  it.each([
    ["HEAD", { method: "HEAD" }, "head"],
    ["a prefetch", { purpose: "prefetch" }, "prefetch"],
    ["a prerender", { purpose: "prefetch;prerender" }, "prefetch"],
    ["Safari's preview", { purpose: "preview" }, "prefetch"],
    ["no user agent", { userAgent: " " }, "no_user_agent"],
  ])("counts %s as a bot", (_, facts, reason) => {
    expect(verdict(facts)).toBe(reason);
  });

  it.each([
    "Mozilla/5.0 (compatible; Googlebot/2.1; +http://www.google.com/bot.html)",
    "Slackbot-LinkExpanding 1.0 (+https://api.slack.com/robots)",
    "facebookexternalhit/1.1 (+http://www.facebook.com/externalhit_uatext.php)",
    "WhatsApp/2.23.20.0",
    "Twitterbot/1.0",
    "TelegramBot (like TwitterBot)",
    "Mozilla/5.0 (compatible; Discordbot/2.0; +https://discordapp.com)",
    "LinkedInBot/1.0 (compatible; Mozilla/5.0; Apache-HttpClient +http://www.linkedin.com)",
    "curl/8.9.1",
    "python-requests/2.32",
    "Mozilla/5.0 (X11; Linux x86_64) AppleWebKit/537.36 (KHTML, like Gecko) HeadlessChrome/142.0.0.0 Safari/537.36",
  ])("knows %s by name", (userAgent) => {
    expect(verdict({ userAgent })).toMatch(/^known:./);
  });

  it.each([
    ["Mozilla/5.0 (compatible; MSIE 9.0; Windows NT 6.1; ms-office)", "scanner:ms-office"],
    ["Mozilla/5.0 (Windows NT 10.0) Proofpoint", "scanner:Proofpoint"],
  ])("counts the mail scanner %s as a bot", (userAgent, reason) => {
    expect(verdict({ userAgent })).toBe(reason);
  });

  it.each([
    "Mozilla/5.0 (Windows NT 5.1; rv:11.0) Gecko Firefox/11.0 (via ggpht.com GoogleImageProxy)",
    "YahooMailProxy; https://help.yahoo.com/kb/yahoo-mail-proxy-SLN28749.html",
  ])("takes the mailbox proxy %s for the person who opened the mail", (userAgent) => {
    expect(verdict({ userAgent })).toBeNull();
  });

  it("never writes a reason that grows with the user agent", () => {
    expect((verdict({ userAgent: `bot${"t".repeat(5_000)}` }) ?? "").length).toBeLessThan(64);
  });
});
