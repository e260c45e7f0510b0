import type { Alert, AlertChannel } from "#contract/alerts.ts";
import type { AlertKind } from "#core/alerts/alert-kind.ts";
import { ALERT_NAMES } from "#core/alerts/alert-words.ts";

const MINUTE_MS = 60_000;
/** So many minutes ago. */
export const ago = (minutes: number): string => new Date(Date.now() - minutes * MINUTE_MS).toISOString();
const SITE = { id: "site_bean", name: "Bean Shop" };

function alert(id: string, facts: Partial<Alert>): Alert {
  const kind = facts.kind ?? "conversion-drop";
  return {
    id,
    kind,
    status: "firing",
    title: `${ALERT_NAMES[kind as AlertKind]}: ${SITE.name}`,
    text: "",
    facts: {},
    site: SITE,
    path: "/",
    runbook: `/docs/runbooks/${kind}`,
    firedAt: ago(95),
    resolvedAt: null,
    resolution: null,
    goodSince: null,
    measuredAt: ago(1),
    missing: null,
    acknowledgedAt: null,
    acknowledgedBy: null,
    ...facts,
  };
}

/** Alerts in every state. */
export function demoAlerts(): Alert[] {
  return [
    alert("alt_drop", {
      text: "18 conversions from 2026-03-11 10:00 to 13:00 (Europe/Berlin); these hours of the week usually have 52 to 66, over 8 weeks.",
    }),
    alert("alt_over", {
      kind: "overspend",
      title: "Spends faster than planned: Autumn roast, Bean Shop",
      text: "EUR 9,120.00 of EUR 12,000.00 are spent (76 %), and 40 % of the flight have gone by.",
      firedAt: ago(60 * 26),
      acknowledgedAt: ago(60 * 20),
      acknowledgedBy: "Mara Lindt",
      goodSince: ago(20),
      missing: "There is no exchange rate for its spend",
      measuredAt: ago(40),
    }),
    alert("alt_silent", {
      kind: "site-silent",
      status: "resolved",
      text: "No event since 2026-03-10 14:05 (Europe/Berlin); these 61 minutes usually have 40 to 70.",
      firedAt: ago(60 * 24),
      resolvedAt: ago(60 * 22),
      resolution: "recovered",
    }),
    alert("alt_report", {
      kind: "report-failure",
      status: "resolved",
      title: ALERT_NAMES["report-failure"],
      site: null,
      text: "In the last 24 hours 1 report could not be built. The latest: “Autumn”. It took too long.",
      firedAt: ago(60 * 90),
      resolvedAt: ago(60 * 66),
      resolution: "ended",
    }),
  ];
}

/** A channel of each kind. */
export function demoChannels(): AlertChannel[] {
  const channel = (facts: Pick<AlertChannel, "id" | "kind" | "name" | "target"> & Partial<AlertChannel>) => ({
    quietHours: null,
    createdAt: ago(60 * 24 * 30),
    last: null,
    ...facts,
  });
  return [
    channel({
      id: "ach_mail",
      kind: "mail",
      name: "Mara",
      target: "mara@bean.example",
      quietHours: { from: "22:00", to: "07:00", timeZone: "Europe/Berlin" },
      last: { status: "sent", at: ago(95), failure: null },
    }),
    channel({ id: "ach_slack", kind: "slack", name: "#marketing", target: "hooks.slack.com/…9x2K" }),
    channel({
      id: "ach_hook",
      kind: "webhook",
      name: "Pager",
      target: "pager.example.com/…cret",
      last: { status: "failed", at: ago(94), failure: "The address answered 404" },
    }),
  ];
}
