import type {
  DeadLettersCause,
  ErrorRateCause,
  Judgement,
  ReportFailureCause,
  SlowAnswersCause,
  WaitingCause,
} from "./alert-cause.ts";
import { numberOf, type AlertNumbers } from "./alert-parameters.ts";

const SECONDS_A_MINUTE = 60;
const PER_CENT = 100;

/** Failed requests as a share of all. A share of few says little: those are neither good nor bad. */
export function judgeErrorRate(cause: ErrorRateCause, numbers: AlertNumbers): Judgement {
  const { requests, errors } = cause;
  if (requests === 0) return { verdict: "missing", reason: "no_requests" };
  if ((errors * PER_CENT) / requests <= numberOf(numbers, "percent")) return { verdict: "good", cause };
  return requests < numberOf(numbers, "leastRequests")
    ? { verdict: "missing", reason: "too_few_requests" }
    : { verdict: "bad", cause };
}

/** The time in which 95 % of the requests were answered. */
export function judgeSlowAnswers(cause: SlowAnswersCause, numbers: AlertNumbers): Judgement {
  if (cause.requests === 0) return { verdict: "missing", reason: "no_requests" };
  if (cause.p95Ms <= numberOf(numbers, "p95Ms")) return { verdict: "good", cause };
  return cause.requests < numberOf(numbers, "leastRequests")
    ? { verdict: "missing", reason: "too_few_requests" }
    : { verdict: "bad", cause };
}

/** How long the oldest has waited. */
export function judgeWaiting(cause: WaitingCause, numbers: AlertNumbers): Judgement {
  const isLate = cause.seconds > numberOf(numbers, "lagMinutes") * SECONDS_A_MINUTE;
  return { verdict: isLate ? "bad" : "good", cause };
}

export function judgeDeadLetters(cause: DeadLettersCause, numbers: AlertNumbers): Judgement {
  return { verdict: cause.letters > numberOf(numbers, "letters") ? "bad" : "good", cause };
}

export function judgeReportFailure(cause: ReportFailureCause, numbers: AlertNumbers): Judgement {
  const failures = cause.reports + cause.mails;
  return { verdict: failures > numberOf(numbers, "failures") ? "bad" : "good", cause };
}
