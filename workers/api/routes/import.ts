import { Hono } from "hono";

import { importRequest } from "#contract/events.ts";
import { parseImportedEvent } from "#contract/parse-event.ts";
import { webCryptoHash } from "#platform/keyed-hash.ts";
import { importEvents } from "#usecases/ingest/import-events.ts";
import type { SiteMemory } from "#usecases/ingest/ingest-events.ts";
import { findSite } from "#usecases/sites/find-site.ts";
import { requireAccess } from "./frame/access.ts";
import type { ApiEnv } from "./frame/api-env.ts";
import { problem } from "./frame/problem.ts";
import { validJson } from "./frame/valid.ts";

/** A thousand events of four kilobytes each. */
const MAX_IMPORT_BYTES = 4_000_000;
/** One per isolate, as in jobs. */
const sites: SiteMemory = new Map();

export const importRoutes = new Hono<ApiEnv>().post(
  "/events",
  requireAccess("events:write"),
  // As collect, which is to take what later versions of a sender may say.
  validJson(importRequest, { maxBytes: MAX_IMPORT_BYTES, isOpen: true }),
  async (c) => {
    const { siteId, events } = c.req.valid("json");
    const site = await findSite(c.var.deps, c.var.principal, siteId);
    if (site === null) return problem(c, "not_found", { detail: "There is no such site" });

    const deps = { ...c.var.deps, parseEvent: parseImportedEvent, hash: webCryptoHash, sites };
    return c.json(await importEvents(deps, { site, requestId: c.var.requestId, rawEvents: events }));
  },
);
