import { Hono, type Context } from "hono";

import { currency, day } from "#contract/primitives.ts";
import { putRatesRequest, ratesQuery } from "#contract/rates.ts";
import { fail, ok, type Result } from "#core/result.ts";
import { deleteRate } from "#usecases/spend/delete-rate.ts";
import { listRates, type RateKey } from "#usecases/spend/list-rates.ts";
import { putRates, putSharedRates, type InvalidRates, type RateFault } from "#usecases/spend/put-rates.ts";
import { requireAccess } from "./frame/access.ts";
import type { ApiEnv } from "./frame/api-env.ts";
import { decodeCursor, listAnswer } from "./frame/cursor.ts";
import { problem } from "./frame/problem.ts";
import { requireSuperadmin } from "./frame/require-superadmin.ts";
import { validJson, validQuery } from "./frame/valid.ts";

/** Five thousand rates, each with a source. */
const MAX_RATES_BYTES = 1_000_000;

/** Daily exchange rates: the account's own and, for whoever runs the installation, everybody's. */
export const rateRoutes = new Hono<ApiEnv>()
  .get("/rates", requireAccess("campaigns:read"), validQuery(ratesQuery), async (c) => {
    const { after, ...query } = c.req.valid("query");
    const cursor = rateCursor(after);
    if (!cursor.ok) return problem(c, "invalid_cursor");
    const { deps, principal } = c.var;
    const { from, to, limit } = query;
    const asked = { principal, from, to, limit, currency: query.currency, after: cursor.value };
    const page = await listRates(deps, asked);
    if (!page.ok) return problem(c, "invalid_range", { detail: "to is before from" });
    return c.json(listAnswer(page.value, (rate) => rate));
  })
  .put(
    "/rates",
    requireAccess("campaigns:write"),
    validJson(putRatesRequest, { maxBytes: MAX_RATES_BYTES }),
    async (c) => {
      const { deps, principal } = c.var;
      const written = await putRates(deps, { principal, request: c.req.valid("json") });
      return written.ok ? c.json(written.value) : refuse(c, written.error);
    },
  )
  .delete("/rates/:currency/:day", requireAccess("campaigns:write"), async (c) => {
    const { deps, principal } = c.var;
    const rate = { currency: c.req.param("currency"), day: c.req.param("day") };
    const isOne = currency.safeParse(rate.currency).success && day.safeParse(rate.day).success;
    const deleted = isOne ? await deleteRate(deps, { principal, ...rate }) : fail(null);
    if (deleted.ok) return c.body(null, 204);
    return problem(c, "not_found", { detail: "There is no rate of your own for that currency and day" });
  })
  .put(
    "/admin/rates",
    requireSuperadmin(),
    validJson(putRatesRequest, { maxBytes: MAX_RATES_BYTES }),
    async (c) => {
      const { deps, user } = c.var;
      const written = await putSharedRates(deps, { user, request: c.req.valid("json") });
      return written.ok ? c.json(written.value) : refuse(c, written.error);
    },
  );

/** Day, currency and layer of the last rate of the page before. */
function rateCursor(after: string | undefined): Result<RateKey | null, { kind: "invalid_cursor" }> {
  const key = decodeCursor(after, ["string", "string", "number"]);
  if (!key.ok) return key;
  if (key.value === null) return ok(null);
  const [lastDay, lastCurrency, isOwn] = key.value;
  const isOurs = day.safeParse(lastDay).success && currency.safeParse(lastCurrency).success;
  return isOurs
    ? ok({ day: String(lastDay), currency: String(lastCurrency), isOwn: isOwn === 1 })
    : fail({ kind: "invalid_cursor" });
}

function refuse(c: Context, { faults }: InvalidRates): Response {
  return problem(c, "invalid_request", {
    detail: `Nothing was written: ${faults.length} of the rates cannot be`,
    errors: faults.map(rateError),
  });
}

function rateError({ index, field, fault }: RateFault) {
  const messages = {
    repeated: "An earlier rate is of the same currency and day",
    unknown_currency: "Not a currency of ISO 4217, such as USD",
  };
  return { path: `rates.${index}.${field}`, code: fault, message: messages[fault] };
}
