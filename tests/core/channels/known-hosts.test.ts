import { describe, expect, it } from "vitest";

import { sourceKind } from "#core/channels/known-hosts.ts";
import { expectChannels } from "./channel-row.ts";

describe("a search engine's referrer, in any country and on any device, is Organic Search", () => {
  expectChannels([
    { referrer: "google.com", is: "organic-search" },
    { referrer: "www.google.com", is: "organic-search" },
    { referrer: "google.de", is: "organic-search" },
    { referrer: "google.co.uk", is: "organic-search" },
    { referrer: "google.com.br", is: "organic-search" },
    { referrer: "google.com.au", is: "organic-search" },
    { referrer: "google.co.jp", is: "organic-search" },
    { referrer: "images.google.fr", is: "organic-search" },
    { referrer: "news.google.com", is: "organic-search" },
    { referrer: "bing.com", is: "organic-search" },
    { referrer: "cn.bing.com", is: "organic-search" },
    { referrer: "yahoo.co.jp", is: "organic-search" },
    { referrer: "search.yahoo.com", is: "organic-search" },
    { referrer: "search.yahoo.co.jp", is: "organic-search" },
    { referrer: "de.search.yahoo.com", is: "organic-search" },
    { referrer: "duckduckgo.com", is: "organic-search" },
    { referrer: "yandex.ru", is: "organic-search" },
    { referrer: "yandex.com.tr", is: "organic-search" },
    { referrer: "m.baidu.com", is: "organic-search" },
    { referrer: "ecosia.org", is: "organic-search" },
    { referrer: "lite.qwant.com", is: "organic-search" },
    { referrer: "search.brave.com", is: "organic-search" },
    { referrer: "m.search.naver.com", is: "organic-search" },
    { referrer: "search.seznam.cz", is: "organic-search" },
    { referrer: "go.mail.ru", is: "organic-search" },
    { referrer: "com.google.android.googlequicksearchbox", is: "organic-search" },
    { referrer: "GOOGLE.COM", is: "organic-search" },
  ]);
});

describe("what else stands on a search engine's domain is not a search", () => {
  expectChannels([
    { referrer: "docs.google.com", is: "referral" },
    { referrer: "ads.google.com", is: "referral" },
    { referrer: "finance.yahoo.com", is: "referral" },
    { referrer: "mail.google.com", is: "email" },
    { referrer: "mail.yahoo.com", is: "email" },
    { referrer: "groups.google.com", is: "organic-social" },
    { referrer: "blog.naver.com", is: "organic-social" },
    { referrer: "shopping.google.com", is: "organic-shopping" },
    { referrer: "gemini.google.com", is: "referral" },
  ]);
});

describe("a social network's referrer is Organic Social, whichever of its hosts refers", () => {
  expectChannels([
    { referrer: "facebook.com", is: "organic-social" },
    { referrer: "m.facebook.com", is: "organic-social" },
    { referrer: "l.facebook.com", is: "organic-social" },
    { referrer: "lm.facebook.com", is: "organic-social" },
    { referrer: "business.facebook.com", is: "organic-social" },
    { referrer: "l.instagram.com", is: "organic-social" },
    { referrer: "out.reddit.com", is: "organic-social" },
    { referrer: "old.reddit.com", is: "organic-social" },
    { referrer: "t.co", is: "organic-social" },
    { referrer: "x.com", is: "organic-social" },
    { referrer: "lnkd.in", is: "organic-social" },
    { referrer: "pinterest.co.uk", is: "organic-social" },
    { referrer: "br.pinterest.com", is: "organic-social" },
    { referrer: "away.vk.com", is: "organic-social" },
    { referrer: "news.ycombinator.com", is: "organic-social" },
    { referrer: "bsky.app", is: "organic-social" },
    { referrer: "com.facebook.katana", is: "organic-social" },
  ]);
});

describe("video and shopping sites and mail readers by their hosts", () => {
  expectChannels([
    { referrer: "youtube.com", is: "organic-video" },
    { referrer: "m.youtube.com", is: "organic-video" },
    { referrer: "youtu.be", is: "organic-video" },
    { referrer: "player.vimeo.com", is: "organic-video" },
    { referrer: "twitch.tv", is: "organic-video" },
    { referrer: "amazon.com", is: "organic-shopping" },
    { referrer: "amazon.co.jp", is: "organic-shopping" },
    { referrer: "smile.amazon.de", is: "organic-shopping" },
    { referrer: "ebay.com.au", is: "organic-shopping" },
    { referrer: "aws.amazon.com", is: "referral" },
    { referrer: "outlook.live.com", is: "email" },
    { referrer: "com.google.android.gm", is: "email" },
    { referrer: "deref-gmx.net", is: "email" },
  ]);
});

describe("an assistant's links are Referral, with the utm_source it adds or without", () => {
  expectChannels([
    { referrer: "chatgpt.com", is: "referral" },
    { referrer: "perplexity.ai", is: "referral" },
    { referrer: "claude.ai", is: "referral" },
    { referrer: "copilot.microsoft.com", is: "referral" },
    { referrer: "edgeservices.bing.com", is: "referral" },
    { source: "chatgpt.com", is: "referral" },
    { source: "perplexity", is: "referral" },
    { source: "chatgpt", medium: "cpc", is: "paid-other" },
  ]);
});

describe("a host that only looks like a known one is Referral", () => {
  expectChannels([
    { referrer: "mybing.example", is: "referral" },
    { referrer: "bing.example", is: "referral" },
    { referrer: "notgoogle.com", is: "referral" },
    { referrer: "google.com.evil.example", is: "referral" },
    { referrer: "facebook.com.evil.example", is: "referral" },
    { referrer: "google.evil.example", is: "referral" },
    { referrer: "google.shop", is: "referral" },
    { referrer: "amazonia.example", is: "referral" },
    { referrer: "my-facebook.com", is: "referral" },
    { referrer: "facebook-login.com", is: "referral" },
    { referrer: "x.org", is: "referral" },
    { referrer: "medium.example", is: "referral" },
    { referrer: "line.example", is: "referral" },
    { referrer: "ask.example", is: "referral" },
    { referrer: "cnn.com", is: "referral" },
    { referrer: "shop.example", is: "referral" },
    { referrer: "t.co.example", is: "referral" },
    { referrer: "email.example", is: "referral" },
    { referrer: "10.0.0.1", is: "referral" },
    { referrer: "localhost", is: "referral" },
    { referrer: "com", is: "referral" },
    { source: "facebookish", medium: "cpc", is: "paid-other" },
    { source: "googler", is: "unassigned" },
  ]);
});

describe("the kind of a source", () => {
  it.each([
    ["  Google  ", "search"],
    ["Hacker News", "social"],
    ["google_shopping", "shopping"],
    ["www.facebook.com", "social"],
    ["", null],
    [".", null],
    ["..", null],
    ["constructor", null],
    ["__proto__", null],
  ])("of %j is %s", (source, kind) => {
    expect(sourceKind(source)).toBe(kind);
  });
});
