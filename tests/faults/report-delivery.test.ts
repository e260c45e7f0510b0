import { setTimeout as pause } from "node:timers/promises";
import { describe, expect, it, type TestContext } from "vitest";
import { type DeliveryStage, startDeliveryStage } from "./delivery/delivery-stage.ts";
import { readDeliveries, type Settled, writeDueSchedules } from "./delivery/due-schedules.ts";
import { REFUSED_ADDRESS } from "./delivery/fake-mail-provider.ts";
import { withClient } from "./proof/with-client.ts";

const IS_SOAK = process.env["SOAK"] === "1";
const SCHEDULES = IS_SOAK ? 1_000 : 100;
const SITES = SCHEDULES / 5;
const POISONED = SCHEDULES / 50;
const KILLS = 2;
/** The most that a machine may take that does other things too. */
const PATIENCE_MS = IS_SOAK ? 3_600_000 : 900_000;
const CRON_EVERY_MS = 2_000;
const WATCH_EVERY_MS = 10;

/** With a provider that knows no keys: how many mails may lie in the mailbox of a delivery in this state. */
const ALLOWED_MAILS: Readonly<Record<string, readonly number[]>> = {
  sent: [1],
  unknown: [0, 1],
  failed: [0],
};

type Run = { stage: DeliveryStage; deliveries: Settled[]; kills: number };

/** All due at once; the cron every few moments, the Worker killed twice while mails go out, until every mail is settled. */
async function runAll(
  protocol: "resend" | "postmark",
  { onTestFinished }: Pick<TestContext, "onTestFinished">,
): Promise<Run> {
  const stage = await startDeliveryStage({
    protocol,
    // The soak waits as long as the Worker does; a connection that ends without an answer says as little.
    lose: (response) => {
      if (!IS_SOAK) setTimeout(() => response.destroy(), 200);
    },
  });
  onTestFinished(async () => await stage.stop());
  const { databaseUrl, jobs } = stage;
  await withClient(databaseUrl, async (client) => {
    await writeDueSchedules(client, {
      schedules: SCHEDULES,
      sites: SITES,
      poisoned: POISONED,
      // Short ones: what is tested is how they are sent.
      content: { sections: ["kpis"] },
    });
  });
  const deadlineMs = Date.now() + PATIENCE_MS;
  let kills = 0;
  for (;;) {
    const deliveries = await withClient(databaseUrl, readDeliveries);
    if (deliveries.length === SCHEDULES && deliveries.every(isSettled)) {
      return { stage, deliveries, kills };
    }
    if (Date.now() > deadlineMs) throw new Error(`Not settled in time: ${describeAll(deliveries)}`);
    await jobs.workers().runCron("* * * * *");
    kills = await killAtWork(stage, kills);
  }
}

/** Until the next cron: when another quarter of the mails has gone the Worker dies, in the middle of something. */
async function killAtWork({ jobs, provider, queue }: DeliveryStage, killsBefore: number): Promise<number> {
  let kills = killsBefore;
  const untilMs = Date.now() + CRON_EVERY_MS;
  while (Date.now() < untilMs) {
    const isDue = kills < KILLS && provider.mails.size > ((kills + 1) * SCHEDULES) / 4;
    if (isDue && queue.delivering > 0) {
      kills += 1;
      await jobs.kill();
      await jobs.start();
    }
    await pause(WATCH_EVERY_MS);
  }
  return kills;
}

function isSettled({ status }: Settled): boolean {
  return status !== "pending" && status !== "built";
}

function describeAll(deliveries: readonly Settled[]): string {
  const counts = new Map<string, number>();
  for (const { status, reportStatus, failure } of deliveries) {
    const key = `${reportStatus}/${status}/${failure ?? ""}`;
    counts.set(key, (counts.get(key) ?? 0) + 1);
  }
  return JSON.stringify([...counts]);
}

/** The poisoned ones say why, but for those of which nobody can tell; everybody else was sent to. */
function expectPoisonedFailed(deliveries: readonly Settled[], doubtful = 0): void {
  const failed = deliveries.filter(({ status }) => status === "failed");
  expect(failed).toHaveLength(POISONED - doubtful);
  const reasons = failed.map(({ reportFailure, failure }) => reportFailure ?? failure);
  for (const reason of reasons) {
    expect(reason).toMatch(
      /^(The site is not there any more|A sponsor report needs at least one campaign|validation_error.*)$/,
    );
  }
}

// Side by side: what an attempt that was broken off leaves behind is waited for, half a minute each time.
describe.concurrent(
  `${SCHEDULES} schedules due at the same instant, a provider on a bad day, the Worker killed twice`,
  { timeout: PATIENCE_MS + 60_000 },
  () => {
    it("a provider that honours keys has taken exactly one mail for each recipient", async (context) => {
      const { stage: ended, deliveries, kills } = await runAll("resend", context);
      expect(kills).toBe(KILLS);
      expectPoisonedFailed(deliveries);
      const sent = deliveries.filter(({ status }) => status === "sent");
      expect(sent).toHaveLength(SCHEDULES - POISONED);
      expect(ended.provider.mails.size).toBe(sent.length);
      for (const { recipient } of sent) expect(ended.provider.mails.get(recipient)).toHaveLength(1);
      // The day was a bad one indeed.
      for (const verdict of ["429", "500", "lost", "taken_and_lost"] as const) {
        expect(ended.provider.counts.get(verdict)).toBeGreaterThan(0);
      }
      expect(ended.provider.counts.get("other_mail")).toBeUndefined();
      expect(ended.provider.counts.get("repeated")).toBeGreaterThan(0);
      expect(ended.queue.redelivered).toBeGreaterThan(0);
    });

    it("one that does not has taken at most one, and each that nobody can tell of is listed as unknown", async (context) => {
      const { stage: ended, deliveries, kills } = await runAll("postmark", context);
      expect(kills).toBe(KILLS);
      const unknown = deliveries.filter(({ status }) => status === "unknown");
      // An address that is refused may have got an error before, which leaves it in doubt for good.
      const poisoned = unknown.filter(({ recipient }) => recipient.startsWith(REFUSED_ADDRESS)).length;
      expectPoisonedFailed(deliveries, poisoned);
      const wrong = deliveries.filter(({ recipient, status }) => {
        const mails = ended.provider.mails.get(recipient)?.length ?? 0;
        return !ALLOWED_MAILS[status]?.includes(mails);
      });
      expect(wrong).toEqual([]);
      const { counts } = ended.provider;
      const doubtful = ["500", "lost", "taken_and_lost"] as const;
      const unanswered = doubtful.reduce((sum, verdict) => sum + (counts.get(verdict) ?? 0), 0);
      // Besides, those whose attempt was broken off when the Worker died.
      expect(unknown.length).toBeGreaterThanOrEqual(unanswered);
      expect(unknown.length).toBeLessThanOrEqual(unanswered + KILLS * 20);
      expect(deliveries.filter(({ status }) => status === "sent").length).toBe(
        SCHEDULES - POISONED - (unknown.length - poisoned),
      );
    });
  },
);
