import { list, pageQuery } from "#contract/primitives.ts";
import { createSiteRequest, ledger, ledgerQuery, site, updateSiteRequest } from "#contract/sites.ts";
import type { RouteDoc } from "./route-doc.ts";

export const sitePaths: readonly RouteDoc[] = [
  {
    method: "get",
    path: "/api/v1/sites",
    tag: "Sites",
    summary: "The account's sites",
    access: "sites:read",
    query: pageQuery,
    answer: { status: 200, description: "A page of sites, oldest first", schema: list(site) },
    problems: ["invalid_cursor"],
  },
  {
    method: "post",
    path: "/api/v1/sites",
    tag: "Sites",
    summary: "Add a site",
    description: "Its pixel works as soon as this is answered; the snippet to paste is in the answer.",
    access: "sites:write",
    body: createSiteRequest,
    isRepeatable: true,
    answer: { status: 201, description: "The site", schema: site },
    problems: ["invalid_time_zone", "invalid_currency"],
  },
  {
    method: "get",
    path: "/api/v1/sites/{siteId}",
    tag: "Sites",
    summary: "One site",
    access: "sites:read",
    answer: { status: 200, description: "The site, with its first and latest event", schema: site },
  },
  {
    method: "patch",
    path: "/api/v1/sites/{siteId}",
    tag: "Sites",
    summary: "Change a site's settings",
    description: "A new time zone moves the borders of days: history is rolled up anew within minutes.",
    access: "sites:write",
    body: updateSiteRequest,
    answer: { status: 200, description: "The site as it is now", schema: site },
    problems: ["invalid_time_zone", "invalid_currency"],
  },
  {
    method: "get",
    path: "/api/v1/sites/{siteId}/ledger",
    tag: "Sites",
    summary: "What became of every event",
    description: "For each hour: received = stored + duplicate + bot + rejected + dead-lettered.",
    access: "events:read",
    query: ledgerQuery,
    answer: { status: 200, description: "The ledger, hour by hour, with its totals", schema: ledger },
    problems: ["invalid_range"],
  },
];
