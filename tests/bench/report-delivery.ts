import { setTimeout as pause } from "node:timers/promises";
import { Client } from "pg";
import { freePorts } from "#scripts/stack/ports.ts";
import { type Closers, startDatabase, startMail, startRedis } from "#scripts/stack/services.ts";
import { EVERY_MINUTE } from "#scripts/stack/workers/cron-ticker.ts";
import { startWorkers, type Workers } from "#scripts/stack/workers/workers.ts";
import { writeDueSchedules } from "#tests/faults/delivery/due-schedules.ts";
import { type BenchResult, SCALE } from "./bench-result.ts";
import { fillFacts } from "./fill-facts.ts";

const SCHEDULES = Math.round(1_000 * SCALE);
const SITES = Math.max(1, Math.round(200 * SCALE));
/** Of yesterday, of each site. */
const EVENTS_A_SITE = 600;
const DAY_MS = 86_400_000;
const LOOK_EVERY_MS = 100;
const CRON_EVERY_MS = 5_000;

/**
 * A thousand schedules of two hundred sites, due at the same instant: until all reports are begun, built in all their
 * formats, and handed to a mail provider that takes all that comes. The jobs Worker in workerd with the queue that the
 * platform emulates; the stages overlap, and each is said from the first cron on.
 */
export async function bench(): Promise<BenchResult[]> {
  const closers: Closers = [];
  try {
    const { workers, client } = await startStage(closers);
    await fillSites(workers, client);
    const stages = await runSchedules(workers, client);
    return [resultOf(stages)];
  } finally {
    for (let close = closers.pop(); close !== undefined; close = closers.pop()) await close();
  }
}

async function startStage(closers: Closers): Promise<{ workers: Workers; client: Client }> {
  const ports = await freePorts({ postgres: 0 });
  const { url, neonEndpoint } = await startDatabase({ persist: false, port: ports.postgres }, closers);
  const workers = await startWorkers({
    databaseUrl: url,
    neonEndpoint,
    upstash: await startRedis(closers),
    mail: await startMail(0, closers),
    appOrigin: "http://localhost:1",
    collectOrigin: "http://localhost:1",
    only: ["jobs"],
    vars: { jobs: { MAIL_PER_SECOND: "1000" } },
  });
  closers.push(async () => await workers.stop());
  const client = new Client({ connectionString: url });
  await client.connect();
  closers.push(async () => await client.end());
  return { workers, client };
}

/** The sites with a day of traffic each, rolled up, and the schedules, not due yet. */
async function fillSites(workers: Workers, client: Client): Promise<void> {
  await writeDueSchedules(client, { schedules: SCHEDULES, sites: SITES, poisoned: 0 });
  await client.query("update site.report_schedules set next_at = now() + interval '1 day'");
  const yesterday = Math.floor(Date.now() / DAY_MS) * DAY_MS - DAY_MS;
  const { rows } = await client.query<{ id: number }>("select id from site.sites order by id");
  for (const { id: siteId } of rows) {
    await fillFacts(client, { siteId, events: EVENTS_A_SITE, fromMs: yesterday, toMs: yesterday + DAY_MS });
  }
  while ((await countOf(client, "select count(*)::int as count from site.stale_hours")) > 0) {
    await workers.runCron(EVERY_MINUTE);
  }
  await client.query(
    "update site.report_schedules set next_at = now() - interval '1 minute', updated_at = now()",
  );
}

type Stages = { begunMs: number; builtMs: number; sentMs: number };

async function runSchedules(workers: Workers, client: Client): Promise<Stages> {
  const startedMs = performance.now();
  const elapsedMs = (): number => performance.now() - startedMs;
  const until = async (statement: string): Promise<number> => {
    while ((await countOf(client, statement)) < SCHEDULES) await pause(LOOK_EVERY_MS);
    return elapsedMs();
  };
  const ticking = { isOver: false };
  const crons = tick(workers, ticking);
  const begunMs = await until("select count(*)::int as count from site.reports");
  const builtMs = await until("select count(*)::int as count from site.reports where status = 'ready'");
  const sentMs = await until(
    "select count(*)::int as count from site.report_deliveries where status = 'sent'",
  );
  ticking.isOver = true;
  await crons;
  return { begunMs, builtMs, sentMs };
}

/** The cron as often as the schedules of a run allow, instead of once a minute. */
async function tick(workers: Workers, ticking: { isOver: boolean }): Promise<void> {
  while (!ticking.isOver) {
    await workers.runCron(EVERY_MINUTE);
    await pause(CRON_EVERY_MS);
  }
}

async function countOf(client: Client, statement: string): Promise<number> {
  const { rows } = await client.query<{ count: number }>(statement);
  return rows[0]?.count ?? 0;
}

function resultOf({ begunMs, builtMs, sentMs }: Stages): BenchResult {
  const seconds = (ms: number): string => `${(ms / 1_000).toFixed(1)} s`;
  const each = (builtMs - begunMs) / SCHEDULES;
  return {
    name: `${SCHEDULES} schedules of ${SITES} sites due at once`,
    ratio: null,
    target: null,
    detail:
      `all begun after ${seconds(begunMs)}, all built (PDF, XLSX, CSV, JSON of ${EVENTS_A_SITE} events each) after ` +
      `${seconds(builtMs)}, ${each.toFixed(0)} ms a report, all sent after ${seconds(sentMs)}; ` +
      `a provider's pace of 2 mails a second would be ${SCHEDULES / 2} s by itself`,
  };
}
