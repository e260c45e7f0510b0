/** What whoever runs the installation is told about. */
export const OPERATOR_ALERTS = [
  "error-rate",
  "slow-answers",
  "ingest-lag",
  "dead-letters",
  "rollup-stalled",
  "report-failure",
] as const;

/** What the people of an account are told about one of its sites. */
export const SITE_ALERTS = [
  "site-silent",
  "conversion-drop",
  "overspend",
  "under-delivery",
  "cpa-above-target",
] as const;

/** What they are told about all that is theirs: a report may be of all sites. */
export const ACCOUNT_ALERTS = ["report-failure"] as const;

export type OperatorAlert = (typeof OPERATOR_ALERTS)[number];
export type SiteAlert = (typeof SITE_ALERTS)[number];
export type AlertKind = OperatorAlert | SiteAlert;

export const ALERT_KINDS: readonly AlertKind[] = [...OPERATOR_ALERTS, ...SITE_ALERTS];

/** What one alert is about: of one there is never more than one that is open. */
export type AlertPlace = {
  kind: AlertKind;
  accountId: number | null;
  siteId: number | null;
  /** What of it: a Worker, a database, a campaign's public id; empty when there is but one. */
  subject: string;
};

/** The place as a key, equal for equal places. */
export function alertKey({ kind, accountId, siteId, subject }: AlertPlace): string {
  return [kind, accountId ?? "operators", siteId ?? "", subject].join("/");
}
