import { readQueueMessage } from "#contract/queue-message.ts";
import type { SitesByDatabase } from "#usecases/ingest/ingest-at-home.ts";
import { replaySpill } from "#usecases/ingest/replay-spill.ts";
import { expireEvents } from "#usecases/maintenance/expire-events.ts";
import {
  compactLedger,
  expireAttribution,
  expireBots,
  expireJourneys,
} from "#usecases/maintenance/expire-traces.ts";
import { keepCronRuns } from "#usecases/operations/keep-cron-runs.ts";
import { ensurePartitions } from "#usecases/maintenance/ensure-partitions.ts";
import { purgeExpired } from "#usecases/maintenance/purge-expired.ts";
import { recordFirstSteps } from "#usecases/maintenance/record-first-steps.ts";
import { countAllProductDays } from "#usecases/product/count-product-days.ts";
import { ensureStandardChannels } from "#usecases/alerts/ensure-standard-channels.ts";
import { evaluateAlerts } from "#usecases/alerts/evaluate-alerts.ts";
import { resumeAlertDeliveries } from "#usecases/alerts/resume-alert-deliveries.ts";
import { resumeDeliveries } from "#usecases/delivery/resume-deliveries.ts";
import { expireReports } from "#usecases/reports/expire-reports.ts";
import { resumeWaiting } from "#usecases/reports/resume-waiting.ts";
import { runSchedules } from "#usecases/schedules/run-schedules.ts";
import { resumeWaitingRuns } from "#usecases/runs/resume-runs.ts";
import { rollUpAllDatabases } from "#usecases/rollups/roll-up-all-databases.ts";
import { rebuildZones } from "#usecases/sites/rebuild-zones.ts";
import { reconcileEdgeConfig } from "#usecases/sites/reconcile-edge-config.ts";
import { rotateSalts } from "#usecases/sites/rotate-salts.ts";
import { rematchWaitingSites } from "#usecases/sources/rematch-waiting-sites.ts";
import { finishErasures } from "#usecases/visitors/finish-erasures.ts";
import { forgetOldAliases } from "#usecases/visitors/forget-old-aliases.ts";
import { fetchRates } from "#usecases/spend/fetch-rates.ts";
import { watchIngestLag } from "#usecases/tracking-health/watch-ingest-lag.ts";
import type { JobsDeps } from "./jobs-deps.ts";

const sites: SitesByDatabase = new Map();

/** `at`: when the run was due. */
type Task = { name: string; run(deps: JobsDeps, at: Date): Promise<unknown> };

const EVERY_MINUTE: readonly Task[] = [
  { name: "replay_spill", run: replayCounted },
  { name: "rematch_sources", run: rematchWaitingSites },
  { name: "finish_erasures", run: finishErasures },
  { name: "rebuild_zones", run: rebuildZones },
  { name: "roll_up", run: rollUpAllDatabases },
  // After the hours are rolled up, which its reports are made of.
  { name: "run_schedules", run: runSchedules },
  { name: "resume_waiting_reports", run: resumeWaiting },
  { name: "resume_deliveries", run: resumeDeliveries },
  { name: "ensure_alert_channels", run: ensureStandardChannels },
  // Also after the hours are rolled up: what is still to be summed cannot be judged.
  { name: "evaluate_alerts", run: evaluateAlerts },
  { name: "resume_alert_deliveries", run: resumeAlertDeliveries },
  { name: "record_first_steps", run: recordFirstSteps },
  // Last, so that what this very run made up for is not told.
  { name: "watch_ingest_lag", run: watchIngestLag },
];

const EVERY_HOUR: readonly Task[] = [
  { name: "ensure_partitions", run: ensurePartitions },
  { name: "expire_events", run: expireEvents },
  { name: "expire_bots", run: expireBots },
  { name: "compact_ledger", run: compactLedger },
  { name: "expire_journeys", run: expireJourneys },
  { name: "expire_attribution", run: expireAttribution },
  { name: "expire_reports", run: expireReports },
  { name: "fetch_rates", run: fetchRates },
  { name: "count_product_days", run: countAllProductDays },
  { name: "resume_waiting_runs", run: resumeWaitingRuns },
  { name: "purge_expired", run: purgeExpired },
  { name: "forget_aliases", run: forgetOldAliases },
  { name: "rotate_salts", run: rotateSalts },
  { name: "reconcile_edge_config", run: reconcileEdgeConfig },
];

/** The hour's expression in wrangler.toml; every other one is the minute's. */
const HOURLY_CRON = "7 * * * *";

/**
 * Runs what is due. A task that fails is logged and harms no other; every one takes its work from the database and
 * not from the clock, so the next run makes up for it. What each has done is kept. Throws at the end when any failed, so
 * that the platform sees it.
 */
export async function runCron(deps: JobsDeps, { cron, at }: { cron: string; at: Date }): Promise<void> {
  const runs: TaskRun[] = [];
  for (const task of cron === HOURLY_CRON ? EVERY_HOUR : EVERY_MINUTE) {
    // In order: a source is matched before its hours are rolled up.
    // oxlint-disable-next-line no-await-in-loop
    runs.push(await runTask(deps, task, at));
  }
  await keepCronRuns(deps, runs);
  const failed = runs.filter(({ isOk }) => !isOk).map(({ task }) => task);
  if (failed.length > 0) throw new Error(`Cron tasks failed: ${failed.join(", ")}`);
}

type TaskRun = Parameters<typeof keepCronRuns>[1][number];

async function runTask(deps: JobsDeps, due: Task, at: Date): Promise<TaskRun> {
  const task = due.name;
  const startedAt = deps.clock.now();
  try {
    await due.run(deps, at);
    return { task, startedAt, finishedAt: deps.clock.now(), isOk: true, error: null };
  } catch (failure) {
    const error = failure instanceof Error ? failure.name : "unknown";
    deps.log("error", "cron_task_failed", { task, error });
    return { task, startedAt, finishedAt: deps.clock.now(), isOk: false, error };
  }
}

async function replayCounted(deps: JobsDeps): Promise<void> {
  const { replayed, unreadable } = await replaySpill(spillDeps(deps));
  deps.meter.count("bodies_taken", replayed + unreadable);
}

function spillDeps(deps: JobsDeps): Parameters<typeof replaySpill>[0] {
  const { spilled } = deps;
  return {
    ...deps,
    sites,
    spilled: {
      list: async (limit, after) => await spilled.list(limit, after),
      remove: async (key) => await spilled.remove(key),
      setAside: async (key) => await spilled.setAside(key),
      keepUnreadable: async (name, body) => await spilled.keepUnreadable(name, body),
      read: async (key) => readQueueMessage(await spilled.read(key)),
    },
  };
}
