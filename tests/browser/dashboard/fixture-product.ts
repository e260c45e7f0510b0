import type { AuditEntry } from "#contract/audit-log.ts";
import type { ProductMetrics, StepTimes } from "#contract/product-metrics.ts";
import { isoWeek } from "#core/operations/product-steps.ts";
import { weekStart } from "#core/time/calendar.ts";
import { addDays } from "#core/time/site-day.ts";

const MINUTE_MS = 60_000;
const HOUR_MS = 3_600_000;
const SPREAD = [1, 3, 9, 20] as const;

function times(n: number, medianMinutes: number): StepTimes {
  const [p50Ms, p75Ms, p90Ms, p95Ms] = SPREAD.map((factor) => medianMinutes * factor * MINUTE_MS) as [
    number,
    number,
    number,
    number,
  ];
  return { n, meanMs: p75Ms * 1.4, p50Ms, p75Ms, p90Ms, p95Ms };
}

/** A young product: half of the people are quick, and few have got a report yet. */
export function demoProductMetrics(weeks: number, nowMs: number): ProductMetrics {
  const to = new Date(nowMs).toISOString().slice(0, 10);
  const mondays = Array.from({ length: weeks }, (_, back) => addDays(weekStart(to), -7 * back));
  const cohorts = mondays.map((startsOn, back) => cohortOf(startsOn, back));
  const sum = (of: (cohort: (typeof cohorts)[number]) => number) =>
    cohorts.reduce((all, cohort) => all + of(cohort), 0);
  const registered = sum((cohort) => cohort.registered);
  const step = (name: keyof (typeof cohorts)[number]["reached"], minutes: number) => {
    const users = sum(({ reached }) => reached[name]);
    const share = registered === 0 ? null : users / registered;
    return { step: name, users, share, times: users === 0 ? null : times(users, minutes) };
  };
  const campaigns = step("campaign", 26);
  return {
    asOf: new Date(nowMs).toISOString(),
    range: { from: mondays.at(-1) ?? to, to },
    countedAt: new Date(nowMs - 20 * MINUTE_MS).toISOString(),
    registered,
    steps: [step("site", 3), campaigns, step("event", 95), step("conversion", 900), step("report", 2_400)],
    ttfv: {
      times: campaigns.times,
      bars: [0.25, 0.5, 1, 2, 4, 8, 24, 72, 168, null].map((hours, index) => ({
        upToMs: hours === null ? null : hours * HOUR_MS,
        users: [21, 17, 9, 7, 4, 2, 5, 3, 1, 0][index] ?? 0,
      })),
      target: 2 * HOUR_MS,
      isMet: campaigns.times && campaigns.times.p50Ms < 2 * HOUR_MS,
    },
    cohorts,
    completion: { created: 118, completed: 74, rate: 74 / 118, target: 0.7, isMet: false },
    reports: { delivered: 96, mailsFailed: 3 },
    errors: {
      since: new Date(nowMs - 24 * HOUR_MS).toISOString(),
      requests: 184_220,
      errors: 212,
      rate: 212 / 184_220,
      target: 0.01,
      isMet: true,
    },
  };
}

function cohortOf(startsOn: string, back: number): ProductMetrics["cohorts"][number] {
  const registered = back === 3 ? 0 : 5 + ((back * 7) % 6);
  const part = (share: number) => Math.floor(registered * share);
  const reached = {
    site: part(0.95),
    campaign: part(0.8),
    event: part(0.6),
    conversion: part(0.35),
    report: back === 0 ? 0 : part(0.25),
  };
  const ttfv = reached.campaign === 0 ? null : times(reached.campaign, 18 + back * 2);
  return { week: isoWeek(startsOn), startsOn, registered, reached, ttfv };
}

/** What was done lately, newest first; the last page ends with a key that is gone. */
export function demoAuditLog(nowMs: number): AuditEntry[] {
  const mara = { kind: "user", id: "usr_mara", name: "Mara Lind" } as const;
  const acts: [string, string, AuditEntry["actor"], AuditEntry["detail"]][] = [
    ["campaign.update", "cmp_spring", mara, { changed: ["budget", "matchers"] }],
    ["spend.import", "cmp_spring", { kind: "key", id: "key_till", name: "Agency import" }, { rows: 31 }],
    ["report_schedule.create", "sch_monday", mara, { title: "Monday report" }],
    ["api_key.create", "key_till", mara, { name: "Agency import", scopes: ["campaigns:write"] }],
    ["visitor.erase", "site_demo", mara, null],
    ["site.update", "site_demo", mara, { changed: ["timeZone"] }],
    ["link.create", "lnk_autumn", { kind: "key", id: null, name: null }, { slug: "autumn" }],
    ["campaign.create", "cmp_spring", mara, { name: "Spring podcast" }],
    ["site.create", "site_demo", mara, { name: "Nordkost" }],
  ];
  return acts.map(([action, subject, actor, detail], index) => ({
    id: String(900 - index),
    at: new Date(nowMs - (index * index + 1) * 37 * MINUTE_MS).toISOString(),
    action,
    subject,
    actor,
    detail,
  }));
}

/** What superadmins did. */
export function demoAdminActs(nowMs: number): AuditEntry[] {
  const mara = { kind: "user", id: "usr_mara", name: "Mara Lind" } as const;
  const acts = [
    ["admin.dead_letters.replay", "dead-letters", { reason: "sqlstate_23502", letters: 4 }],
    ["admin.dead_letters.disclose", "dlt_main_17", null],
    ["admin.product_metrics.read", "product-metrics", { weeks: 12 }],
    ["superadmin.grant", "usr_mara", null],
  ] as const;
  return acts.map(([action, subject, detail], index) => ({
    id: String(800 - index),
    at: new Date(nowMs - (index + 1) * 3 * HOUR_MS).toISOString(),
    action,
    subject,
    actor: action === "superadmin.grant" ? { kind: "system", id: null, name: null } : mara,
    detail,
  }));
}
