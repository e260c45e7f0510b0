import { creditedJourneys, creditedJourneysQuery, journey, journeyQuery } from "#contract/glass-box.ts";
import {
  journeyPaths as pathsAnswer,
  journeys as journeysAnswer,
  journeysQuery,
  pathsQuery,
} from "#contract/journeys.ts";
import type { RouteDoc } from "./route-doc.ts";

export const journeyPaths: readonly RouteDoc[] = [
  {
    method: "get",
    path: "/api/v1/sites/{siteId}/attribution/journeys",
    tag: "Analytics",
    summary: "What made a figure of the workbench",
    description:
      "The conversions and refunds that gave credit to a row under a model (`kind` and `key` of the row, the options of the workbench), each with its touchpoints: what each got, and why one does not count. All pages add up to the figure, to the cent. Markov credit is not one conversion's: it comes with its removal effect, its transitions and the journeys that hold the group. A page may be short and still have a `next`. With `Accept: text/csv` the page is a file, a line for each touchpoint, and `x-next` its cursor.",
    access: "analytics:read",
    query: creditedJourneysQuery,
    answer: { status: 200, description: "A page of conversions and refunds", schema: creditedJourneys },
    problems: ["invalid_range", "invalid_cursor", "not_found", "too_many_to_sort", "still_computing"],
  },
  {
    method: "get",
    path: "/api/v1/sites/{siteId}/journeys",
    tag: "Analytics",
    summary: "What the journeys of a range look like",
    description:
      "The most frequent ways with their conversions, revenue and null journeys; lengths; days from the first and the last touchpoint to the conversion; assisted conversions; first by last touchpoint. The totals are the workbench's, the unattributed included.",
    access: "analytics:read",
    query: journeysQuery,
    answer: { status: 200, description: "All of it, or that it is being worked out", schema: journeysAnswer },
    problems: ["invalid_range"],
  },
  {
    method: "get",
    path: "/api/v1/sites/{siteId}/journeys/paths",
    tag: "Analytics",
    summary: "The ways of a range, step by step",
    description:
      "Nodes and links of a Sankey diagram: at each position the largest groups and (other), read from the first step on or backwards from the last. Equal groups one behind the other are one step.",
    access: "analytics:read",
    query: pathsQuery,
    answer: {
      status: 200,
      description: "Nodes and links, or that it is being worked out",
      schema: pathsAnswer,
    },
    problems: ["invalid_range"],
  },
  {
    method: "get",
    path: "/api/v1/sites/{siteId}/journeys/{conversionId}",
    tag: "Analytics",
    summary: "The journey of one conversion",
    description:
      "Every touchpoint of the 90 days before it, what each model gives to it or why it does not count, the visits between, the devices, and refunds. No id of a visitor is in it.",
    access: "analytics:read",
    query: journeyQuery,
    answer: { status: 200, description: "The journey", schema: journey },
  },
];
