import { Hono } from "hono";

import { ledgerQuery } from "#contract/sites.ts";
import { getLedger } from "#usecases/ledger/get-ledger.ts";
import { requireAccess } from "./frame/access.ts";
import type { ApiEnv } from "./frame/api-env.ts";
import { problem } from "./frame/problem.ts";
import { requireSite } from "./frame/require-site.ts";
import { validQuery } from "./frame/valid.ts";

/** What became of every event of a site. */
export const ledgerRoutes = new Hono<ApiEnv>().get(
  "/sites/:siteId/ledger",
  requireAccess("events:read"),
  requireSite(),
  validQuery(ledgerQuery),
  async (c) => {
    const ledger = await getLedger(c.var.deps, { site: c.var.site, ...c.req.valid("query") });
    if (ledger.ok) return c.json(ledger.value);
    return problem(c, "invalid_range", { detail: "from lies before to, and they span 93 days at most" });
  },
);
