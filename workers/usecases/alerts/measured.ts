import type { Judgement } from "#core/alerts/alert-cause.ts";
import type { AlertKind, AlertPlace } from "#core/alerts/alert-kind.ts";
import type { AlertNumbers } from "#core/alerts/alert-parameters.ts";
import type { AlertRecord } from "#db/queries/alerts/alert-record.ts";

/** One thing that was looked at. What it comes to depends on the numbers of its rule. */
export type Measured = AlertPlace & {
  database: string;
  /** Null: of no site. */
  site: { publicId: string; name: string } | null;
  /** How often it is looked at, in ms. */
  everyMs: number;
  judge(numbers: AlertNumbers): Judgement;
};

export const MINUTE_MS = 60_000;

export type Open = { database: string; alerts: readonly AlertRecord[] };

/** The open alerts of some kinds in a database. */
export function openOf({ alerts, database }: Open, kinds: readonly AlertKind[]): AlertRecord[] {
  return alerts.filter((alert) => alert.database === database && kinds.includes(alert.kind));
}

/** An open alert whose site or campaign was not among what was looked at: what it was about is gone. */
export function goneOf(open: readonly AlertRecord[], measured: readonly Measured[]): Measured[] {
  const found = new Set(measured.map(placeOf));
  return open
    .filter((alert) => !found.has(placeOf(alert)))
    .map((alert) => ({ ...asMeasured(alert), judge: () => ({ verdict: "gone" }) }));
}

function asMeasured(alert: AlertRecord): Omit<Measured, "judge"> {
  const { kind, accountId, siteId, subject, database, sitePublicId, siteName } = alert;
  const site = sitePublicId === null ? null : { publicId: sitePublicId, name: siteName ?? "" };
  return { kind, accountId, siteId, subject, database, site, everyMs: MINUTE_MS };
}

function placeOf({ kind, accountId, siteId, subject }: AlertPlace): string {
  return `${kind} ${accountId ?? ""} ${siteId ?? ""} ${subject}`;
}
