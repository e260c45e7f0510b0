import { setTimeout as pause } from "node:timers/promises";
import { afterAll, beforeAll, expect, it, vi } from "vitest";
import type { WaymarkClient } from "#scripts/client/waymark-client.ts";
import { type Stack, startStack } from "#scripts/stack/stack.ts";
import { openShop, type ScreenAnswer, type Shopkeeper } from "./cache/ask-screens.ts";
import { type CacheFault, type FaultyUpstash, startFaultyUpstash } from "./cache/faulty-upstash.ts";
import { createSender, type Sender, type SenderOptions } from "./load/sender.ts";
import { expectAllAccountedFor } from "./proof/account-for.ts";
import { createFaultSite, type FaultSite, signUp } from "./proof/fault-site.ts";
import { withClient } from "./proof/with-client.ts";
import { ensurePixel } from "#scripts/build/ensure-built.ts";

/** A few seconds in `npm test`, a minute in the soak. */
const IS_SOAK = process.env["SOAK"] === "1";
const OUTAGE_MS = IS_SOAK ? 60_000 : 5_000;
const LOAD_AROUND_MS = 500;
const BODIES_A_SECOND = 40;
const EVENTS_AT_FULL_SPEED = IS_SOAK ? 200_000 : 20_000;
const CONNECTIONS = 16;
/** Until a backend at work is met. */
const MEETS_WITHIN_MS = 60_000;
const DRAINS_WITHIN_MS = 60_000;
/** What a screen may take, with the cache away too. */
const SCREEN_MS = 1_000;
const SKEW_MS = 3 * 3_600_000;

let upstash: FaultyUpstash;
let stack: Stack;
let client: WaymarkClient;

beforeAll(async () => {
  await ensurePixel();
  upstash = await startFaultyUpstash();
  stack = await startStack({ persist: false, upstash });
  client = await signUp(stack.appOrigin);
});

afterAll(async () => {
  await stack.stop();
  await upstash.close();
});

type Run = { site: FaultSite; sender: Sender };

async function begin(name: string, options: Partial<SenderOptions> = {}): Promise<Run> {
  const site = await createFaultSite(client, stack.databaseUrl, name);
  const post = async (body: string, headers: Record<string, string>): Promise<Response> =>
    await stack.workers.fetch("collect", `${stack.collectOrigin}/e`, { method: "POST", body, headers });
  return { site, sender: createSender({ siteKey: site.key, post, ...options }) };
}

/** Load from before the fault until after it; then everything has to be accounted for. */
async function sendThrough({ site, sender }: Run, fault: () => Promise<void>): Promise<void> {
  await sender.sendWhile(async () => {
    await pause(LOAD_AROUND_MS);
    await fault();
    await pause(LOAD_AROUND_MS);
  }, BODIES_A_SECOND);
  await sender.drain(DRAINS_WITHIN_MS);
  expect(sender.accepted.size).toBeGreaterThan(100);
  await account({ site, sender });
}

async function account({ site, sender }: Run): Promise<void> {
  const { databaseUrl, workers } = stack;
  const proving = { databaseUrl, client, site, runCron: async (cron: string) => await workers.runCron(cron) };
  await expectAllAccountedFor(proving, sender);
}

it("loses nothing and doubles nothing when Postgres is killed under load and comes back", async () => {
  const run = await begin("Postgres killed");
  await sendThrough(run, async () => {
    await stack.postgres?.kill();
    await pause(OUTAGE_MS);
    await stack.postgres?.start();
  });
  // Collect never meets Postgres: nobody who sent was asked to wait.
  expect([...run.sender.answers.keys()]).toEqual([202]);
});

it("loses nothing and doubles nothing when the transactions of ingest are broken off again and again", async () => {
  const run = await begin("Backends ended");
  let ended = 0;
  await sendThrough(run, async () => {
    const untilMs = Date.now() + OUTAGE_MS;
    await withClient(stack.databaseUrl, async (database) => {
      // A machine that does much besides may take longer to be met in the middle of a transaction.
      while (Date.now() < untilMs || (ended === 0 && Date.now() < untilMs + MEETS_WITHIN_MS)) {
        const { rowCount } = await database.query(
          `select pg_terminate_backend(pid) from pg_stat_activity
           where datname = current_database() and pid <> pg_backend_pid() and state <> 'idle'`,
        );
        ended += rowCount ?? 0;
        await pause(2);
      }
    });
  });
  expect(ended).toBeGreaterThan(0);
});

