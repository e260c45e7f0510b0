import { list } from "#contract/primitives.ts";
import { erasureAnswer, foundVisitor, visitorExport, visitorSearch } from "#contract/visitors.ts";
import type { RouteDoc } from "./route-doc.ts";

export const visitorPaths: readonly RouteDoc[] = [
  {
    method: "post",
    path: "/api/v1/sites/{siteId}/visitors/search",
    tag: "Sites",
    summary: "The visitors that a customer was identified as",
    description:
      "Takes the key that `identify` was given. The body holds it, so that it stands in no address and in no log.",
    access: "visitors:manage",
    body: visitorSearch,
    answer: { status: 200, description: "A page of visitors", schema: list(foundVisitor) },
    problems: ["invalid_cursor"],
  },
  {
    method: "get",
    path: "/api/v1/sites/{siteId}/visitors/{visitorId}/export",
    tag: "Sites",
    summary: "Everything that is held of one visitor",
    description: "Raw and derived: events, sessions, touchpoints, conversions, refunds and links.",
    access: "visitors:manage",
    answer: { status: 200, description: "All of it", schema: visitorExport },
    problems: ["invalid_request"],
  },
  {
    method: "delete",
    path: "/api/v1/sites/{siteId}/visitors/{visitorId}",
    tag: "Sites",
    summary: "Erase one visitor",
    description:
      "Raw and derived rows go, orders and their refunds with them, and figures are computed anew. What the visitor did before is not stored again, whenever it is sent. Answers 204 when all is gone; 202 while the rest of a visitor with very many events goes within minutes. Asked for again it answers the same.",
    access: "visitors:manage",
    answer: { status: 202, description: "Being erased", schema: erasureAnswer },
    otherAnswers: [{ status: 204, description: "Erased" }],
    problems: ["invalid_request"],
  },
];
