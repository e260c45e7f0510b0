import type { CreateCampaignRequest } from "#contract/campaigns.ts";

/** What the demo shop advertises. Days are counted back from today. */
export type DemoCampaign = Pick<
  CreateCampaignRequest,
  "name" | "channel" | "goal" | "owner" | "notes" | "matchers"
> & {
  startDay: number;
  endDay: number;
  budgetMinor: number;
  targetRoas?: number;
  status: "active" | "paused" | "completed" | "draft";
  /** Mean spend of a day of the flight, minor units. */
  dailySpendMinor: number;
  shortLink?: DemoLink;
};

export type DemoLink = {
  slug: string;
  note: string;
  /** People who follow it while the demo is made. */
  followers?: number;
};

const utm = (value: string) => ({ kind: "utm_campaign", value }) as const;
const promo = (value: string) => ({ kind: "promo_code", value }) as const;

export const DEMO_CAMPAIGNS: readonly DemoCampaign[] = [
  {
    name: "Brand search",
    channel: "paid-search",
    goal: "Catch those who look for us",
    owner: "Mira",
    matchers: [utm("brand-search")],
    startDay: 61,
    endDay: -15,
    budgetMinor: 180_000,
    targetRoas: 3,
    status: "active",
    dailySpendMinor: 2_600,
  },
  {
    name: "Autumn roast newsletter",
    channel: "email",
    goal: "Sell the seasonal roast to those who know us",
    owner: "Jonas",
    matchers: [utm("autumn-roast"), utm("autumn_roast")],
    startDay: 56,
    endDay: -5,
    budgetMinor: 30_000,
    targetRoas: 8,
    status: "active",
    dailySpendMinor: 480,
    shortLink: { slug: "roast", note: "The QR code on the card in every parcel", followers: 14 },
  },
  {
    name: "Morning Hours podcast",
    channel: "podcast",
    goal: "Host-read sponsorship, eight episodes",
    owner: "Mira",
    notes: "Listeners hear the code MORNING and the short link; both count.",
    matchers: [utm("morning-hours"), promo("MORNING")],
    startDay: 52,
    endDay: 4,
    budgetMinor: 180_000,
    status: "active",
    dailySpendMinor: 3_200,
    shortLink: { slug: "morning", note: "Read out by the host" },
  },
  {
    name: "Stories: first cup",
    channel: "paid-social",
    goal: "Meet people who do not know us yet",
    owner: "Aylin",
    matchers: [utm("first-cup")],
    startDay: 47,
    endDay: -10,
    budgetMinor: 140_000,
    targetRoas: 1.5,
    status: "active",
    dailySpendMinor: 2_900,
  },
  {
    name: "Barista creators",
    channel: "influencer",
    goal: "Three creators, one code",
    owner: "Aylin",
    matchers: [utm("barista-creators"), promo("BARISTA")],
    startDay: 40,
    endDay: 6,
    budgetMinor: 90_000,
    status: "completed",
    dailySpendMinor: 2_600,
  },
  {
    name: "Winter gift boxes",
    channel: "email",
    goal: "Pre-orders for December",
    owner: "Jonas",
    matchers: [utm("gift-boxes")],
    startDay: -8,
    endDay: -40,
    budgetMinor: 120_000,
    status: "draft",
    dailySpendMinor: 0,
  },
];

/** Where the demo's visits come from: the landing's query or referrer, and how such visits behave. */
export type DemoSource = {
  weight: number;
  /** The campaign whose flight bounds it. */
  campaign?: string;
  query?: string;
  referrer?: string;
  conversionRate: number;
  /** A code some of its buyers type in. */
  promoCode?: string;
};

export const DEMO_SOURCES: readonly DemoSource[] = [
  { weight: 21, conversionRate: 0.07 },
  { weight: 19, referrer: "https://www.google.com/", conversionRate: 0.035 },
  { weight: 4, referrer: "https://duckduckgo.com/", conversionRate: 0.03 },
  { weight: 6, referrer: "https://www.coffeeness.example/grinders", conversionRate: 0.045 },
  { weight: 5, referrer: "https://www.instagram.com/", conversionRate: 0.012 },
  {
    weight: 17,
    campaign: "Brand search",
    query: "utm_source=google&utm_medium=cpc&utm_campaign=brand-search",
    conversionRate: 0.085,
  },
  {
    weight: 12,
    campaign: "Autumn roast newsletter",
    query: "utm_source=newsletter&utm_medium=email&utm_campaign=autumn-roast",
    conversionRate: 0.1,
  },
  {
    weight: 13,
    campaign: "Morning Hours podcast",
    query: "utm_source=morning-hours&utm_medium=podcast&utm_campaign=morning-hours",
    conversionRate: 0.075,
    promoCode: "MORNING",
  },
  {
    weight: 18,
    campaign: "Stories: first cup",
    query: "utm_source=instagram&utm_medium=paid_social&utm_campaign=first-cup",
    conversionRate: 0.022,
  },
  {
    weight: 8,
    campaign: "Barista creators",
    query: "utm_source=youtube&utm_medium=influencer&utm_campaign=barista-creators",
    conversionRate: 0.02,
    promoCode: "BARISTA",
  },
];

export const DEMO_PAGES = [
  "/",
  "/beans",
  "/beans/harbour-roast",
  "/beans/ethiopia",
  "/grinders",
  "/about",
] as const;

/** What a basket is worth, minor units. */
export const DEMO_BASKETS = [
  { weight: 5, valueMinor: 1_690 },
  { weight: 6, valueMinor: 2_480 },
  { weight: 5, valueMinor: 3_370 },
  { weight: 3, valueMinor: 4_990 },
  { weight: 2, valueMinor: 7_450 },
  { weight: 1, valueMinor: 12_900 },
] as const;
