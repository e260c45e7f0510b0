import { sql, type SQL } from "drizzle-orm";
import { PgDialect } from "drizzle-orm/pg-core";
import { DEFAULT_OPTIONS } from "#core/attribution/options.ts";
import type { WorkMessage } from "#contract/work-message.ts";
import { addDays } from "#core/time/site-day.ts";
import type { Database } from "#db/database.ts";
import { campaignNames, dataVersion, spendRows } from "#db/queries/analytics/traffic.ts";
import { markovSteps } from "#db/queries/attribution/markov-steps.ts";
import { ruleSums } from "#db/queries/attribution/rule-sums.ts";
import { estimatedContacts, storedResults } from "#db/queries/attribution/stored-results.ts";
import { createSite } from "#tests/support/sites.ts";
import { attributionParts } from "#usecases/attribution/attribution-parts.ts";
import { computeAttribution } from "#usecases/attribution/compute-attribution.ts";
import { getAttribution } from "#usecases/attribution/get-attribution.ts";
import { type BenchResult, median, SCALE, timedMs } from "./bench-result.ts";
import { startBenchDatabase, type BenchDatabase } from "./bench-stack.ts";
import { fillJourneys } from "./fill-journeys.ts";

const DAY_MS = 86_400_000;
const DAYS = 90;
const CAMPAIGNS = 40;
const SMALL = Math.round(1_000_000 * SCALE);
const LARGE = 10 * SMALL;
const ROUNDS = 3;

const TO = "2026-10-31";
const FROM = addDays(TO, 1 - DAYS);
const QUESTION = {
  from: FROM,
  to: TO,
  by: "campaign",
  options: DEFAULT_OPTIONS,
  type: null,
  customer: null,
} as const;

/**
 * Attribution of 90 days: what all rule models cost beside the bare windowed join that any one of them needs; what ten
 * times as many contacts cost each; and what the workbench takes, with kept results and without.
 */
export async function bench(): Promise<BenchResult[]> {
  const database = await startBenchDatabase();
  try {
    const small = await fill(database, SMALL);
    const first = await firstAnswer(database.db, small);
    const kept = await keptMs(database.db, small);
    const smallMs = await statementMs(database, rulesOf(small));
    const large = await fill(database, LARGE);
    const largeMs = await statementMs(database, rulesOf(large));
    const bareMs = await statementMs(database, bareJoin(large), { isHashed: false });
    const chainMs = await statementMs(database, chainOf(large), { rounds: 1 });
    const million = (count: number) => `${count / 1_000_000} M`;
    const perContact = (ms: number, count: number) => `${((ms / count) * 1000).toFixed(2)} µs`;
    return [
      {
        name: `all rule models ÷ one bare windowed join, ${million(LARGE)} touchpoints`,
        ratio: largeMs / bareMs,
        target: 6,
        bound: "at most",
        detail:
          `${seconds(largeMs)} and ${seconds(bareMs)}, one process each, medians of ${ROUNDS}; ` +
          `${million(LARGE / 10)} conversions, ${CAMPAIGNS} campaigns; the Markov chain's steps with null journeys ${seconds(chainMs)}`,
      },
      {
        name: `rule models, cost per touchpoint, ${million(LARGE)} ÷ ${million(SMALL)}`,
        ratio: largeMs / LARGE / (smallMs / SMALL),
        target: 1.3,
        bound: "at most",
        detail: `${perContact(largeMs, LARGE)} and ${perContact(smallMs, SMALL)}`,
      },
      {
        name: "workbench with kept results, in Postgres",
        ratio: kept.postgresMs / 30,
        target: 1,
        bound: "at most",
        detail: `${kept.postgresMs.toFixed(1)} ms of 30 ms; ${kept.answerMs.toFixed(0)} ms from question to answer`,
      },
      {
        name: `workbench, first answer for ${million(SMALL)} touchpoints`,
        ratio: first.answerMs / 3_000,
        target: 1,
        bound: "at most",
        detail: `"${first.status}" after ${seconds(first.answerMs)} of 3 s, all models there after ${seconds(first.readyMs)}`,
      },
    ];
  } finally {
    await database.stop();
  }
}

function seconds(ms: number): string {
  return `${(ms / 1000).toFixed(2)} s`;
}

async function fill({ db, client }: BenchDatabase, touchpoints: number): Promise<number> {
  const { siteId } = await createSite(db, { timeZone: "UTC" });
  const toMs = Date.parse(`${TO}T23:00:00Z`);
  const fromMs = toMs - (DAYS + 25) * DAY_MS;
  await fillJourneys(client, { siteId, touchpoints, campaigns: CAMPAIGNS, fromMs, toMs });
  return siteId;
}

function rulesOf(siteId: number): SQL {
  return ruleSums(attributionParts(siteId, QUESTION).rules.question);
}

