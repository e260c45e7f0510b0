import type { ErrorRateCause } from "#core/alerts/alert-cause.ts";
import { judgeErrorRate, judgeSlowAnswers } from "#core/alerts/judge-operations.ts";
import { latencyQuantile } from "#core/operations/latency-histogram.ts";
import type { Database } from "#db/database.ts";
import { readRouteTimes } from "#db/queries/alerts/measure-operations.ts";
import { readRequestWindow, type FailedRequests } from "#db/queries/operations/request-window.ts";
import { MINUTE_MS, type Measured } from "./measured.ts";

const WINDOW_MINUTES = 5;
const P95 = 0.95;

/** Requests of the last five whole minutes: how many failed, and how long the api took to answer. Control database. */
export async function measureRequests(control: Database, at: Date): Promise<Measured[]> {
  const toMs = Math.floor(at.getTime() / MINUTE_MS) * MINUTE_MS;
  const window = { from: new Date(toMs - WINDOW_MINUTES * MINUTE_MS), to: new Date(toMs) };
  const [all, api, routes] = await Promise.all([
    readRequestWindow(control, window),
    readRequestWindow(control, { ...window, workers: ["api"] }),
    readRouteTimes(control, { worker: "api", ...window }),
  ]);
  const [slowest = null] = routes.map(({ method, route, pairs }) => ({
    method,
    route,
    p95Ms: latencyQuantile(new Map(pairs), P95) ?? 0,
  }));
  const { requests, errors, failed } = all;
  const errorRate = {
    kind: "error-rate",
    minutes: WINDOW_MINUTES,
    requests,
    errors,
    most: mostOf(failed),
  } as const;
  const slowAnswers = {
    kind: "slow-answers",
    minutes: WINDOW_MINUTES,
    requests: api.requests,
    p95Ms: latencyQuantile(api.histogram, P95) ?? 0,
    slowest,
  } as const;
  return [
    { ...ofInstallation("error-rate", ""), judge: (numbers) => judgeErrorRate(errorRate, numbers) },
    { ...ofInstallation("slow-answers", "api"), judge: (numbers) => judgeSlowAnswers(slowAnswers, numbers) },
  ];
}

function mostOf([most]: readonly FailedRequests[]): ErrorRateCause["most"] {
  if (most === undefined) return null;
  const { requests, status, method, route, code } = most;
  return { requests, status, method, route, code };
}

/** What is of no account and no site; `subject`: a Worker or a database. */
export function ofInstallation(kind: Measured["kind"], subject: string): Omit<Measured, "judge"> {
  return {
    kind,
    accountId: null,
    siteId: null,
    subject,
    site: null,
    // Operators' alerts stand in the control database, whatever they are about.
    database: "main",
    everyMs: MINUTE_MS,
  };
}
