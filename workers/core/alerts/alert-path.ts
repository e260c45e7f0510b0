import { siteDay } from "#core/time/site-day.ts";
import type { AlertCause } from "./alert-cause.ts";
import type { AlertKind } from "./alert-kind.ts";

export type AlertView = {
  cause: AlertCause;
  /** Public id; null for what is of no site. */
  site: string | null;
  isOperators: boolean;
};

/** The dashboard's view that shows what the alert is about, filtered: path and query. */
export function alertPath({ cause, site, isOperators }: AlertView): string {
  switch (cause.kind) {
    case "error-rate":
    case "slow-answers":
    case "ingest-lag":
    case "rollup-stalled":
      return "/admin/monitoring?range=1h";
    case "dead-letters":
      return `/admin/dead-letters${cause.most === null ? "" : `?reason=${encodeURIComponent(cause.most.reason)}`}`;
    case "report-failure":
      if (isOperators) return "/admin/monitoring?range=24h";
      return cause.latest === null ? "/reports" : `/reports/${cause.latest.reportId}`;
    case "site-silent":
      return `/tracking-health${query({ site })}`;
    case "conversion-drop": {
      const day = siteDay(cause.fromMs, cause.timeZone);
      return `/${query({ site, from: day, to: siteDay(cause.toMs - 1, cause.timeZone) })}`;
    }
    case "overspend":
    case "under-delivery":
      return `/spend${query({ site })}`;
    case "cpa-above-target":
      return `/campaigns/${cause.campaignId}${query({ site, from: cause.from, to: cause.to })}`;
  }
}

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