function chainOf(siteId: number): SQL {
  return markovSteps(attributionParts(siteId, QUESTION).markov.question);
}

/** The join and the windows that the rows of any model need, and one sum over them. */
function bareJoin(siteId: number): SQL {
  return sql`
    select campaign_id, count(*) filter (where i = 1) as first, sum(1 / n::float8) as linear
    from (
      select d.campaign_id,
        row_number() over (partition by c.conversion_id order by t.at, t.rank, t.touchpoint_id) as i,
        count(*) over (partition by c.conversion_id) as n
      from site.conversions c
      join site.touchpoints t on t.site_id = c.site_id and t.visitor_id = c.visitor_id
        and t.at between c.at - interval '30 days' and c.at
      join site.sources d on d.id = t.source_id
      where c.site_id = ${siteId} and not c.is_test and c.at >= ${FROM}::date and c.at < ${TO}::date + 1
    ) as journey
    group by 1`;
}

/**
 * As a job runs it: memory for its sorts, one process, what reads journeys by hashed joins. By an ordinary connection: the driver for Neon's protocol gives up
 * an answer after five minutes.
 */
async function statementMs(
  { client }: BenchDatabase,
  statement: SQL,
  { rounds = ROUNDS, isHashed = true } = {},
): Promise<number> {
  const { sql: text, params } = new PgDialect().sqlToQuery(statement);
  await client.query("set work_mem = '32MB'; set jit = off; set max_parallel_workers_per_gather = 0");
  await client.query(`set enable_nestloop = ${isHashed ? "off" : "on"}`);
  const times: number[] = [];
  for (let round = 0; round < rounds; round += 1) {
    // oxlint-disable-next-line no-await-in-loop -- one after the other, on one core.
    const { rows } = await client.query<{ "QUERY PLAN": { "Execution Time": number }[] }>(
      `explain (analyze, timing off, format json) ${text}`,
      params,
    );
    times.push(rows[0]?.["QUERY PLAN"][0]?.["Execution Time"] ?? Number.NaN);
  }
  return median(times);
}

type FirstAnswer = { status: string; answerMs: number; readyMs: number };

/** From the first question to the first answer, and to the figures: by the job that the answer has told, if any. */
async function firstAnswer(db: Database, siteId: number): Promise<FirstAnswer> {
  const jobs: WorkMessage[] = [];
  const ask = askFor(db, siteId, jobs);
  let status = "";
  const answerMs = await timedMs(async () => {
    status = await ask();
  });
  const workMs = await timedMs(async () => {
    for (const job of jobs)
      // oxlint-disable-next-line no-await-in-loop -- there is one.
      if (job.kind === "compute-attribution") await computeAttribution(depsOf(db, jobs), job);
    if ((await ask()) !== "ready") throw new Error("The figures did not come");
  });
  return { status, answerMs, readyMs: answerMs + workMs };
}

async function keptMs(db: Database, siteId: number): Promise<{ postgresMs: number; answerMs: number }> {
  const ask = askFor(db, siteId, []);
  const times: number[] = [];
  for (let round = 0; round < 5; round += 1) {
    // oxlint-disable-next-line no-await-in-loop -- one after the other.
    times.push(await timedMs(ask));
  }
  const key = { siteId, from: FROM, to: TO };
  const options = Object.values(attributionParts(siteId, QUESTION)).map((part) => part.options);
  const statements = [
    dataVersion(siteId, addDays(FROM, -30), TO),
    storedResults(key, options),
    estimatedContacts(key),
    spendRows(siteId, FROM, TO),
    campaignNames(siteId),
  ];
  let postgresMs = 0;
  for (const statement of statements) {
    // oxlint-disable-next-line no-await-in-loop -- one after the other.
    const { rows } = await db.execute<{ "QUERY PLAN": { "Execution Time": number }[] }>(
      sql`explain (analyze, timing off, serialize text, format json) ${statement}`,
    );
    postgresMs += rows[0]?.["QUERY PLAN"][0]?.["Execution Time"] ?? Number.NaN;
  }
  return { postgresMs, answerMs: median(times) };
}

function depsOf(db: Database, jobs: WorkMessage[]) {
  return {
    databases: { named: () => db, names: () => ["main"] },
    clock: { now: () => new Date() },
    workQueue: {
      send: async (message: WorkMessage) => {
        await Promise.resolve();
        jobs.push(message);
      },
      sendAll: async () => await Promise.reject(new Error("Jobs are told one by one")),
    },
  };
}

function askFor(db: Database, siteId: number, jobs: WorkMessage[]): () => Promise<string> {
  return async () => {
    const site = { siteId, publicId: "site_bench", database: "main" };
    const answer = await getAttribution(depsOf(db, jobs), { ...QUESTION, site });
    if (!answer.ok) throw new Error(`No answer: ${answer.error.kind}`);
    return answer.value.status;
  };
}
