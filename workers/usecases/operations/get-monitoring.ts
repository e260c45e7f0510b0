import type { Monitoring, MonitoringRange } from "#contract/monitoring.ts";
import { monitoringWindow } from "#core/operations/monitoring-window.ts";
import { countActiveUsers } from "#db/queries/operations/count-active-users.ts";
import { sumCounters } from "#db/queries/operations/counter-sums.ts";
import { summariseCrons } from "#db/queries/operations/cron-runs.ts";
import { listErrorGroups } from "#db/queries/operations/error-groups.ts";
import { listRequestPoints, sumRequests } from "#db/queries/operations/request-sums.ts";
import type { SpillAge } from "#platform/spill-age.ts";
import { controlDatabase, type Deps } from "#usecases/deps.ts";
import { loadDatabases } from "./load-databases.ts";
import { showCache, showQueues } from "./show-counters.ts";
import { showDatabases } from "./show-databases.ts";
import { showRequests } from "./show-requests.ts";

export type MonitoringDeps = Pick<Deps, "databases" | "clock" | "cache"> & { spillAge: SpillAge };

const MOST_ERRORS = 50;
const DAY_MS = 86_400_000;
const ROLL_UP = "roll_up";

/** How the installation is doing, from what its Workers have measured, its receipts and its rows. */
export async function getMonitoring(deps: MonitoringDeps, range: MonitoringRange): Promise<Monitoring> {
  const control = controlDatabase(deps);
  const now = deps.clock.now();
  const window = monitoringWindow(range, now.getTime());
  const span = { from: new Date(window.fromMs), to: new Date(window.toMs) };
  const { unit, stepUnit, stepSeconds } = window;
  const day = { from: new Date(window.toMs - DAY_MS), to: span.to };

  const [groups, points, counters, ofDay, crons, errors, activeUsers, states, isUp, oldestSpilled] =
    await Promise.all([
      sumRequests(control, { ...span, unit }),
      listRequestPoints(control, { ...span, unit: stepUnit, stepSeconds }),
      sumCounters(control, span),
      sumCounters(control, day),
      summariseCrons(control, span.from),
      listErrorGroups(control, { since: span.from, limit: MOST_ERRORS }),
      countActiveUsers(control, span.from),
      loadDatabases(deps, { ...span, now }),
      deps.cache.isUp(),
      deps.spillAge(),
    ]);
  const lastSuccessAt = crons.find(({ task }) => task === ROLL_UP)?.lastSuccessAt ?? null;
  const { rollup, ...shown } = showDatabases(states, now);
  return {
    range,
    from: span.from.toISOString(),
    to: span.to.toISOString(),
    asOf: now.toISOString(),
    stepSeconds,
    requests: { ...showRequests(groups), points },
    activeUsers,
    ...shown,
    queues: {
      ...showQueues(counters, ofDay),
      oldestSpilledAt: oldestSpilled?.toISOString() ?? null,
    },
    rollup: { ...rollup, lastSuccessAt },
    cache: { ...showCache(counters), isUp },
    crons,
    errors,
  };
}