it("loses nothing and doubles nothing while Upstash is away", async () => {
  const run = await begin("Upstash away");
  await sendThrough(run, async () => {
    await upstash.break("killed");
    await pause(OUTAGE_MS);
    await upstash.mend();
  });
  expect([...run.sender.answers.keys()]).toEqual([202]);
});

/** Two looks at four screens. */
const SCREENS_A_ROUND = 8;
const MOST_ROUNDS = 4;
/** Longer than the cache is left alone after a failure: each round finds out anew. */
const BETWEEN_ROUNDS_MS = 5_500;

/** A busy machine may hold up a round; a Worker that waits for the cache is late in each. */
async function askUntilQuick(shop: Shopkeeper): Promise<{ broken: ScreenAnswer[]; rounds: number }> {
  const broken: ScreenAnswer[] = [];
  for (let rounds = 1; ; rounds += 1) {
    const answers = [...(await shop.ask()), ...(await shop.ask())];
    broken.push(...answers);
    if (rounds === MOST_ROUNDS || answers.every(({ tookMs }) => tookMs <= SCREEN_MS))
      return { broken, rounds };
    await pause(BETWEEN_ROUNDS_MS);
  }
}

it.each<{ fault: CacheFault; isSeen: boolean }>([
  { fault: "killed", isSeen: true },
  { fault: "slow", isSeen: true },
  // Who is lied to finds no answer of the version that Postgres has, and asks Postgres.
  { fault: "lying", isSeen: false },
])("shows right screens within a second while Upstash is $fault, and recovers", async ({ fault, isSeen }) => {
  const site = await createFaultSite(client, stack.databaseUrl, `Upstash ${fault}`);
  const shop = await openShop(stack, client, site);
  await shop.sell();
  await shop.ask();
  await shop.sell();
  await upstash.break(fault);
  const { broken, rounds } = await askUntilQuick(shop);
  expect(broken.filter(({ orders }) => orders !== 2)).toEqual([]);
  expect(broken.slice(-SCREENS_A_ROUND).filter(({ tookMs }) => tookMs > SCREEN_MS)).toEqual([]);
  expect(broken.every(({ cache }) => cache === "degraded")).toBe(isSeen);
  expect(await shop.readiness()).toBe(isSeen ? "degraded" : "ok");
  // After a failure nobody waits for it again, so that one screen at most is late.
  expect(fault === "slow" ? upstash.asked() : 0).toBeLessThanOrEqual(2 * rounds);
  await upstash.mend();
  await shop.sell();
  await vi.waitFor(
    async () => {
      expect(await shop.readiness()).toBe("ok");
      const mended = await shop.ask();
      expect(mended.filter(({ orders, cache }) => orders !== 3 || cache === "degraded")).toEqual([]);
    },
    { timeout: 20_000, interval: 250 },
  );
});

it.each([
  ["ahead", SKEW_MS],
  ["behind", -SKEW_MS],
])("counts in the right hour what a clock three hours %s has sent", async (name, clockErrorMs) => {
  const startedMs = Date.now();
  const run = await begin(`Clock ${name}`, { clockErrorMs });
  await run.sender.sendFor(LOAD_AROUND_MS, BODIES_A_SECOND);
  await account(run);
  const [first, last] = await occurredWithin(run.site.siteId);
  const earlierVisitMs = 45 * 60_000;
  expect(first).toBeGreaterThan(startedMs - earlierVisitMs - 60_000);
  expect(last).toBeLessThan(Date.now() + 60_000);
});

it(`stores ${EVENTS_AT_FULL_SPEED} events at full speed, each once`, async () => {
  const run = await begin("Full speed");
  const startedMs = performance.now();
  await run.sender.sendAtFullSpeed(EVENTS_AT_FULL_SPEED, CONNECTIONS);
  const sentMs = performance.now() - startedMs;
  expect(run.sender.sent.size).toBeGreaterThanOrEqual(EVENTS_AT_FULL_SPEED);
  await account(run);
  const rate = (ms: number): string => Math.round((run.sender.sent.size / ms) * 1000).toLocaleString("en");
  const all = performance.now() - startedMs;
  process.stdout.write(`full speed: ${rate(sentMs)} events/s accepted, ${rate(all)} until accounted for\n`);
});

async function occurredWithin(siteId: number): Promise<[number, number]> {
  return await withClient(stack.databaseUrl, async (database) => {
    const { rows } = await database.query<{ first: Date; last: Date }>(
      "select min(occurred_at) as first, max(occurred_at) as last from site.events where site_id = $1",
      [siteId],
    );
    const [row] = rows;
    if (!row) throw new Error("No events");
    return [row.first.getTime(), row.last.getTime()];
  });
}
