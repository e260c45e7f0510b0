import type { ReportAddress } from "#contract/report-addresses.ts";
import type { Delivery, Report } from "#contract/reports.ts";
import type { Schedule } from "#contract/report-schedules.ts";
import type { ReportSettings } from "#contract/report-settings.ts";
import type { Share } from "#contract/report-shares.ts";
import type { Subscription } from "#contract/unsubscribe.ts";
import type { ReportModel } from "#core/report/report-model.ts";
import { sampleReport } from "#tests/rendering/sample-report.ts";
import { SITE_ID } from "./fixture-answers.ts";

const MINUTE_MS = 60_000;
const DAY_MINUTES = 24 * 60;

/** What the made-up API knows about reports. */
export type Reporting = {
  reports: Report[];
  /** Of every report that can be read. */
  model: ReportModel;
  schedules: Schedule[];
  settings: ReportSettings;
  /** The bytes of the last logo that was sent. */
  logo: Buffer | null;
  addresses: ReportAddress[];
  shares: Share[];
  /** A link that is known to the API. */
  shared: { token: string; password: string | null; isRevoked: boolean; isOpened: boolean };
  subscription: Subscription;
  /** Answers to the question of an address: token → what was said. */
  answers: Record<string, boolean>;
};

export const SHARE_TOKEN = "shr_3f9c2b7a51d84e60a1b2c3d4e5f60718";
export const UNSUBSCRIBE_TOKEN = "uns_77d1c2b3a4958677a8b9c0d1e2f30415";

export function demoReporting(): Reporting {
  return {
    reports: demoReports(),
    model: sampleReport(),
    schedules: demoSchedules(),
    settings: {
      logo: null,
      accent: null,
      footer: "Nordkost GmbH, Hamburg",
      language: "en",
      locale: "en-GB",
      retentionDays: 365,
    },
    logo: null,
    addresses: demoAddresses(),
    shares: [
      share("shr_1", { hasPassword: true, views: 14, lastViewedAt: ago(300) }),
      share("shr_2", { revokedAt: ago(2_000), views: 1, lastViewedAt: ago(3_000) }),
    ],
    shared: { token: SHARE_TOKEN, password: null, isRevoked: false, isOpened: true },
    subscription: {
      address: "agency@partner.example",
      accountName: "Nordkost",
      language: "en",
      schedule: { name: "Monday numbers", isUnsubscribed: false },
      isUnsubscribedFromAll: false,
    },
    answers: {},
  };
}

/** An account that has ordered nothing yet. */
export function noReporting(): Reporting {
  return { ...demoReporting(), reports: [], schedules: [], addresses: [], shares: [] };
}

function demoReports(): Report[] {
  return [
    report("rep_now", {
      title: "Autumn sale, November so far",
      status: "pending",
      files: NO_FILES,
      deliveries: [],
      readyAt: null,
      createdAt: ago(1),
    }),
    report("rep_october", {}),
    report("rep_again", {
      title: "Autumn sale, October, anew",
      recomputeOf: "rep_october",
      deliveries: [],
      createdAt: ago(90),
    }),
    report("rep_week", {
      kind: "executive-summary",
      title: "Nordkost: executive summary",
      siteId: null,
      campaigns: [],
      schedule: { id: "sch_monday", name: "Monday numbers", period: "2026-11-16" },
      deliveries: [delivery("dlv_3", { recipient: "jon@nordkost.example" })],
      createdAt: ago(DAY_MINUTES),
    }),
    report("rep_quiet", {
      title: "Winter warm-up, last week",
      status: "skipped",
      files: NO_FILES,
      deliveries: [],
      schedule: { id: "sch_sponsor", name: "Sponsor, first of the month", period: "2026-11-01" },
    }),
    report("rep_old", {
      title: "Whole shop, September",
      campaigns: [],
      status: "failed",
      failure: "The site has no data in these days.",
      files: NO_FILES,
      deliveries: [],
    }),
    report("rep_gone", {
      title: "Whole shop, last year",
      campaigns: [],
      files: NO_FILES,
      deliveries: [],
      expiredAt: ago(4_000),
    }),
  ];
}

const NO_FILES: Report["files"] = { pdf: null, xlsx: null, csv: null, json: null };

