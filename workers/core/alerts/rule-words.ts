import type { AlertKind } from "./alert-kind.ts";
import { numberOf, type AlertNumbers } from "./alert-parameters.ts";

/** A rule in one sentence: when it tells whom. */
export function ruleWords(kind: AlertKind, numbers: AlertNumbers): string {
  return `${CONDITIONS[kind]((name) => numberOf(numbers, name))}${waitWords(numbers)}.`;
}

type Numbers = (name: string) => number;

const CONDITIONS: Readonly<Record<AlertKind, (n: Numbers) => string>> = {
  "error-rate": (n) =>
    `More than ${n("percent")} % of the requests of five minutes fail, of at least ${n("leastRequests")}`,
  "slow-answers": (n) =>
    `95 % of the requests of five minutes, of at least ${n("leastRequests")}, are not answered within ${n("p95Ms")} ms`,
  "ingest-lag": (n) => `Events are stored more than ${minutes(n("lagMinutes"))} after they came`,
  "dead-letters": (n) =>
    n("letters") === 0 ? "A body cannot be stored" : `More than ${n("letters")} bodies cannot be stored`,
  "rollup-stalled": (n) => `An hour waits for more than ${minutes(n("lagMinutes"))} to be summed up`,
  "report-failure": (n) =>
    n("failures") === 0
      ? "A report of the last 24 hours could not be built or mailed"
      : `More than ${n("failures")} reports or mails of the last 24 hours failed`,
  "site-silent": (n) =>
    `No event arrives for ${minutes(n("leastMinutes"))}, where that stretch of the week usually has at least ${n("leastExpected")}`,
  "conversion-drop": (n) =>
    `The last ${hours(n("hours"))} have at least ${n("percent")} % fewer conversions than the same hours of the last eight weeks, which usually have at least ${n("leastUsual")}`,
  overspend: (n) =>
    `A campaign is more than ${n("percent")} % ahead of its budget, from ${n("leastElapsed")} % of its flight on, or over the whole of it`,
  "under-delivery": (n) =>
    `A campaign is more than ${n("percent")} % behind its budget, from ${n("leastElapsed")} % of its flight on`,
  "cpa-above-target": (n) =>
    `A campaign's conversions of the last ${n("days")} days cost more than ${n("percent")} % above their target, judged from ${n("leastConversions")} on`,
};

function waitWords(numbers: AlertNumbers): string {
  const wait = numberOf(numbers, "forMinutes");
  return wait === 0 ? "" : `, for ${minutes(wait)}`;
}

function minutes(count: number): string {
  return count === 1 ? "a minute" : `${count} minutes`;
}

function hours(count: number): string {
  return count === 1 ? "hour" : `${count} hours`;
}
