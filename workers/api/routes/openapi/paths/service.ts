import * as z from "zod/mini";

import { anyJson } from "#contract/primitives.ts";
import type { RouteDoc } from "./route-doc.ts";

const readiness = z.object({
  status: z.enum(["ok", "degraded", "unavailable"]),
  databases: z.record(z.string(), z.boolean()),
  cache: z.boolean(),
  checks: z.array(z.object({ name: z.string(), isUp: z.boolean(), ms: z.number() })),
});

export const servicePaths: readonly RouteDoc[] = [
  {
    method: "get",
    path: "/api/v1/openapi.json",
    tag: "Service",
    summary: "This document",
    access: "public",
    answer: {
      status: 200,
      description: "OpenAPI 3.1",
      schema: z.record(z.string(), anyJson("As OpenAPI 3.1 says")),
    },
  },
  {
    method: "get",
    path: "/api/v1/docs",
    tag: "Service",
    summary: "This document, to read",
    access: "public",
    answer: { status: 200, description: "A page of HTML", contentTypes: ["text/html"] },
  },
  {
    method: "get",
    path: "/healthz",
    tag: "Service",
    summary: "Whether the Worker runs",
    access: "public",
    answer: { status: 200, description: "It does", schema: z.object({ status: z.literal("ok") }) },
  },
  {
    method: "get",
    path: "/readyz",
    tag: "Service",
    summary: "Whether the Worker reaches what it needs",
    description:
      "`unavailable` when a database does not answer; `degraded` when the cache, the queue of work or the storage of reports does not. `checks` has the milliseconds that each took. Kept by no cache.",
    access: "public",
    answer: { status: 200, description: "What answers", schema: readiness },
    otherAnswers: [{ status: 503, description: "What does not answer", schema: readiness }],
  },
];
