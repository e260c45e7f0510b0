import { Hono, type Context } from "hono";

import { deleteSpendQuery, putSpendRequest, spendQuery } from "#contract/campaigns.ts";
import { day } from "#contract/primitives.ts";
import { fail, ok, type Result } from "#core/result.ts";
import type { CampaignNotFound } from "#usecases/campaigns/campaign-refusal.ts";
import { deleteSpend, type SpendNotFound } from "#usecases/campaigns/delete-spend.ts";
import { listSpend, type InvalidRange } from "#usecases/campaigns/list-spend.ts";
import { putSpend, type InvalidRows, type RowFault } from "#usecases/campaigns/put-spend.ts";
import { requireAccess } from "./frame/access.ts";
import type { ApiEnv } from "./frame/api-env.ts";
import { decodeCursor, listAnswer } from "./frame/cursor.ts";
import { problem } from "./frame/problem.ts";
import { validId } from "./frame/public-id.ts";
import { validJson, validQuery } from "./frame/valid.ts";

/** A thousand rows with notes of five hundred characters. */
const MAX_SPEND_BYTES = 2_000_000;

/** What campaigns cost, by day and source. */
export const spendRoutes = new Hono<ApiEnv>()
  .get(
    "/campaigns/:campaignId/spend",
    requireAccess("campaigns:read"),
    validId("campaignId", "cmp"),
    validQuery(spendQuery),
    async (c) => {
      const { from, to, after, limit } = c.req.valid("query");
      const cursor = spendCursor(after);
      if (!cursor.ok) return problem(c, "invalid_cursor");
      const { deps, principal } = c.var;
      const campaignId = c.req.param("campaignId");
      const page = await listSpend(deps, { principal, campaignId, from, to, after: cursor.value, limit });
      return page.ok ? c.json(listAnswer(page.value, (row) => row)) : refuse(c, page.error);
    },
  )
  .put(
    "/campaigns/:campaignId/spend",
    requireAccess("campaigns:write"),
    validId("campaignId", "cmp"),
    validJson(putSpendRequest, { maxBytes: MAX_SPEND_BYTES }),
    async (c) => {
      const { deps, principal } = c.var;
      const campaignId = c.req.param("campaignId");
      const written = await putSpend(deps, { principal, campaignId, request: c.req.valid("json") });
      return written.ok ? c.json(written.value) : refuse(c, written.error);
    },
  )
  .delete(
    "/campaigns/:campaignId/spend/:day",
    requireAccess("campaigns:write"),
    validId("campaignId", "cmp"),
    validQuery(deleteSpendQuery),
    async (c) => {
      const { deps, principal } = c.var;
      const { source } = c.req.valid("query");
      const row = { campaignId: c.req.param("campaignId"), day: c.req.param("day"), source };
      if (!day.safeParse(row.day).success) return refuse(c, { kind: "spend_not_found" });
      const deleted = await deleteSpend(deps, { principal, ...row });
      return deleted.ok ? c.body(null, 204) : refuse(c, deleted.error);
    },
  );

/** Day and source of the last row of the page before. */
function spendCursor(
  after: string | undefined,
): Result<{ day: string; source: string } | null, { kind: "invalid_cursor" }> {
  const key = decodeCursor(after, ["string", "string"]);
  if (!key.ok) return key;
  if (key.value === null) return ok(null);
  const [lastDay, source] = key.value.map(String);
  const isOurs = day.safeParse(lastDay).success && source !== undefined && !source.includes("\u0000");
  return isOurs ? ok({ day: lastDay ?? "", source }) : fail({ kind: "invalid_cursor" });
}

function refuse(
  c: Context,
  refusal: CampaignNotFound | SpendNotFound | InvalidRange | InvalidRows,
): Response {
  switch (refusal.kind) {
    case "campaign_not_found":
      return problem(c, "not_found", { detail: "There is no such campaign" });
    case "spend_not_found":
      return problem(c, "not_found", { detail: "There is no spend of that day and source" });
    case "invalid_range":
      return problem(c, "invalid_range", { detail: `${refusal.to} is before ${refusal.from}` });
    case "invalid_rows":
      return problem(c, "invalid_request", {
        detail: `Nothing was written: ${refusal.faults.length} of the rows cannot be`,
        errors: refusal.faults.map(rowError),
      });
  }
}

function rowError(fault: RowFault) {
  return { path: `rows.${fault.index}.${fault.field}`, code: fault.fault, message: messageOf(fault) };
}

function messageOf(fault: RowFault): string {
  switch (fault.fault) {
    case "repeated":
      return "An earlier row has the same day and source";
    case "unknown_currency":
      return "Not a currency of ISO 4217, such as EUR";
    case "day_out_of_range":
      return `Must be a day from ${fault.first} to ${fault.last}`;
  }
}
