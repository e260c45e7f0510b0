import type { DeadLetter, DeadLetterDetail, UnreadableBody } from "#contract/admin.ts";
import type { Ledger, LedgerHour } from "#contract/sites.ts";
import type { InstallCheck, TrackingDetails, TrackingHealth } from "#contract/tracking.ts";
import { dice } from "./fixture-figures.ts";

const MINUTE_MS = 60_000;
const HOUR_MS = 60 * MINUTE_MS;
const DAY_MS = 24 * HOUR_MS;

function ago(ms: number): string {
  return new Date(Date.now() - ms).toISOString();
}

export function demoHealth(): TrackingHealth {
  return {
    asOf: ago(0),
    state: "healthy",
    lastReceivedAt: ago(12_000),
    firstEventAt: "2026-03-02T09:00:00.000Z",
    lastEvent: { type: "pageview", receivedAt: ago(12_000), page: "nordkost.example/rye-bread" },
    expectedEvents: null,
    recent: { bodies: 200, received: 214, stored: 188, duplicate: 6, bot: 17, rejected: 3, deadLettered: 0 },
    lag: { bodies: 200, p50Seconds: 0.8, p95Seconds: 2.4 },
    backlog: { hours: 1, oldestAt: ago(31_000) },
    refused: {
      since: ago(DAY_MS),
      byCode: [
        { code: "origin_not_allowed", requests: 412 },
        { code: "rate_limited", requests: 3 },
      ],
    },
  };
}

/** A site whose first event is still to come. */
export function emptyHealth(): TrackingHealth {
  return {
    ...demoHealth(),
    state: "never",
    lastReceivedAt: null,
    firstEventAt: null,
    lastEvent: null,
    recent: { bodies: 0, received: 0, stored: 0, duplicate: 0, bot: 0, rejected: 0, deadLettered: 0 },
    lag: null,
    backlog: { hours: 0, oldestAt: null },
    refused: { since: ago(DAY_MS), byCode: [] },
  };
}

export function demoDetails(): TrackingDetails {
  const paths = ["/", "/sale", "/rye-bread", "/cart", "/checkout", "/thank-you", "/recipes/cinnamon-buns"];
  const pages = paths.map((path, index) => ({
    host: "nordkost.example",
    path,
    lastSeenAt: ago((index + 1) * 47_000),
    events24h: Math.round(1_240 / (index + 1)),
    events: Math.round(7_900 / (index + 1)),
  }));
  const old = { host: "nordkost.example", path: "/newsletter/thanks", lastSeenAt: ago(2.4 * DAY_MS) };
  return {
    asOf: ago(0),
    looked: { events: 10_000, since: ago(3.1 * DAY_MS), isWhole: false },
    pages: [...pages, { ...old, events24h: 0, events: 212 }],
    morePages: 0,
    identity: { firstParty: 7_204, cookieless: 2_412, none: 384 },
    bots: {
      looked: 1_180,
      reasons: [
        { reason: "known:Googlebot", events: 640, lastSeenAt: ago(4 * MINUTE_MS) },
        { reason: "prefetch", events: 312, lastSeenAt: ago(9 * MINUTE_MS) },
        { reason: "scanner:SafeLinks", events: 150, lastSeenAt: ago(HOUR_MS) },
        { reason: "head", events: 78, lastSeenAt: ago(3 * HOUR_MS) },
      ],
    },
  };
}

export function emptyDetails(): TrackingDetails {
  return {
    ...demoDetails(),
    looked: { events: 0, since: null, isWhole: true },
    pages: [],
    identity: { firstParty: 0, cookieless: 0, none: 0 },
    bots: { looked: 0, reasons: [] },
  };
}

/** `GET /sites/:id/ledger`: hours that add up. */
export function ledger(query: URLSearchParams, isEmpty: boolean): Ledger {
  const from = Date.parse(query.get("from") ?? "");
  const to = Math.min(Date.parse(query.get("to") ?? ""), Date.now());
  const items: LedgerHour[] = [];
  for (let at = from; at < to && !isEmpty; at += HOUR_MS) items.push(ledgerHour(new Date(at).toISOString()));
  const sum = (count: (hour: LedgerHour) => number) => items.reduce((total, hour) => total + count(hour), 0);
  return {
    items,
    next: null,
    totals: {
      received: sum(({ received }) => received),
      stored: sum(({ stored }) => stored),
      duplicate: sum(({ duplicate }) => duplicate),
      bot: sum(({ bot }) => bot),
      rejected: sum(({ rejected }) => rejectedIn(rejected)),
      deadLettered: sum(({ deadLettered }) => deadLettered),
    },
    isBalanced: true,
  };
}

