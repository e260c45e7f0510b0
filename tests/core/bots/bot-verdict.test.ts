import { describe, expect, it } from "vitest";

import { botVerdict, type BotFacts, type EventPlace } from "#core/bots/bot-verdict.ts";
import { findKnownBot } from "#platform/known-bots.ts";

import { PEOPLE } from "./people.ts";

const CHROME = PEOPLE["Chrome on Windows"] ?? "";

function verdict(given: Partial<BotFacts>, events: EventPlace[] = []): string | null {
  const facts = { method: "GET", userAgent: CHROME, purpose: null, brands: null, ...given };
  return botVerdict({ ...facts, knownBot: findKnownBot(facts.userAgent) }, events);
}

describe("botVerdict takes for a person", () => {
  it.each(Object.entries(PEOPLE))("%s", (_, userAgent) => {
    expect(verdict({ userAgent })).toBeNull();
    expect(verdict({ userAgent, method: "POST" })).toBeNull();
  });

  it.each([
    ["Chrome's brands", '"Chromium";v="142", "Google Chrome";v="142", "Not_A Brand";v="99"'],
    ["brands that a proxy left empty", ""],
    ["no brands at all", null],
  ])("whoever sends %s", (_, brands) => {
    expect(verdict({ brands })).toBeNull();
  });

  it.each([
    "https://shop.example/",
    "https://shop.example/wp-login",
    "https://shop.example/blog/what-is-a-.env-file",
    "https://shop.example/environment",
    "https://shop.example/git/",
    "https://shop.example/search?q=/wp-login.php",
    "https://shop.example/#/.env",
    "https://shop.example/2026/11/xmlrpc.php-explained",
    "https://shop.example/wp-admin/",
    "not an address",
  ])("whoever looks at %s", (url) => {
    expect(verdict({}, [{ url }])).toBeNull();
  });

  it.each([
    "https://semrush.com/",
    "https://notsemalt.com/",
    "https://semalt.com.news.example/",
    "https://www.google.com/search?q=semalt.com",
    "https://news.ycombinator.com/item?id=1",
    "semalt.com",
    "",
  ])("whoever comes from %s", (referrer) => {
    expect(verdict({}, [{ url: "https://shop.example/", referrer }])).toBeNull();
  });
});

