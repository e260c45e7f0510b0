import { createLinkRequest, link, linkFigures, linkFiguresQuery, linksQuery } from "#contract/links.ts";
import { list } from "#contract/primitives.ts";
import type { RouteDoc } from "./route-doc.ts";

export const linkPaths: readonly RouteDoc[] = [
  {
    method: "get",
    path: "/api/v1/sites/{siteId}/links",
    tag: "Links",
    summary: "A site's short links",
    access: "campaigns:read",
    query: linksQuery,
    answer: { status: 200, description: "A page of links, newest first", schema: list(link) },
    problems: ["invalid_cursor"],
  },
  {
    method: "get",
    path: "/api/v1/sites/{siteId}/links/figures",
    tag: "Links",
    summary: "What came through each short link",
    description:
      "Of the same page of links as without `/figures`, on a closed range of days in the site's zone: clicks, visits, and what was sold in those very visits, less refunds. It is no credit of a model.",
    access: "analytics:read",
    query: linkFiguresQuery,
    answer: { status: 200, description: "A page of figures, newest link first", schema: linkFigures },
    problems: ["invalid_range", "invalid_cursor"],
  },
  {
    method: "post",
    path: "/api/v1/sites/{siteId}/links",
    tag: "Links",
    summary: "Make a short link",
    description: "Without a slug one is made. The utm parameters are added to the destination.",
    access: "campaigns:write",
    body: createLinkRequest,
    isRepeatable: true,
    answer: { status: 201, description: "The link, ready to copy", schema: link },
    problems: ["slug_taken"],
  },
  {
    method: "delete",
    path: "/api/v1/links/{linkId}",
    tag: "Links",
    summary: "Archive a short link",
    access: "campaigns:write",
    answer: { status: 204, description: "It redirects no more" },
  },
];
