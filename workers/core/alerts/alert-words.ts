import { currencyExponent } from "#core/money/currency-exponent.ts";
import { formatMajorUnits } from "#core/text/format-major-units.ts";
import { clockText } from "#core/time/local-time.ts";
import {
  ofCause,
  type AlertCause,
  type ByCause,
  type ConversionDropCause,
  type CpaCause,
  type DeadLettersCause,
  type ErrorRateCause,
  type MissingReason,
  type PacingCause,
  type ReportFailureCause,
  type SiteSilentCause,
  type SlowAnswersCause,
  type Usual,
  type WaitingCause,
} from "./alert-cause.ts";
import type { AlertKind } from "./alert-kind.ts";

/** Alerts speak English: their readers run things, and a message is searched for by its words. */
export const ALERT_NAMES: Readonly<Record<AlertKind, string>> = {
  "error-rate": "Too many requests fail",
  "slow-answers": "Answers are slow",
  "ingest-lag": "Events wait to be stored",
  "dead-letters": "Events could not be stored",
  "rollup-stalled": "Figures are not summed up",
  "report-failure": "A report failed",
  "site-silent": "No events arrive",
  "conversion-drop": "Fewer conversions than usual",
  overspend: "Spends faster than planned",
  "under-delivery": "Spends more slowly than planned",
  "cpa-above-target": "A conversion costs more than its target",
};

/** What of it: said after the name. */
export type AlertScope = {
  siteName: string | null;
  /** A Worker or a database of the installation. */
  subject: string;
};

/** One line: what is wrong, with what. */
export function alertTitle(cause: AlertCause, { siteName, subject }: AlertScope): string {
  const what = "campaign" in cause ? cause.campaign : subject;
  const whose = siteName === null ? what : "campaign" in cause ? `${what}, ${siteName}` : siteName;
  return whose === "" ? ALERT_NAMES[cause.kind] : `${ALERT_NAMES[cause.kind]}: ${whose}`;
}

/** The facts in a sentence or two. */
export function causeWords(cause: AlertCause): string {
  return ofCause(CAUSE_WORDS, cause);
}

const CAUSE_WORDS: ByCause<string> = {
  "error-rate": errorWords,
  "slow-answers": slowWords,
  "ingest-lag": waitingWords,
  "rollup-stalled": waitingWords,
  "dead-letters": letterWords,
  "report-failure": reportWords,
  "site-silent": silentWords,
  "conversion-drop": dropWords,
  overspend: pacingWords,
  "under-delivery": pacingWords,
  "cpa-above-target": cpaWords,
};

function letterWords({ letters, isMore, most }: DeadLettersCause): string {
  const many = `${plain(letters)}${isMore ? " or more" : ""} ${letters === 1 ? "body waits" : "bodies wait"}`;
  return most === null ? `${many}.` : `${many}, ${plain(most.letters)} of them because of ${most.reason}.`;
}

function reportWords({ reports, mails, latest }: ReportFailureCause): string {
  const parts = [
    ...(reports > 0 ? [`${counted(reports, "report")} could not be built`] : []),
    ...(mails > 0 ? [`${counted(mails, "mail")} of reports could not be sent`] : []),
  ];
  if (parts.length === 0) return "No report failed in the last 24 hours.";
  const last = latest === null ? "" : ` The latest: “${latest.title}”. ${sentence(latest.reason)}`;
  return `In the last 24 hours ${parts.join(" and ")}.${last}`;
}

function errorWords({ minutes, requests, errors, most }: ErrorRateCause): string {
  const share = `${plain(errors)} of ${plain(requests)} requests of the last ${minutes} minutes failed (${percent(errors / Math.max(requests, 1))})`;
  if (most === null) return `${share}.`;
  const code = most.code === null ? "" : ` (${most.code})`;
  return `${share}. ${plain(most.requests)} of ${plain(errors)} failed requests were ${most.status}${code} on ${most.method} ${most.route}.`;
}

function slowWords({ minutes, requests, p95Ms, slowest }: SlowAnswersCause): string {
  const all = `95 % of ${plain(requests)} requests of the last ${minutes} minutes were answered within ${plain(Math.round(p95Ms))} ms, the rest later.`;
  return slowest === null
    ? all
    : `${all} ${slowest.method} ${slowest.route} took most of the time: ${plain(Math.round(slowest.p95Ms))} ms.`;
}