function ledgerHour(hour: string): LedgerHour {
  const day = 0.6 + 0.4 * Math.sin((new Date(hour).getUTCHours() - 8) / 3.8);
  const stored = Math.round(140 * Math.max(0.08, day) * (0.8 + 0.4 * dice(hour)));
  const duplicate = Math.round(stored * 0.02);
  const bot = Math.round(stored * 0.11 * (0.5 + dice(`bot ${hour}`)));
  const rejected: Record<string, number> =
    dice(`bad ${hour}`) > 0.7 ? { invalid_value: 2, no_consent: Math.round(9 * dice(hour)) + 1 } : {};
  const deadLettered = dice(`dead ${hour}`) > 0.985 ? 3 : 0;
  const received = stored + duplicate + bot + rejectedIn(rejected) + deadLettered;
  return { hour, received, stored, duplicate, bot, rejected, deadLettered };
}

function rejectedIn(codes: Readonly<Record<string, number>>): number {
  return Object.values(codes).reduce((sum, count) => sum + count, 0);
}

export function demoCheck(): InstallCheck {
  return {
    url: "https://nordkost.example/",
    checkedAt: ago(0),
    findings: [
      {
        code: "policy_blocks_sending",
        level: "blocks",
        found: "connect-src 'self' https://api.nordkost.example",
        expected: "https://c.waymark.example",
        fix: "connect-src 'self' https://api.nordkost.example https://c.waymark.example",
      },
      { code: "snippet_twice", level: "warns", found: "2", expected: null, fix: null },
      {
        code: "consent_call_missing",
        level: "hint",
        found: null,
        expected: null,
        fix: "waymark('consent', 'granted')",
      },
    ],
  };
}

export function demoLetters(): DeadLetter[] {
  const site = { id: "site_nord", name: "Nordkost" };
  const letter = (id: number, own: Partial<DeadLetter>): DeadLetter => ({
    id: `dlt_main_${id}`,
    database: "main",
    site,
    receiptId: `0199a3f2-77c1-7d3e-9a10-0000000000${id}`,
    reason: "sqlstate_22P05",
    events: 3,
    at: ago(id * 11 * MINUTE_MS),
    attempts: 0,
    lastTriedAt: null,
    replayedAt: null,
    ...own,
  });
  return [
    letter(14, { events: 1 }),
    letter(13, { reason: "sqlstate_23514", attempts: 2, lastTriedAt: ago(HOUR_MS), events: 12 }),
    letter(12, { site: { id: "site_wein", name: "Weinkeller" } }),
    letter(11, { reason: "unreadable", site: null, attempts: 1, lastTriedAt: ago(DAY_MS) }),
    letter(10, { replayedAt: ago(2 * HOUR_MS), attempts: 1, lastTriedAt: ago(2 * HOUR_MS) }),
  ];
}

/** A letter with its message, masked or in clear. */
export function letterDetail(letter: DeadLetter, isMasked: boolean): DeadLetterDetail {
  const personal = (text: string) => (isMasked ? "•••" : text);
  return {
    ...letter,
    isMasked,
    message: letter.replayedAt
      ? null
      : {
          v: 1,
          receiptId: letter.receiptId,
          via: "pixel",
          received: letter.events,
          visitor: personal("0199a3f2-1111-7abc-8def-000000000001"),
          country: "DE",
          events: [
            {
              id: "0199a3f2-77c1-7d3e-9a10-1f2e3d4c5b6a",
              type: "pageview",
              url: `https://nordkost.example/sale?${personal("utm_source=letter&mail=a@b.example")}`,
              title: personal("Sale"),
            },
          ],
        },
  };
}

export function demoUnreadable(): UnreadableBody[] {
  return [
    {
      key: "unreadable/2026-11-21T08/0199a3f2-77c1-7d3e-9a10-000000000077.json",
      bytes: 1_204,
      at: ago(3 * DAY_MS),
    },
  ];
}
