import { workMessage, workOrigin, type WorkMessage } from "#contract/work-message.ts";
import { computeAttribution } from "#usecases/attribution/compute-attribution.ts";
import { computeJourneys } from "#usecases/attribution/compute-journeys.ts";
import { deliverAlert } from "#usecases/alerts/deliver-alert.ts";
import { buildReport } from "#usecases/reports/build-report.ts";
import { deliverReport } from "#usecases/delivery/deliver-report.ts";
import { askAddress } from "#usecases/delivery/ask-address.ts";
import { addMeterReport } from "#usecases/operations/add-meter-report.ts";
import { giveUpReport } from "#usecases/reports/give-up-report.ts";
import { buildRun } from "#usecases/runs/build-run.ts";
import { giveUpRun } from "#usecases/runs/resume-runs.ts";
import { rematchSources } from "#usecases/sources/rematch-sources.ts";
import { countRefusals } from "#usecases/tracking-health/count-refusals.ts";
import { logWith } from "#platform/log.ts";
import type { JobsDeps } from "./jobs-deps.ts";
import { retryDelaySeconds } from "./retry-delay.ts";

/** When the work that was asked for is to be tried again, in seconds; null when it is done. */
type Work = (deps: JobsDeps, message: WorkMessage) => Promise<number | null>;

/**
 * Does the work of a batch, each message by itself: one that fails is tried again later and harms no other. Answers how many
 * come again.
 */
export async function consumeWork(deps: JobsDeps, batch: MessageBatch): Promise<number> {
  return await consumeAll(deps, batch, doWork);
}

/** What the queue has given up on: whoever waits for it is told. */
export async function buryWork(deps: JobsDeps, batch: MessageBatch): Promise<number> {
  return await consumeAll(deps, batch, giveUp);
}

async function consumeAll(deps: JobsDeps, batch: MessageBatch, work: Work): Promise<number> {
  const isDone = await Promise.all(
    batch.messages.map(async (source) => await consumeOne(depsOf(deps, source), source, work)),
  );
  return isDone.filter((one) => !one).length;
}

/** The log names the request that the work is done for. */
function depsOf(deps: JobsDeps, source: Message): JobsDeps {
  const requestId = workOrigin.safeParse(source.body).data?.requestId;
  return requestId === undefined ? deps : { ...deps, log: logWith(deps.log, { requestId }) };
}

async function consumeOne(deps: JobsDeps, source: Message, work: Work): Promise<boolean> {
  const parsed = workMessage.safeParse(source.body);
  if (!parsed.success) {
    deps.log("error", "work_unreadable", { messageId: source.id });
    await deps.spilled.keepUnreadable(source.id, source.body);
    source.ack();
    return true;
  }
  try {
    const retrySeconds = await work(deps, parsed.data);
    if (retrySeconds === null) source.ack();
    else source.retry({ delaySeconds: retrySeconds });
    return retrySeconds === null;
  } catch (error) {
    tellRetry(deps, source, { kind: parsed.data.kind, error });
    // A mail's row says when it is tried again, and the minute's cron asks: a message that stays would be one more.
    if (parsed.data.kind === "deliver-report" || parsed.data.kind === "deliver-alert") source.ack();
    else source.retry({ delaySeconds: retryDelaySeconds(source.attempts) });
    return parsed.data.kind === "deliver-report" || parsed.data.kind === "deliver-alert";
  }
}

function tellRetry(deps: JobsDeps, { attempts }: Message, failed: { kind: string; error: unknown }): void {
  const { kind } = failed;
  const error = failed.error instanceof Error ? failed.error.name : "unknown";
  // Reports of measures are no failure to measure: each would make the next.
  if (kind === "add-meter-report") deps.log("warn", "measures_retried", { attempts, cause: error });
  else deps.log("warn", "work_retried", { kind, attempts, error });
}

// oxlint-disable-next-line complexity -- a case a kind, and a new one fails to compile until it is here
async function doWork(deps: JobsDeps, message: WorkMessage): Promise<number | null> {
  switch (message.kind) {
    case "build-report":
      await buildReport(deps, message);
      return null;
    case "deliver-report":
      await deliverReport(deps, message);
      return null;
    case "deliver-alert":
      await deliverAlert(deps, message);
      return null;
    case "ask-address": {
      const asked = await askAddress(deps, message);
      return asked.ok ? null : asked.error.afterSeconds;
    }
    case "rematch-sources":
      await rematchSources(deps, message);
      return null;
    case "count-refusals":
      await countRefusals(deps, message);
      return null;
    case "add-meter-report":
      await addMeterReport(deps, message.report);
      return null;
    case "compute-attribution":
      await computeAttribution(deps, message);
      return null;
    case "compute-journeys":
      await computeJourneys(deps, message);
      return null;
    case "build-run":
      await buildRun(deps, message);
      return null;
  }
}

// oxlint-disable-next-line complexity -- as above
async function giveUp(deps: JobsDeps, message: WorkMessage): Promise<number | null> {
  deps.log("error", "work_given_up", { kind: message.kind });
  switch (message.kind) {
    case "build-report":
      await giveUpReport(deps, message);
      return null;
    case "deliver-report":
    case "deliver-alert":
      // The minute's cron finds every one that waits.
      return null;
    case "ask-address":
      // It is shown as waiting, and can be asked from the dashboard.
      return null;
    case "build-run":
      await giveUpRun(deps, message);
      return null;
    case "compute-journeys":
    case "compute-attribution":
      // Whoever asks again tells a job again.
      return null;
    case "rematch-sources":
      // The minute's cron finds every site whose sources still wait.
      return null;
    case "count-refusals":
      await countRefusals(deps, message);
      return null;
    case "add-meter-report":
      await addMeterReport(deps, message.report);
      return null;
  }
}
