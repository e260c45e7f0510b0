import { installCheck, installCheckRequest, trackingDetails, trackingHealth } from "#contract/tracking.ts";
import type { RouteDoc } from "./route-doc.ts";

export const trackingPaths: readonly RouteDoc[] = [
  {
    method: "get",
    path: "/api/v1/sites/{siteId}/tracking-health",
    tag: "Sites",
    summary: "Whether a site's events arrive",
    description:
      "When the newest body was received and the newest event stored, how long that takes, and what still waits to be summed up.",
    access: "events:read",
    answer: {
      status: 200,
      description: "The state in one word, and what it rests on",
      schema: trackingHealth,
    },
  },
  {
    method: "get",
    path: "/api/v1/sites/{siteId}/tracking-details",
    tag: "Sites",
    summary: "Which pages report, and what counts as a bot",
    description: "From the newest events of seven days, 10,000 at most; `looked` says how far that reaches.",
    access: "events:read",
    answer: { status: 200, description: "Pages, identity and bots", schema: trackingDetails },
  },
  {
    method: "post",
    path: "/api/v1/sites/{siteId}/install-check",
    tag: "Sites",
    summary: "Why nothing arrives",
    description:
      "Fetches a page of the site, the front page if none is named, and says what keeps its events from arriving. Only hosts that the site names are fetched.",
    access: "events:read",
    body: installCheckRequest,
    answer: { status: 200, description: "What was found, each with its fix", schema: installCheck },
    problems: ["too_many_attempts"],
  },
];
