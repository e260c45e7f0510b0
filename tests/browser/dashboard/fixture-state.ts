import type { Monitoring } from "#contract/monitoring.ts";
import type { DeadLetter } from "#contract/admin.ts";
import type { Alert, AlertChannel, SaveAlertRuleRequest } from "#contract/alerts.ts";
import type { ApiKey, Me, Member } from "#contract/accounts.ts";
import type { Campaign, SpendRow } from "#contract/campaigns.ts";
import type { Deal } from "#contract/deals.ts";
import type { EventRow } from "#contract/events.ts";
import type { Link } from "#contract/links.ts";
import type { ProductMetrics } from "#contract/product-metrics.ts";
import type { ExchangeRate } from "#contract/rates.ts";
import type { Run } from "#contract/runs.ts";
import type { Site } from "#contract/sites.ts";
import type { LedgerRow } from "#contract/spend.ts";
import type { TrackingHealth } from "#contract/tracking.ts";
import { addDays, toDay } from "#frontend/format/day.ts";
import { SITE_ID } from "./fixture-answers.ts";
import { BUCKETS, bucketDay, campaignName, dice } from "./fixture-figures.ts";
import { demoDeals, demoLedger, demoRates } from "./fixture-ledger.ts";
import { demoReporting, noReporting } from "./fixture-reporting.ts";
import type { Reporting } from "./fixture-reporting.ts";
import { demoRuns } from "./fixture-runs.ts";
import { demoAlerts, demoChannels } from "./fixture-alert-facts.ts";
import { demoLetters } from "./fixture-tracking.ts";

/** What the made-up API knows; a test may change any of it. */
export type FixtureState = {
  isSignedIn: boolean;
  me: Me;
  sites: Site[];
  campaigns: Campaign[];
  spend: Record<string, SpendRow[]>;
  ledger: LedgerRow[];
  deals: Deal[];
  rates: ExchangeRate[];
  links: Link[];
  events: EventRow[];
  runs: Run[];
  reporting: Reporting;
  apiKeys: ApiKey[];
  members: Member[];
  letters: DeadLetter[];
  /** What differs from an installation that runs. */
  monitoring?: Partial<Monitoring>;
  /** What differs from a young product. */
  productMetrics?: Partial<ProductMetrics>;
  alerts: Alert[];
  alertChannels: AlertChannel[];
  /** What rules were asked to become, and became. */
  savedRules: SaveAlertRuleRequest[];
  /** What differs from a healthy site. */
  health: Partial<TrackingHealth>;
  /** How many further questions about journeys are answered by "computing". */
  computing: number;
  /** Markov has no figures. */
  tooManyStates: boolean;
  /** Beginning of a path, or all of it with a $ behind → the status that it answers with. */
  failures: Record<string, number>;
  /** Each call as "METHOD /path". */
  calls: string[];
};

const AT = "2026-03-02T09:00:00.000Z";
const MINUTE_MS = 60_000;

export function demoState(): FixtureState {
  const site = demoSite();
  return {
    isSignedIn: true,
    me: {
      id: "usr_mara",
      email: "mara@nordkost.example",
      name: "Mara Lind",
      emailConfirmed: true,
      account: { id: "acc_nord", name: "Nordkost" },
      role: "owner",
      superadmin: false,
      createdAt: AT,
    },
    sites: [site, { ...site, id: "site_wein", key: "wms_wein", name: "Weinkeller", domain: "wein.example" }],
    campaigns: demoCampaigns(),
    spend: { cmp_autumn: demoSpend() },
    ledger: demoLedger(),
    deals: demoDeals(),
    rates: demoRates(),
    links: demoLinks(),
    events: demoEvents(),
    runs: demoRuns(),
    reporting: demoReporting(),
    apiKeys: [
      {
        id: "key_1",
        name: "Shop backend",
        scopes: ["events:write", "analytics:read"],
        createdAt: AT,
        lastUsedAt: ago(7),
      },
      {
        id: "key_2",
        name: "Data warehouse",
        scopes: ["events:read", "analytics:read"],
        createdAt: AT,
        lastUsedAt: null,
      },
    ],
    members: [
      { id: "usr_mara", email: "mara@nordkost.example", name: "Mara Lind", role: "owner", createdAt: AT },
      {
        id: "usr_jon",
        email: "jon@nordkost.example",
        name: "Jon Aster",
        role: "marketer",
        createdAt: ago(60 * 24 * 40),
      },
    ],
    letters: demoLetters(),
    alerts: demoAlerts(),
    alertChannels: demoChannels(),
    savedRules: [],
    health: {},
    computing: 0,
    tooManyStates: false,
    failures: {},
    calls: [],
  };
}

/** An account that has just been made. */
export function freshState(): FixtureState {
  const state = demoState();
  return {
    ...state,
    me: { ...state.me, emailConfirmed: false },
    sites: [],
    campaigns: [],
    spend: {},
    ledger: [],
    deals: [],
    rates: [],
    links: [],
    events: [],
    runs: [],
    reporting: noReporting(),
    apiKeys: [],
  };
}

export function demoSite(): Site {
  return {
    id: SITE_ID,
    key: "wms_5Qd9c2",
    name: "Nordkost",
    domain: "nordkost.example",
    timeZone: "Europe/Berlin",
    currency: "EUR",
    identity: "first-party",
    consentRequired: false,
    withoutConsent: "cookieless",
    honourGpc: true,
    honourDnt: false,
    origins: [],
    ownDomains: ["pay.example"],
    silent: false,
    marginPercent: 40,
    snippet: '<script defer src="https://c.waymark.example/attribution.js" data-site="wms_5Qd9c2"></script>',
    createdAt: AT,
    firstEventAt: AT,
    lastEventAt: ago(1),
  };
}

