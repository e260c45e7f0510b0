import { setTimeout as pause } from "node:timers/promises";
import { afterAll, beforeAll, beforeEach, expect, it, vi } from "vitest";
import { type ApartStage, startApartStage } from "./apart/apart-stage.ts";
import { createSender, type Sender } from "./load/sender.ts";
import { expectAllAccountedFor, findLosses } from "./proof/account-for.ts";
import { createFaultSite, type FaultSite } from "./proof/fault-site.ts";
import { withClient } from "./proof/with-client.ts";

/** Five seconds in `npm test`, a minute in the soak. */
const IS_SOAK = process.env["SOAK"] === "1";
const FAULT_MS = IS_SOAK ? 60_000 : 5_000;
const BODIES_A_SECOND = IS_SOAK ? 40 : 20;
const KILLS = IS_SOAK ? 10 : 1;
const PATIENCE = { timeout: IS_SOAK ? 300_000 : 60_000, interval: 50 };

let stage: ApartStage;
let site: FaultSite;
let sender: Sender;

beforeAll(async () => {
  stage = await startApartStage();
});

afterAll(async () => await stage.stop());

beforeEach(async ({ task }) => {
  site = await createFaultSite(stage.client, stage.databaseUrl, task.name.slice(0, 100));
  await stage.shareEdgeConfig();
  sender = createSender({
    siteKey: site.key,
    post: async (body, headers) =>
      await stage.collect
        .workers()
        .fetch("collect", "http://collect.test/e", { method: "POST", body, headers }),
  });
});

async function account(patience: { arrivesWithinMs?: number } = {}): Promise<void> {
  await sender.drain(PATIENCE.timeout);
  const { databaseUrl, client, jobs } = stage;
  const runCron = async (cron: string): Promise<unknown> => await jobs.workers().runCron(cron);
  await expectAllAccountedFor({ databaseUrl, client, site, runCron, ...patience }, sender);
}

async function empty(): Promise<void> {
  await vi.waitUntil(() => stage.queue.waiting === 0, PATIENCE);
}

it("loses nothing and doubles nothing while the queue refuses every second message", async () => {
  stage.queue.faults.refusing = 0.5;
  await sender.sendFor(FAULT_MS, BODIES_A_SECOND);
  stage.queue.faults.refusing = 0;
  // Collect tried again and took them all.
  expect([...sender.answers.keys()]).toEqual([202]);
  await account();
});

it("keeps events in R2 while the queue refuses all, and nobody who sends has to wait", async () => {
  stage.queue.faults.refusing = 1;
  await sender.sendFor(FAULT_MS, BODIES_A_SECOND);
  stage.queue.faults.refusing = 0;
  expect([...sender.answers.keys()]).toEqual([202]);
  expect(await stage.spilled()).toBeGreaterThan(0);
  await account();
  await vi.waitUntil(async () => (await stage.spilled()) === 0, PATIENCE);
});

it("takes no responsibility while queue and R2 are down, and stores once what is sent again", async () => {
  stage.queue.faults.refusing = 1;
  stage.faults.isStorageDown = true;
  await sender.sendFor(FAULT_MS, BODIES_A_SECOND);
  expect([...sender.answers.keys()]).toEqual([503]);
  expect(sender.accepted.size).toBe(0);
  stage.queue.faults.refusing = 0;
  stage.faults.isStorageDown = false;
  await account();
});

it("counts each event once though every message comes twice, backwards, to two consumers at the same time", async () => {
  stage.queue.faults.isHolding = true;
  await sender.sendFor(FAULT_MS, BODIES_A_SECOND);
  expect(stage.queue.waiting).toBeGreaterThan(FAULT_MS / 1000);
  stage.queue.faults.isTwiceAndReversed = true;
  stage.queue.faults.isHolding = false;
  await empty();
  stage.queue.faults.isTwiceAndReversed = false;
  await account();
});

it("counts each event once though the queue never hears that a batch was done", async () => {
  const { redelivered } = stage.queue;
  stage.queue.faults.deafTimes = 6;
  await sender.sendFor(FAULT_MS, BODIES_A_SECOND);
  await account();
  await empty();
  expect(stage.queue.redelivered).toBeGreaterThan(redelivered);
});

it("loses nothing and doubles nothing when collect is killed under load and started again", async () => {
  const load = sender.sendFor(FAULT_MS, BODIES_A_SECOND);
  for (let kill = 0; kill < KILLS; kill += 1) {
    await pause(FAULT_MS / 4 / KILLS);
    await stage.collect.kill();
    await stage.collect.start();
  }
  await load;
  expect(sender.answers.has(0)).toBe(true);
  await account();
});

it("loses nothing and doubles nothing when the consumer is killed in the middle of a batch", async () => {
  const { redelivered } = stage.queue;
  // A consumer without a batch cannot be caught in the middle of one.
  await sender.sendWhile(async () => {
    for (let kill = 0; kill < KILLS; kill += 1) await killInMidBatch();
  }, BODIES_A_SECOND);
  await account();
  expect(stage.queue.redelivered).toBeGreaterThan(redelivered);
});

it("would find out an ingest that acknowledges before it has written", async () => {
  stage.faults.isAckFirst = true;
  await stage.postgres.kill();
  await sender.sendFor(1_000, BODIES_A_SECOND);
  await empty();
  await stage.postgres.start();
  stage.faults.isAckFirst = false;
  const losses = await withClient(
    stage.databaseUrl,
    async (client) => await findLosses(client, site, sender),
  );
  expect(sender.accepted.size).toBeGreaterThan(0);
  expect(losses.lost.length).toBe(sender.accepted.size);
  await expect(account({ arrivesWithinMs: 500 })).rejects.toThrow(`of ${sender.accepted.size} ids`);
});

/** Ingest has begun its transaction and waits for a lock: there its Worker dies, and the transaction with it. */
async function killInMidBatch(): Promise<void> {
  await withClient(stage.databaseUrl, async (client) => {
    await client.query("begin");
    await client.query("lock table site.receipts in exclusive mode");
    const blocked = "from pg_stat_activity where wait_event_type = 'Lock' and pid <> pg_backend_pid()";
    await vi.waitUntil(async () => {
      // Within a transaction the view answers what it answered first.
      await client.query("select pg_stat_clear_snapshot()");
      const { rows } = await client.query<{ count: number }>(`select count(*)::int ${blocked}`);
      return (rows[0]?.count ?? 0) > 0;
    }, PATIENCE);
    await stage.jobs.kill();
    await client.query("select pg_stat_clear_snapshot()");
    await client.query(`select pg_terminate_backend(pid) ${blocked}`);
    await client.query("rollback");
  });
  await stage.jobs.start();
}
