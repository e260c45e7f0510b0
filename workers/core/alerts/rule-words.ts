import type { AlertKind } from "./alert-kind.ts";
import { numberOf, type AlertNumbers } from "./alert-parameters.ts";

/** A rule in one sentence: when it tells whom. */
export function ruleWords(kind: AlertKind, numbers: AlertNumbers): string {
  return `${conditionOf(kind, (name) => numberOf(numbers, name))}${waitWords(numbers)}.`;
}

function conditionOf(kind: AlertKind, n: (name: string) => number): string {
  switch (kind) {
    case "error-rate":
      return `More than ${n("percent")} % of the requests of five minutes fail, of at least ${n("leastRequests")}`;
    case "slow-answers":
      return `95 % of the requests of five minutes, of at least ${n("leastRequests")}, are not answered within ${n("p95Ms")} ms`;
    case "ingest-lag":
      return `Events are stored more than ${minutes(n("lagMinutes"))} after they came`;
    case "dead-letters":
      return n("letters") === 0
        ? "A body cannot be stored"
        : `More than ${n("letters")} bodies cannot be stored`;
    case "rollup-stalled":
      return `An hour waits for more than ${minutes(n("lagMinutes"))} to be summed up`;
    case "report-failure":
      return n("failures") === 0
        ? "A report of the last 24 hours could not be built or mailed"
        : `More than ${n("failures")} reports or mails of the last 24 hours failed`;
    case "site-silent":
      return `No event arrives for ${minutes(n("leastMinutes"))}, where that stretch of the week usually has at least ${n("leastExpected")}`;
    case "conversion-drop":
      return `The last ${hours(n("hours"))} have at least ${n("percent")} % fewer conversions than the same hours of the last eight weeks, which usually have at least ${n("leastUsual")}`;
    case "overspend":
      return `A campaign is more than ${n("percent")} % ahead of its budget, from ${n("leastElapsed")} % of its flight on, or over the whole of it`;
    case "under-delivery":
      return `A campaign is more than ${n("percent")} % behind its budget, from ${n("leastElapsed")} % of its flight on`;
    case "cpa-above-target":
      return `A campaign's conversions of the last ${n("days")} days cost more than ${n("percent")} % above their target, judged from ${n("leastConversions")} on`;
  }
}

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