describe("botVerdict counts as a bot, with the reason", () => {
  it.each([
    ["HEAD", { method: "HEAD" }, "head"],
    ["a prefetch", { purpose: "prefetch" }, "prefetch"],
    ["a prerender", { purpose: "prefetch;prerender" }, "prefetch"],
    ["Safari's preview", { purpose: "preview" }, "prefetch"],
    ["no user agent", { userAgent: " " }, "no_user_agent"],
    [
      "a headless Chrome under another name",
      { brands: '"Chromium";v="142", "HeadlessChrome";v="142", "Not_A Brand";v="99"' },
      "headless:HeadlessChrome",
    ],
  ])("%s", (_, facts, reason) => {
    expect(verdict(facts)).toBe(reason);
  });

  it.each([
    [
      "Mozilla/5.0 (X11; Linux x86_64) AppleWebKit/537.36 (KHTML, like Gecko) HeadlessChrome/142.0.0.0 Safari/537.36",
      "headless:HeadlessChrome",
    ],
    [
      "Mozilla/5.0 (Unknown; Linux x86_64) AppleWebKit/538.1 (KHTML, like Gecko) PhantomJS/2.1.1 Safari/538.1",
      "headless:PhantomJS",
    ],
    ["Mozilla/5.0 (Windows NT 10.0) Chrome/142.0.0.0 Safari/537.36 Puppeteer", "headless:Puppeteer"],
    [
      "Mozilla/5.0 (Linux; Android 11; moto g power (2022)) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/142.0.0.0 Mobile Safari/537.36 Chrome-Lighthouse",
      "headless:Lighthouse",
    ],
    [
      "Mozilla/5.0 (Linux; Android 8.1.0; Moto G (4)) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/142.0.0.0 Mobile Safari/537.36 PTST/251024.1",
      "headless:PTST",
    ],
  ])("a browser that a program drives: %s", (userAgent, reason) => {
    expect(verdict({ userAgent })).toBe(reason);
  });

  it.each([
    "Mozilla/5.0 (compatible; Googlebot/2.1; +http://www.google.com/bot.html)",
    "Mozilla/5.0 (Linux; Android 6.0.1; Nexus 5X Build/MMB29P) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/142.0.7444.59 Mobile Safari/537.36 (compatible; Googlebot/2.1; +http://www.google.com/bot.html)",
    "Mozilla/5.0 AppleWebKit/537.36 (KHTML, like Gecko; compatible; GPTBot/1.2; +https://openai.com/gptbot)",
    "Mozilla/5.0 AppleWebKit/537.36 (KHTML, like Gecko; compatible; ClaudeBot/1.0; +claudebot@anthropic.com)",
    "Mozilla/5.0 (compatible; bingbot/2.0; +http://www.bing.com/bingbot.htm)",
    "Mozilla/5.0 (compatible; AhrefsBot/7.0; +http://ahrefs.com/robot/)",
    "Slackbot-LinkExpanding 1.0 (+https://api.slack.com/robots)",
    "facebookexternalhit/1.1 (+http://www.facebook.com/externalhit_uatext.php)",
    "meta-externalagent/1.1 (+https://developers.facebook.com/docs/sharing/webmasters/crawler)",
    "WhatsApp/2.23.20.0",
    "Twitterbot/1.0",
    "TelegramBot (like TwitterBot)",
    "Mozilla/5.0 (compatible; Discordbot/2.0; +https://discordapp.com)",
    "LinkedInBot/1.0 (compatible; Mozilla/5.0; Apache-HttpClient +http://www.linkedin.com)",
    "curl/8.9.1",
    "python-requests/2.32",
    "Go-http-client/2.0",
    "axios/1.12.2",
  ])("%s by its name", (userAgent) => {
    expect(verdict({ userAgent })).toMatch(/^known:./);
  });

  it.each([
    ["Mozilla/5.0 (compatible; MSIE 9.0; Windows NT 6.1; ms-office)", "scanner:ms-office"],
    ["Mozilla/5.0 (Windows NT 10.0) Proofpoint", "scanner:Proofpoint"],
  ])("the mail scanner %s", (userAgent, reason) => {
    expect(verdict({ userAgent })).toBe(reason);
  });

  it.each([
    ["https://shop.example/wp-login.php", "/wp-login.php"],
    ["https://shop.example/wp-login.php?redirect_to=%2F", "/wp-login.php"],
    ["https://shop.example//WP-LOGIN.php", "/wp-login.php"],
    ["https://shop.example/blog/wp-login.php", "/wp-login.php"],
    ["https://shop.example/.env", "/.env"],
    ["https://shop.example/.git", "/.git/"],
    ["https://shop.example/.git/config", "/.git/"],
    ["https://shop.example/phpMyAdmin/index.php", "/phpmyadmin/"],
    ["https://shop.example/vendor/phpunit/phpunit/src/Util/PHP/eval-stdin.php", "/vendor/phpunit/"],
    ["https://shop.example/cgi-bin/luci", "/cgi-bin/"],
    ["https://shop.example/xmlrpc.php#x", "/xmlrpc.php"],
  ])("a scanner at %s", (url, path) => {
    expect(verdict({}, [{ url: "https://shop.example/" }, { url }])).toBe(`scanner_path:${path}`);
  });

  it.each([
    ["https://semalt.com/", "semalt.com"],
    ["http://SEMALT.com:80/crawler.php?u=x", "semalt.com"],
    ["https://www.semalt.com", "semalt.com"],
    ["http://forum.topic8976.darodar.com/", "darodar.com"],
    ["https://buttons-for-website.com./x", "buttons-for-website.com"],
  ])("a visit that %s made up", (referrer, host) => {
    const real = { url: "https://shop.example/", referrer: "https://news.example/" };
    expect(verdict({}, [real, { url: "https://shop.example/", referrer }])).toBe(`referrer_spam:${host}`);
  });

  it("a visit to a page that is on such a host itself", () => {
    expect(verdict({}, [{ url: "https://semalt.com/shop" }])).toBe("referrer_spam:semalt.com");
  });

  it("with a reason that does not grow with what was sent", () => {
    const long = "t".repeat(5_000);
    for (const reason of [
      verdict({ userAgent: `bot${long}` }),
      verdict({}, [{ url: `https://shop.example/.git/${long}` }]),
      verdict({}, [{ referrer: `https://${"a.".repeat(2_000)}semalt.com/` }]),
    ]) {
      expect(reason).toMatch(/./);
      expect(reason?.length).toBeLessThan(64);
    }
  });
});
