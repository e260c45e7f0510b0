import { describedImportRequest, eventRow, eventsQuery, importAnswer } from "#contract/events.ts";
import { list } from "#contract/primitives.ts";
import type { RouteDoc } from "./route-doc.ts";

export const eventPaths: readonly RouteDoc[] = [
  {
    method: "post",
    path: "/api/v1/events",
    tag: "Events",
    summary: "Send events from a program",
    description:
      "Up to 1,000 events a call, in the shape of the collect protocol, plus visitor, channel and campaign. They are stored when this is answered. The same event id again is counted as a duplicate and changes nothing, so a call may be repeated at will. Each event is checked by itself: one that is not as described is in `rejected`, and the others are stored.",
    access: "events:write",
    body: describedImportRequest,
    answer: {
      status: 200,
      description: "How many were new, there already, or refused and why",
      schema: importAnswer,
    },
    problems: ["not_found"],
  },
  {
    method: "get",
    path: "/api/v1/sites/{siteId}/events",
    tag: "Events",
    summary: "The log of a site's events",
    access: "events:read",
    query: eventsQuery,
    answer: { status: 200, description: "A page of events, newest first", schema: list(eventRow) },
    problems: ["invalid_cursor"],
  },
  {
    method: "get",
    path: "/api/v1/campaigns/{campaignId}/events",
    tag: "Events",
    summary: "The log of a campaign's events",
    access: "events:read",
    query: eventsQuery,
    answer: { status: 200, description: "A page of events, newest first", schema: list(eventRow) },
    problems: ["invalid_cursor"],
  },
];
