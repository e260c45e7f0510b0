import { siteDay } from "#core/time/site-day.ts";
import { ofCause, type AlertCause, type ByCause } from "./alert-cause.ts";
import type { AlertKind } from "./alert-kind.ts";

export type AlertView = {
  cause: AlertCause;
  /** Public id; null for what is of no site. */
  site: string | null;
  isOperators: boolean;
};

/** The dashboard's view that shows what the alert is about, filtered: path and query. */
export function alertPath({ cause, site, isOperators }: AlertView): string {
  if (isOperators && cause.kind === "report-failure") return "/admin/monitoring?range=24h";
  return ofCause(PATHS, cause)(site);
}

type PathOf = (site: string | null) => string;

const monitoring = (): PathOf => () => "/admin/monitoring?range=1h";
const spend = (): PathOf => (site) => `/spend${query({ site })}`;

const PATHS: ByCause<PathOf> = {
  "error-rate": monitoring,
  "slow-answers": monitoring,
  "ingest-lag": monitoring,
  "rollup-stalled": monitoring,
  "dead-letters":
    ({ most }) =>
    () =>
      `/admin/dead-letters${query({ reason: most?.reason ?? null })}`,
  "report-failure":
    ({ latest }) =>
    () =>
      latest === null ? "/reports" : `/reports/${latest.reportId}`,
  "site-silent": () => (site) => `/tracking-health${query({ site })}`,
  "conversion-drop":
    ({ fromMs, toMs, timeZone }) =>
    (site) =>
      `/${query({ site, from: siteDay(fromMs, timeZone), to: siteDay(toMs - 1, timeZone) })}`,
  overspend: spend,
  "under-delivery": spend,
  "cpa-above-target":
    ({ campaignId, from, to }) =>
    (site) =>
      `/campaigns/${campaignId}${query({ site, from, to })}`,
};

/** Where the operator's documentation says what to do. */
export function runbookPath(kind: AlertKind): string {
  return `/docs/runbooks/${kind}`;
}

function query(values: Readonly<Record<string, string | null>>): string {
  const pairs = Object.entries(values).flatMap(([name, value]) =>
    value === null ? [] : [`${name}=${encodeURIComponent(value)}`],
  );
  return pairs.length === 0 ? "" : `?${pairs.join("&")}`;
}
