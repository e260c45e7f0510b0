import type { ExchangeRate } from "#contract/rates.ts";
import { fail, ok, type Result } from "#core/result.ts";
import { listRates as selectRates } from "#db/queries/spend/rate-rows.ts";
import type { Principal } from "#usecases/accounts/principal.ts";
import type { Deps } from "#usecases/deps.ts";
import { pageOf, type Page } from "#usecases/page.ts";

const PAGE_SIZE = 200;
const FIRST_DAY = "0001-01-01";
const LAST_DAY = "9999-12-31";

export type RateKey = { day: string; currency: string; isOwn: boolean };
export type ListRatesInput = {
  principal: Principal;
  currency: string | undefined;
  from: string | undefined;
  to: string | undefined;
  after: RateKey | null;
  limit: number | undefined;
};

/** The account's own rates and the shared ones of a range, newest day first. */
export async function listRates(
  deps: Pick<Deps, "databases">,
  { principal, currency, from = FIRST_DAY, to = LAST_DAY, after, limit = PAGE_SIZE }: ListRatesInput,
): Promise<Result<Page<ExchangeRate>, { kind: "invalid_range" }>> {
  if (to < from) return fail({ kind: "invalid_range" });
  const { accountId, database } = principal;
  const question = { accountId, currency: currency ?? null, from, to, after, limit: limit + 1 };
  const rates = await selectRates(deps.databases.named(database), question);
  return ok(pageOf(rates, limit, (rate) => [rate.day, rate.currency, rate.isOwn ? 1 : 0]));
}
