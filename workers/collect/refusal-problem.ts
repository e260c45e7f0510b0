import type { BodyRefusal } from "#usecases/accept-events.ts";

import type { ProblemFacts } from "./answer-problem.ts";

const RATE_PERIOD_SECONDS = 60;
const OUTAGE_RETRY_SECONDS = 5;

/** The one table from why a body was refused to what is answered. */
export function refusalProblem(refusal: BodyRefusal): ProblemFacts {
  switch (refusal.kind) {
    case "unknown_site":
      return {
        status: 404,
        code: "unknown_site",
        title: "Unknown site",
        detail: "No site has this key. Copy the snippet from the site's settings again.",
      };
    case "origin_not_allowed":
      return {
        status: 403,
        code: "origin_not_allowed",
        title: "Origin not allowed",
        detail: `${refusal.origin.slice(0, 256)} is not among the origins of this site. Add it in the site's settings.`,
      };
    case "rate_limited":
      return {
        status: 429,
        code: "rate_limited",
        title: "Too many requests",
        detail: `Too many requests. Send again with the same ids after ${RATE_PERIOD_SECONDS} s.`,
        retryAfterSeconds: RATE_PERIOD_SECONDS,
      };
    case "nothing_usable":
      return {
        status: 400,
        code: "nothing_usable",
        title: "Nothing usable",
        detail: "Every event of the body was refused.",
        errors: refusal.rejected.map(({ index, code, message }) => ({
          path: `events.${index}`,
          code,
          message,
        })),
      };
    case "config_unavailable":
    case "not_durable":
      return {
        status: 503,
        code: refusal.kind,
        title: "Not durable now",
        detail: "The events could not be stored now. Send them again with the same ids.",
        retryAfterSeconds: OUTAGE_RETRY_SECONDS,
      };
  }
}