function waitingWords({ seconds, what }: WaitingCause): string {
  const since = seconds < 120 ? counted(seconds, "second") : counted(Math.round(seconds / 60), "minute");
  switch (what) {
    case "bodies":
      return `Bodies that collect took were stored ${since} later.`;
    case "spill":
      return `The oldest body in the spill has waited for ${since}.`;
    case "hours":
      return `The oldest hour to be summed up has waited for ${since}.`;
  }
}

function silentWords({ lastEventMs, timeZone, usual, minutes }: SiteSilentCause): string {
  const since = `No event since ${clockText(lastEventMs, timeZone)} (${timeZone})`;
  return usual === null
    ? `${since}.`
    : `${since}; these ${spanWords(minutes)} usually have ${rangeWords(usual)}.`;
}

function dropWords({ conversions, fromMs, toMs, timeZone, usual }: ConversionDropCause): string {
  const to = clockText(toMs, timeZone).slice(11);
  const counts = `${counted(conversions, "conversion")} from ${clockText(fromMs, timeZone)} to ${to} (${timeZone})`;
  return usual === null
    ? `${counts}.`
    : `${counts}; these hours of the week usually have ${rangeWords(usual)}, over ${usual.weeks} weeks.`;
}

function pacingWords({ spentMinor, budgetMinor, currency, elapsed }: PacingCause): string {
  const spent = money(spentMinor, currency);
  return `${spent} of ${money(budgetMinor, currency)} are spent (${percent(spentMinor / budgetMinor)}), and ${percent(elapsed)} of the flight have gone by.`;
}

function cpaWords(cause: CpaCause): string {
  const { spentMinor, conversions, targetMinor, currency, days } = cause;
  const spent = `${money(spentMinor, currency)} for ${decimal(conversions)} ${conversions === 1 ? "conversion" : "conversions"} in the last ${counted(days, "day")}`;
  const target = `the target is ${money(targetMinor, currency)}`;
  return conversions > 0
    ? `${spent}: ${money(Math.round(spentMinor / conversions), currency)} each; ${target}.`
    : `${spent}; ${target} each.`;
}

/** Why an alert that is open cannot be judged at the moment, or a rule not at all. */
export const MISSING_WORDS: Readonly<Record<MissingReason, string>> = {
  no_requests: "There were no requests",
  too_few_requests: "There were too few requests to judge by",
  no_events_yet: "No event has come yet",
  too_little_history: "There are fewer than 4 weeks of history to compare with",
  usually_quiet: "These hours of the week are usually quiet",
  not_rolled_up: "These hours are still being summed up",
  site_is_silent: "There was no event of any kind",
  ingest_stalled: "Events wait to be stored, so nothing can be said about the site",
  no_spend: "There is no spend for these days",
  currency_mismatch: "There is no exchange rate for its spend",
  too_few_conversions: "There were too few conversions to judge by",
};

function rangeWords({ low, high }: Usual): string {
  return low === high ? plain(low) : `${plain(low)} to ${plain(high)}`;
}

function spanWords(minutes: number): string {
  if (minutes < 120) return counted(minutes, "minute");
  const hours = Math.min(Math.round(minutes / 60), 24);
  return counted(hours, "hour");
}

function counted(count: number, noun: string): string {
  return `${plain(count)} ${noun}${count === 1 ? "" : "s"}`;
}

/** With commas: 1234567 → "1,234,567". */
function plain(value: number): string {
  return String(value).replace(/\B(?=(\d{3})+$)/g, ",");
}

function decimal(value: number): string {
  return Number.isInteger(value) ? plain(value) : value.toFixed(1);
}

function percent(share: number): string {
  const value = share * 100;
  return `${value >= 10 ? value.toFixed(0) : value.toFixed(1)} %`;
}

function money(minor: number, currency: string): string {
  return `${currency} ${formatMajorUnits(minor, currencyExponent(currency)).replace(/\B(?=(\d{3})+(?!\d))(?<!\.\d*)/g, ",")}`;
}

function sentence(text: string): string {
  return /[.!?]$/.test(text) ? text : `${text}.`;
}
