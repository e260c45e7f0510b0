import { describe, expect, it } from "vitest";

import { CHANNEL_LABELS, CHANNELS, parseChannel } from "#core/channels/channel.ts";
import { channelOf, expectChannels } from "./channel-row.ts";

describe("Podcast, Influencer and Offline go before every rule of GA4", () => {
  expectChannels([
    { source: "acast", medium: "podcast", is: "podcast" },
    { source: "spotify", medium: "Podcast-Ad", is: "podcast" },
    { source: "show", medium: "host read", is: "podcast" },
    { source: "youtube", medium: "podcast", is: "podcast" },
    { source: "instagram", medium: "influencer", is: "influencer" },
    { source: "anna", medium: "creator", is: "influencer" },
    { source: "anna", medium: "ambassador", is: "influencer" },
    { source: "fair", medium: "flyer", is: "offline" },
    { source: "metro", medium: "print", is: "offline" },
    { source: "metro", medium: "qr", is: "offline" },
    { source: "radio1", medium: "radio", is: "offline" },
    { source: "post", medium: "direct_mail", is: "offline" },
    { source: "station", medium: "OOH", is: "offline" },
    { source: "amazon", medium: "tv", campaign: "shopping", is: "offline" },
    { source: "podcast", is: "unassigned" },
  ]);
});

describe("a click id stands for what auto-tagged ads leave out", () => {
  expectChannels([
    { click: "gclid", is: "paid-search" },
    { click: "gbraid", is: "paid-search" },
    { click: "wbraid", is: "paid-search" },
    { click: "msclkid", is: "paid-search" },
    { click: "ttclid", is: "paid-social" },
    { click: "li_fat_id", is: "paid-social" },
    { click: "twclid", is: "paid-social" },
    // Facebook adds it to every outgoing link, paid or not.
    { click: "fbclid", is: "organic-social" },
    { click: "fbclid", medium: "paid", is: "paid-social" },
    { click: "fbclid", source: "facebook", is: "organic-social" },
    { click: "fbclid", source: "fb", medium: "cpc", is: "paid-social" },
    { click: "gclid", source: "google", is: "paid-search" },
    { click: "gclid", source: "youtube", is: "paid-video" },
    { click: "gclid", medium: "cpc", is: "paid-search" },
    { click: "ttclid", source: "tiktok", is: "paid-social" },
    { click: "gclid", source: "spring-ads", is: "paid-search" },
    { click: "fbclid", source: "awin", medium: "affiliate", is: "affiliates" },
    { click: "fbclid", source: "letter", medium: "email", is: "email" },
    { click: "fbclid", medium: "email", is: "email" },
    { click: "fbclid", source: "partner", is: "unassigned" },
    { click: "gclid", source: "letter", medium: "email", is: "email" },
    { click: "unknown", is: "unassigned" },
  ]);
});

describe("tags beat the referrer, and a name beats both", () => {
  expectChannels([
    { source: "letter", medium: "email", referrer: "google.com", is: "email" },
    { click: "gclid", referrer: "facebook.com", is: "paid-search" },
    { source: "partner", referrer: "google.com", is: "unassigned" },
    { named: "podcast", source: "google", medium: "cpc", is: "podcast" },
    { named: "Paid Search", referrer: "facebook.com", is: "paid-search" },
    { named: " E-MAIL ", is: "email" },
    { named: "Mobile Push", is: "push" },
    { named: "billboards", source: "google", medium: "cpc", is: "paid-search" },
    { named: "billboards", is: "unassigned" },
    { named: "billboards", own: "offline", is: "offline" },
  ]);
});

describe("a campaign's own channel speaks where the contact has no sign that a rule knows", () => {
  expectChannels([
    { namedCampaign: "Spring", own: "podcast", is: "podcast" },
    { slug: "spring", own: "influencer", is: "influencer" },
    { promo: "SPRING", own: "offline", is: "offline" },
    { campaign: "spring", own: "podcast", is: "podcast" },
    { campaign: "shopping", own: "podcast", is: "podcast" },
    { source: "partner", own: "affiliates", is: "affiliates" },
    { source: "google", medium: "cpc", own: "podcast", is: "paid-search" },
    { referrer: "blog.example", own: "influencer", is: "referral" },
    { slug: "spring", is: "unassigned" },
    { promo: "SPRING", is: "direct" },
    { namedCampaign: "Spring", is: "unassigned" },
  ]);
});

describe("upper case and stray spaces change nothing", () => {
  expectChannels([
    { source: "  Google ", medium: " CPC ", is: "paid-search" },
    { source: "FACEBOOK", medium: "Paid", is: "paid-social" },
    { source: "spring", medium: " Email", is: "email" },
    { source: "SMS", is: "sms" },
    { source: "FireBase", is: "push" },
    { source: "google", medium: "cpc", campaign: "SHOPPING", is: "paid-shopping" },
    { source: "   ", medium: "   ", is: "unassigned" },
  ]);
});

describe("the names of channels", () => {
  it("are read by code and by label, whatever their case", () => {
    for (const channel of CHANNELS) {
      expect(parseChannel(channel)).toBe(channel);
      expect(parseChannel(` ${CHANNEL_LABELS[channel].toUpperCase()} `)).toBe(channel);
    }
  });

  it("are no other words, and no property of an object", () => {
    for (const word of ["", "paid", "cpc", "constructor", "toString", "__proto__"]) {
      expect(parseChannel(word)).toBeNull();
    }
  });

  it("are GA4's default channel group, ours, and Unassigned", () => {
    expect(CHANNELS.map((channel) => CHANNEL_LABELS[channel])).toEqual([
      "Direct",
      "Organic Search",
      "Paid Search",
      "Organic Social",
      "Paid Social",
      "Organic Video",
      "Paid Video",
      "Organic Shopping",
      "Paid Shopping",
      "Display",
      "Paid Other",
      "Cross-network",
      "E-mail",
      "Affiliates",
      "Referral",
      "Audio",
      "SMS",
      "Mobile Push",
      "Podcast",
      "Influencer",
      "Offline",
      "Unassigned",
    ]);
  });

  it("are all that a contact can get", () => {
    expect(CHANNELS).toContain(channelOf({ source: "\u{1F600}", medium: "\u0000" }));
  });
});