function demoCampaigns(): Campaign[] {
  const plans: Record<string, Partial<Campaign>> = {
    cmp_autumn: {
      budget: { minor: 1_200_000, currency: "EUR" },
      startsOn: "2026-10-01",
      endsOn: "2026-12-15",
      targetRoas: 3.5,
      goal: "900 orders",
      matchers: [
        { kind: "utm_campaign", value: "autumn-sale" },
        { kind: "utm_campaign", value: "herbst26" },
        { kind: "promo_code", value: "autumn15" },
      ],
    },
    cmp_brand: { budget: { minor: 420_000, currency: "EUR" }, startsOn: "2026-01-01" },
    cmp_nord: {
      budget: { minor: 600_000, currency: "EUR" },
      startsOn: "2026-11-01",
      endsOn: "2026-11-30",
      status: "paused",
    },
    cmp_lena: { status: "completed", startsOn: "2026-09-01", endsOn: "2026-10-31" },
  };
  const live = BUCKETS.flatMap(({ id, name, channel }) =>
    id ? [campaign({ id, name, channel, ...plans[id] })] : [],
  );
  return [
    ...live,
    campaign({
      id: "cmp_winter",
      name: "Winter warm-up",
      channel: "display",
      status: "draft",
      startsOn: "2026-12-20",
    }),
  ];
}

function campaign(own: Pick<Campaign, "id" | "name" | "channel"> & Partial<Campaign>): Campaign {
  return {
    siteId: SITE_ID,
    status: "active",
    startsOn: null,
    endsOn: null,
    budget: null,
    currency: "EUR",
    goal: null,
    targetCpa: null,
    targetRoas: null,
    marginPercent: null,
    owner: null,
    notes: null,
    matchers: [{ kind: "utm_campaign", value: own.name.toLowerCase().replaceAll(" ", "-") }],
    createdAt: AT,
    updatedAt: AT,
    archivedAt: null,
    ...own,
  };
}

function demoSpend(): SpendRow[] {
  const [bucket] = BUCKETS;
  if (!bucket) return [];
  const today = toDay(Date.now());
  return Array.from({ length: 8 }, (_, index) => {
    const day = addDays(today, -index);
    return {
      day,
      amount: { minor: bucketDay(bucket, day).spendMinor ?? 0, currency: "EUR" },
      source: "manual",
      note: index === 2 ? "Boosted the carousel" : null,
      updatedAt: AT,
    };
  });
}

function demoLinks(): Link[] {
  return [
    link({
      slug: "autumn-story",
      campaignId: "cmp_autumn",
      utm: "utm_source=instagram&utm_medium=paid&utm_campaign=autumn-sale",
      note: "Story, swipe up",
    }),
    link({
      slug: "nord12",
      campaignId: "cmp_nord",
      utm: "utm_source=nordic-table&utm_medium=podcast",
      note: "Episode 12",
    }),
    link({ slug: "flyer", campaignId: null, utm: "utm_source=flyer&utm_medium=offline", note: null }),
  ];
}

type Made = { slug: string; campaignId: string | null; utm: string; note: string | null };

function link({ slug, campaignId, utm, note }: Made): Link {
  return {
    id: `lnk_${slug}`,
    slug,
    url: `https://go.waymark.example/r/${slug}`,
    destination: `https://nordkost.example/sale?${utm}`,
    campaignId,
    campaign: campaignId === null ? null : campaignName(campaignId),
    note,
    createdAt: AT,
  };
}

const PAGES = ["/", "/sale", "/rye-bread", "/cart", "/checkout"];

function demoEvents(): EventRow[] {
  return Array.from({ length: 120 }, (_, index) => event(index));
}

/** A page view, click or conversion; some are bots. */
export function event(index: number): EventRow {
  const roll = dice(`event ${index}`);
  const isConversion = dice(`buys ${index}`) > 0.82;
  const isBot = dice(`bot ${index}`) > 0.93;
  const visit = roll > 0.86 ? "click" : "pageview";
  const page = PAGES[Math.floor(dice(`page ${index}`) * PAGES.length)] ?? "/";
  return {
    id: `018f3a2e-1111-7abc-8def-${String(index).padStart(12, "0")}`,
    type: isConversion ? "conversion" : visit,
    name: null,
    at: ago(index * 0.7),
    receivedAt: ago(index * 0.7 - 0.01),
    verdict: isBot ? "bot" : "stored",
    botReason: isBot ? "headless browser" : null,
    page: `https://nordkost.example${isConversion ? "/thank-you" : page}`,
    ...origin(roll),
    visitor: `v-${Math.floor(roll * 4_000)}`,
    value: isConversion ? { minor: 4_990 + Math.floor(roll * 90) * 100, currency: "EUR" } : null,
    orderId: isConversion ? `N-${10_000 - index}` : null,
    promoCode: null,
    browser: "Firefox",
    os: "Windows",
    device: "desktop",
    country: "DE",
    isTest: false,
    props: null,
  };
}

function origin(roll: number): Pick<EventRow, "source" | "channel" | "campaign"> {
  const bucket = BUCKETS[Math.floor(roll * BUCKETS.length)];
  if (!bucket) return { source: null, channel: null, campaign: null };
  if (bucket.id === null) return { source: null, channel: bucket.channel, campaign: null };
  return {
    source: `${bucket.channel.replace("paid-", "")} / cpc`,
    channel: bucket.channel,
    campaign: { id: bucket.id, name: bucket.name },
  };
}

function ago(minutes: number): string {
  return new Date(Date.now() - minutes * MINUTE_MS).toISOString();
}
