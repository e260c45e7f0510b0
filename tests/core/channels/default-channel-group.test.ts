import { describe } from "vitest";

import { expectChannels } from "./channel-row.ts";

/** Each rule of GA4's default channel group for manual traffic, and the order in which they are asked. */

describe("Direct: nothing said at all", () => {
  expectChannels([
    { is: "direct" },
    { source: "(direct)", is: "direct" },
    { source: "(direct)", medium: "(none)", is: "direct" },
    { source: "(direct)", medium: "(not set)", is: "direct" },
    { source: "(direct)", medium: "email", is: "email" },
  ]);
});

describe("Cross-network: the campaign's name contains it", () => {
  expectChannels([
    { source: "google", medium: "cpc", campaign: "cross-network", is: "cross-network" },
    { source: "google", medium: "cpc", campaign: "Spring Cross-Network EU", is: "cross-network" },
    { source: "bing", medium: "paid", campaign: "x-cross-network-shop", is: "cross-network" },
    { campaign: "cross-network", is: "cross-network" },
    { source: "google", medium: "cpc", campaign: "crossnetwork", is: "paid-search" },
    { source: "google", medium: "cpc", campaign: "cross network", is: "paid-search" },
  ]);
});

describe("Paid Shopping: a paid medium, and a shopping site or a shopping campaign", () => {
  expectChannels([
    { source: "amazon", medium: "cpc", is: "paid-shopping" },
    { source: "ebay.de", medium: "ppc", is: "paid-shopping" },
    { source: "Google Shopping", medium: "cpc", is: "paid-shopping" },
    { source: "google_shopping", medium: "paid", is: "paid-shopping" },
    { source: "idealo", medium: "cpc", is: "paid-shopping" },
    { source: "google", medium: "cpc", campaign: "shopping_de", is: "paid-shopping" },
    { source: "google", medium: "cpc", campaign: "Spring Shop", is: "paid-shopping" },
    { source: "google", medium: "cpc", campaign: "shop-window", is: "paid-shopping" },
    { source: "google", click: "gclid", campaign: "pla-shopping", is: "paid-shopping" },
    // GA4's pattern lets "eshop" pass and stops at any other letter before "shop".
    { source: "google", medium: "cpc", campaign: "eshop-brand", is: "paid-shopping" },
    { source: "google", medium: "cpc", campaign: "workshop", is: "paid-search" },
    { source: "google", medium: "cpc", campaign: "bishop", is: "paid-search" },
  ]);
});

describe("Paid Search: a paid medium and a search site", () => {
  expectChannels([
    { source: "google", medium: "cpc", is: "paid-search" },
    { source: "google", medium: "CPC", is: "paid-search" },
    { source: "GOOGLE", medium: "ppc", is: "paid-search" },
    { source: "google.com", medium: "cpc", is: "paid-search" },
    { source: "bing", medium: "ppc", is: "paid-search" },
    { source: "yandex", medium: "cpc", is: "paid-search" },
    { source: "baidu", medium: "cpa", is: "paid-search" },
    { source: "ecosia", medium: "paid", is: "paid-search" },
    { source: "duckduckgo", medium: "paidsearch", is: "paid-search" },
    { source: "google", medium: "paid_search", is: "paid-search" },
    { source: "google", medium: "retargeting", is: "paid-search" },
    { source: "google", medium: "ecpc", is: "paid-search" },
    // A CPM ad on a search site is its ad first, and Display only where the place is unknown.
    { source: "google", medium: "cpm", is: "paid-search" },
    { source: "google_ads", medium: "cpc", is: "paid-search" },
    { source: "adwords", medium: "cpc", is: "paid-search" },
  ]);
});

describe("Paid Social: a paid medium and a social site", () => {
  expectChannels([
    { source: "facebook", medium: "cpc", is: "paid-social" },
    { source: "fb", medium: "paid", is: "paid-social" },
    { source: "ig", medium: "paid_social", is: "paid-social" },
    { source: "instagram", medium: "paid-story", is: "paid-social" },
    { source: "linkedin", medium: "cpc", is: "paid-social" },
    { source: "tiktok", medium: "cpv", is: "paid-social" },
    { source: "tiktok", medium: "paid", is: "paid-social" },
    { source: "pinterest", medium: "cpc", is: "paid-social" },
    { source: "reddit", medium: "ppc", is: "paid-social" },
    { source: "x", medium: "cpc", is: "paid-social" },
    { source: "t.co", medium: "paid", is: "paid-social" },
    { source: "meta", medium: "retargeting", is: "paid-social" },
    { source: "facebook", medium: "cpm", is: "paid-social" },
  ]);
});

describe("Paid Video: a paid medium and a video site", () => {
  expectChannels([
    { source: "youtube", medium: "cpc", is: "paid-video" },
    { source: "youtube.com", medium: "paid", is: "paid-video" },
    { source: "vimeo", medium: "ppc", is: "paid-video" },
    { source: "twitch", medium: "cpm", is: "paid-video" },
    { source: "dailymotion", medium: "paidvideo", is: "paid-video" },
  ]);
});

