import type { Monitoring } from "#contract/monitoring.ts";
import { formatDuration } from "#frontend/format/duration.ts";
import { formatCounted, formatShare } from "#frontend/format/number.ts";

export type Finding = { tone: "warn" | "bad"; text: string; href?: string };

/** As the alerts have them by default. */
const ERROR_RATE = 0.01;
const LEAST_REQUESTS = 20;
const ROLLUP_LAG_SECONDS = 600;
const INGEST_LAG_SECONDS = 60;

/** What needs a look, the worst first; nothing when all is well. */
export function findingsOf(figures: Monitoring): Finding[] {
  const found = [...databaseFindings(figures), ...trafficFindings(figures), ...waitingFindings(figures)];
  return found.toSorted((a, b) => Number(b.tone === "bad") - Number(a.tone === "bad"));
}

function databaseFindings({ databases, cache, crons }: Monitoring): Finding[] {
  const failing = crons.filter(({ lastError }) => lastError !== null);
  return [
    ...databases
      .filter(({ isUp }) => !isUp)
      .map(({ name }): Finding => ({ tone: "bad", text: `The database ${name} does not answer.` })),
    ...(cache.isUp
      ? []
      : [{ tone: "warn" as const, text: "The cache does not answer: screens are slower, and right." }]),
    ...failing.map(({ task, lastError }): Finding => ({
      tone: "warn",
      text: `The cron task ${task} failed in its last run: ${lastError ?? ""}.`,
      href: "#crons",
    })),
  ];
}

function trafficFindings({ requests, ingest, queues }: Monitoring): Finding[] {
  const { total } = requests;
  const found: Finding[] = [];
  if (total.requests >= LEAST_REQUESTS && (total.errorRate ?? 0) > ERROR_RATE) {
    const of = formatCounted(total.requests, "request", "requests");
    found.push({
      tone: "bad",
      text: `${formatShare(total.errorRate)} of ${of} failed on our side.`,
      href: "#refused",
    });
  }
  if (queues.lostEvents > 0) {
    found.push({
      tone: "bad",
      text: `${formatCounted(queues.lostEvents, "event was", "events were")} lost.`,
    });
  }
  if (ingest.lag && ingest.lag.p95 > INGEST_LAG_SECONDS) {
    found.push({
      tone: "warn",
      text: `Of a hundred bodies, five took longer than ${formatDuration(ingest.lag.p95 * 1_000)} to be stored.`,
    });
  }
  return found;
}

function waitingFindings({ deadLetters, rollup, queues }: Monitoring): Finding[] {
  const found: Finding[] = [];
  if (deadLetters.waiting > 0) {
    const waiting = formatCounted(deadLetters.waiting, "dead letter waits", "dead letters wait");
    found.push({ tone: "warn", text: `${waiting} for somebody to look.`, href: "/admin/dead-letters" });
  }
  if ((rollup.lagSeconds ?? 0) > ROLLUP_LAG_SECONDS) {
    found.push({
      tone: "bad",
      text: `Hours have waited for ${formatDuration((rollup.lagSeconds ?? 0) * 1_000)} to be rolled up.`,
    });
  }
  if (queues.oldestSpilledAt !== null) {
    found.push({ tone: "warn", text: "Bodies wait in storage, since a queue refused them." });
  }
  return found;
}
