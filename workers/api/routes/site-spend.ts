import { Hono, type Context } from "hono";

import { day } from "#contract/primitives.ts";
import { putSiteSpendRequest, spendLedgerQuery } from "#contract/spend.ts";
import { fail, ok, type Result } from "#core/result.ts";
import { getPacing } from "#usecases/spend/get-pacing.ts";
import { getSpendLedger, type LedgerKey } from "#usecases/spend/get-spend-ledger.ts";
import { putSiteSpend, type InvalidSiteRows, type SiteRowFault } from "#usecases/spend/put-site-spend.ts";
import { requireAccess } from "./frame/access.ts";
import type { ApiEnv } from "./frame/api-env.ts";
import { decodeCursor, encodeCursor } from "./frame/cursor.ts";
import { problem } from "./frame/problem.ts";
import { requireSite } from "./frame/require-site.ts";
import { validJson, validQuery } from "./frame/valid.ts";

/** A thousand rows with notes of five hundred characters. */
const MAX_SPEND_BYTES = 2_000_000;

/** The ledger of a site's spend, its import, and budgets against time. */
export const siteSpendRoutes = new Hono<ApiEnv>()
  .get(
    "/sites/:siteId/spend",
    requireAccess("campaigns:read"),
    requireSite(),
    validQuery(spendLedgerQuery),
    async (c) => {
      const { from, to, campaign, after, limit } = c.req.valid("query");
      const cursor = ledgerCursor(after);
      if (!cursor.ok) return problem(c, "invalid_cursor");
      const { deps, site } = c.var;
      const asked = { site, from, to, campaign: campaign ?? null, after: cursor.value, limit };
      const page = await getSpendLedger(deps, asked);
      if (!page.ok) return refuseRange(c, page.error);
      const { next, ...ledger } = page.value;
      return c.json({ ...ledger, next: next && encodeCursor(next) });
    },
  )
  .put(
    "/sites/:siteId/spend",
    requireAccess("campaigns:write"),
    requireSite(),
    validJson(putSiteSpendRequest, { maxBytes: MAX_SPEND_BYTES }),
    async (c) => {
      const { deps, principal, site } = c.var;
      const written = await putSiteSpend(deps, { principal, site, request: c.req.valid("json") });
      return written.ok ? c.json(written.value) : refuseRows(c, written.error);
    },
  )
  .get("/sites/:siteId/pacing", requireAccess("campaigns:read"), requireSite(), async (c) =>
    c.json(await getPacing(c.var.deps, c.var.site)),
  );

/** Day, campaign and source of the last row of the page before. */
function ledgerCursor(after: string | undefined): Result<LedgerKey | null, { kind: "invalid_cursor" }> {
  const key = decodeCursor(after, ["string", "string", "string"]);
  if (!key.ok) return key;
  if (key.value === null) return ok(null);
  const [lastDay = "", campaignId = "", source = ""] = key.value.map(String);
  return day.safeParse(lastDay).success
    ? ok({ day: lastDay, campaignId, source })
    : fail({ kind: "invalid_cursor" });
}

function refuseRange(c: Context, { kind }: { kind: "invalid_range" | "not_found" }): Response {
  return kind === "not_found"
    ? problem(c, "not_found", { detail: "The site has no such campaign" })
    : problem(c, "invalid_range", {
        detail: "from and to are days, from is not after to, and they span 800 days at most",
      });
}

function refuseRows(c: Context, { faults }: InvalidSiteRows): Response {
  return problem(c, "invalid_request", {
    detail: `Nothing was written: ${faults.length} of the rows cannot be`,
    errors: faults.map(rowError),
  });
}

function rowError(fault: SiteRowFault) {
  return { path: `rows.${fault.index}.${fault.field}`, code: fault.fault, message: messageOf(fault) };
}

function messageOf(fault: SiteRowFault): string {
  switch (fault.fault) {
    case "repeated":
      return "An earlier row has the same campaign, day and source";
    case "unknown_currency":
      return "Not a currency of ISO 4217, such as EUR";
    case "unknown_campaign":
      return "The site has no campaign with this id";
    case "day_out_of_range":
      return `Must be a day from ${fault.first} to ${fault.last}`;
  }
}