describe("Display: one of five media", () => {
  expectChannels([
    { source: "partner", medium: "display", is: "display" },
    { source: "partner", medium: "banner", is: "display" },
    { source: "partner", medium: "expandable", is: "display" },
    { source: "partner", medium: "interstitial", is: "display" },
    { source: "partner", medium: "cpm", is: "display" },
    { source: "google", medium: "display", is: "display" },
    { medium: "Display", is: "display" },
    { source: "partner", medium: "displays", is: "unassigned" },
  ]);
});

describe("Paid Other: a paid medium elsewhere", () => {
  expectChannels([
    { source: "taboola", medium: "cpc", is: "paid-other" },
    { source: "partner", medium: "paid", is: "paid-other" },
    { source: "criteo", medium: "retargeting", is: "paid-other" },
    { source: "criteo", medium: "remarketing", is: "paid-other" },
    { source: "newsletter", medium: "cpc", is: "paid-other" },
    { medium: "cpc", is: "paid-other" },
    { source: "partner", medium: "unpaid", is: "unassigned" },
  ]);
});

describe("Organic Shopping: a shopping site or campaign, not paid", () => {
  expectChannels([
    { source: "amazon", is: "organic-shopping" },
    { source: "etsy", medium: "referral", is: "organic-shopping" },
    { source: "IGShopping", medium: "social", is: "organic-shopping" },
    { source: "letter", medium: "email", campaign: "shopping-week", is: "organic-shopping" },
    { campaign: "spring-shop", is: "organic-shopping" },
    { referrer: "ebay.com", is: "organic-shopping" },
  ]);
});

describe("Organic Social: a social site or a social medium", () => {
  expectChannels([
    { source: "facebook", is: "organic-social" },
    { source: "facebook", medium: "post", is: "organic-social" },
    { source: "linkedin", medium: "referral", is: "organic-social" },
    { source: "buffer", medium: "social", is: "organic-social" },
    { source: "buffer", medium: "social-network", is: "organic-social" },
    { source: "buffer", medium: "social-media", is: "organic-social" },
    { source: "buffer", medium: "sm", is: "organic-social" },
    { source: "buffer", medium: "social network", is: "organic-social" },
    { source: "buffer", medium: "Social Media", is: "organic-social" },
    { source: "buffer", medium: "social_media", is: "organic-social" },
    { source: "buffer", medium: "socialite", is: "unassigned" },
    { source: "hacker news", is: "organic-social" },
    { source: "facebook", medium: "email", is: "organic-social" },
  ]);
});

describe("Organic Video: a video site or a medium that contains video", () => {
  expectChannels([
    { source: "youtube", is: "organic-video" },
    { source: "youtube", medium: "organic", is: "organic-video" },
    { source: "blog", medium: "video", is: "organic-video" },
    { source: "blog", medium: "in-video-link", is: "organic-video" },
    { source: "facebook", medium: "video", is: "organic-social" },
  ]);
});

describe("Organic Search: a search site or the medium organic", () => {
  expectChannels([
    { source: "google", is: "organic-search" },
    { source: "google", medium: "organic", is: "organic-search" },
    { source: "gmb", medium: "organic", is: "organic-search" },
    { source: "bing", medium: "email", is: "organic-search" },
    { source: "partner", medium: "organics", is: "unassigned" },
  ]);
});

describe("Referral, E-mail, Affiliates, Audio, SMS, Mobile Push: by medium, or by a source named so", () => {
  expectChannels([
    { source: "partner.example", medium: "referral", is: "referral" },
    { source: "partner", medium: "app", is: "referral" },
    { source: "partner", medium: "link", is: "referral" },
    { source: "email", medium: "referral", is: "referral" },
    { source: "spring", medium: "email", is: "email" },
    { source: "spring", medium: "e-mail", is: "email" },
    { source: "spring", medium: "e_mail", is: "email" },
    { source: "spring", medium: "e mail", is: "email" },
    { source: "spring", medium: "newsletter", is: "email" },
    { source: "email", is: "email" },
    { source: "E-Mail", is: "email" },
    { source: "e_mail", medium: "spring", is: "email" },
    { source: "mailchimp", is: "email" },
    { source: "newsletter", is: "email" },
    { medium: "email", is: "email" },
    { source: "spring", medium: "emailing", is: "unassigned" },
    { source: "awin", medium: "affiliate", is: "affiliates" },
    { source: "awin", medium: "affiliates", is: "affiliates" },
    { source: "acme", medium: "partner", is: "affiliates" },
    { source: "spotify", medium: "audio", is: "audio" },
    { source: "sms", is: "sms" },
    { source: "klaviyo", medium: "sms", is: "sms" },
    { source: "sms", medium: "spring", is: "sms" },
    { source: "app", medium: "push", is: "push" },
    { source: "app", medium: "web-push", is: "push" },
    { source: "app", medium: "mobile", is: "push" },
    { source: "app", medium: "notification", is: "push" },
    { source: "app", medium: "app-notifications", is: "push" },
    { source: "firebase", is: "push" },
    { source: "app", medium: "pushed", is: "unassigned" },
  ]);
});

describe("Unassigned: tagged, and no rule knows the tags", () => {
  expectChannels([
    { source: "partner", is: "unassigned" },
    { source: "partner", medium: "spring", is: "unassigned" },
    { medium: "spring", is: "unassigned" },
    { campaign: "spring", is: "unassigned" },
    { source: "(not set)", medium: "(not set)", is: "unassigned" },
  ]);
});