/** A report of October that was mailed to four, with four different ends. */
export function report(id: string, own: Partial<Report>): Report {
  return {
    id,
    siteId: SITE_ID,
    campaigns: [{ id: "cmp_autumn", name: "Autumn sale" }],
    kind: "campaign-performance",
    title: "Autumn sale, October",
    range: { from: "2026-10-01", to: "2026-10-31" },
    compare: "previous",
    model: "last",
    lookbackDays: 30,
    currency: "EUR",
    status: "ready",
    failure: null,
    schedule: null,
    recomputeOf: null,
    dataVersion: "d184-s12-m7",
    files: { pdf: 148_211, xlsx: 39_302, csv: 9_302, json: 21_004 },
    replacedGlyphs: [],
    deliveries: [
      delivery("dlv_1", { recipient: "boss@nordkost.example" }),
      delivery("dlv_2", {
        recipient: "agency@partner.example",
        status: "unknown",
        sentAt: null,
        failure: "The provider did not answer within 30 seconds.",
        attempts: 3,
      }),
      delivery("dlv_4", {
        recipient: "gone@partner.example",
        status: "failed",
        sentAt: null,
        failureKind: "rejected",
        failure: "550 5.1.1 no such user",
      }),
      delivery("dlv_5", {
        recipient: "sponsor@radio.example",
        status: "built",
        sentAt: null,
        failureKind: "not_confirmed",
        attempts: 0,
      }),
    ],
    createdAt: ago(62),
    readyAt: ago(61),
    expiredAt: null,
    ...own,
  };
}

function delivery(id: string, own: Partial<Delivery>): Delivery {
  return {
    id,
    recipient: "boss@nordkost.example",
    status: "sent",
    failureKind: null,
    failure: null,
    attempts: 1,
    sentAt: ago(60),
    bouncedAt: null,
    complainedAt: null,
    nextAttemptAt: null,
    ...own,
  };
}

function demoSchedules(): Schedule[] {
  return [
    schedule("sch_monday", {}),
    schedule("sch_sponsor", {
      name: "Sponsor, first of the month",
      kind: "sponsor",
      cadence: "monthly",
      weekday: null,
      monthDay: 1,
      covers: "last_month",
      campaigns: [{ id: "cmp_nord", name: "Nordic Table, episode 12" }],
      pausedAt: ago(900),
      next: [],
      lastRun: null,
      failure: "Its campaign was archived.",
    }),
  ];
}

function schedule(id: string, own: Partial<Schedule>): Schedule {
  return {
    id,
    name: "Monday numbers",
    siteId: SITE_ID,
    campaigns: [],
    kind: "campaign-performance",
    cadence: "weekly",
    weekday: 1,
    monthDay: null,
    hour: 8,
    timeZone: "Europe/Berlin",
    covers: "last_week",
    content: { model: "linear" },
    recipients: [
      { address: "mara@nordkost.example", state: "member" },
      { address: "agency@partner.example", state: "confirmed" },
      { address: "sponsor@radio.example", state: "waiting" },
      { address: "old@partner.example", state: "bounced" },
    ],
    formats: ["pdf", "xlsx"],
    subject: null,
    note: "Good morning. These are last week's numbers.",
    skipEmpty: true,
    pausedAt: null,
    next: ["2026-11-30T07:17:00.000Z", "2026-12-07T07:17:00.000Z", "2026-12-14T07:17:00.000Z"],
    lastRun: { reportId: "rep_week", period: "2026-11-16", status: "ready", createdAt: ago(DAY_MINUTES) },
    failure: null,
    createdAt: ago(40 * DAY_MINUTES),
    ...own,
  };
}

function demoAddresses(): ReportAddress[] {
  return [
    address("adr_1", { address: "mara@nordkost.example", state: "member" }),
    address("adr_2", { address: "agency@partner.example", state: "confirmed", confirmedAt: ago(20_000) }),
    address("adr_3", { address: "sponsor@radio.example", state: "waiting", askedAt: ago(600) }),
    address("adr_4", {
      address: "old@partner.example",
      state: "bounced",
      suppressedAt: ago(5_000),
      suppressionReason: "550 5.1.1 no such user",
    }),
    address("adr_5", { address: "no@partner.example", state: "unsubscribed", unsubscribedAt: ago(9_000) }),
  ];
}

function address(id: string, own: Pick<ReportAddress, "address" | "state"> & Partial<ReportAddress>) {
  return {
    id,
    askedAt: null,
    confirmedAt: null,
    unsubscribedAt: null,
    suppressedAt: null,
    suppressionReason: null,
    createdAt: ago(30_000),
    ...own,
  };
}

export function share(id: string, own: Partial<Share>): Share {
  return {
    id,
    hasPassword: false,
    expiresAt: new Date(Date.now() + 30 * DAY_MINUTES * MINUTE_MS).toISOString(),
    revokedAt: null,
    views: 0,
    lastViewedAt: null,
    createdAt: ago(500),
    ...own,
  };
}

export function ago(minutes: number): string {
  return new Date(Date.now() - minutes * MINUTE_MS).toISOString();
}
