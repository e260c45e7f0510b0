import type { PutRatesAnswer, PutRatesRequest } from "#contract/rates.ts";
import type { DailyRate } from "#core/money/exchange-rate.ts";
import { fail, ok, type Result } from "#core/result.ts";
import { upsertRates } from "#db/queries/spend/rate-rows.ts";
import type { Principal, UserPrincipal } from "#usecases/accounts/principal.ts";
import { isKnownCurrency } from "#usecases/campaigns/known-currency.ts";
import { noteChange } from "#usecases/campaigns/note-change.ts";
import { noteAdminAct } from "#usecases/dead-letters/note-admin-act.ts";
import type { Deps } from "#usecases/deps.ts";
import { storeSharedRates } from "./store-shared-rates.ts";

/** `repeated`: an earlier rate of the same request is of the same currency and day. */
export type RateFault = { index: number; field: "day" | "currency"; fault: "repeated" | "unknown_currency" };
export type InvalidRates = { kind: "invalid_rates"; faults: readonly RateFault[] };

/** The source of rates that do not name one. */
const DEFAULT_SOURCE = "api";

type RatesDeps = Pick<Deps, "databases" | "clock" | "log">;

/** Writes an account's own rates, all or none; they go before the shared ones. */
export async function putRates(
  deps: RatesDeps,
  { principal, request }: { principal: Principal; request: PutRatesRequest },
): Promise<Result<PutRatesAnswer, InvalidRates>> {
  const rates = ratesOf(request);
  if (!rates.ok) return rates;
  const { accountId, database } = principal;
  const at = deps.clock.now();
  const changed = await upsertRates(deps.databases.named(database), { accountId, rates: rates.value, at });
  await noteChange(deps, principal, {
    action: "rates.put",
    subject: principal.accountPublicId,
    detail: { rates: rates.value.length, changed },
  });
  return ok({ changed });
}

/** Writes everybody's rates, in every database. */
export async function putSharedRates(
  deps: RatesDeps,
  { user, request }: { user: UserPrincipal; request: PutRatesRequest },
): Promise<Result<PutRatesAnswer, InvalidRates>> {
  const rates = ratesOf(request);
  if (!rates.ok) return rates;
  await noteAdminAct(deps, {
    user,
    action: "admin.rates.put",
    subject: "rates",
    detail: { rates: rates.value.length },
  });
  return ok({ changed: await storeSharedRates(deps, rates.value) });
}

function ratesOf({ rates }: PutRatesRequest): Result<DailyRate[], InvalidRates> {
  const seen = new Set<string>();
  const faults = rates.flatMap(({ currency, day }, index): RateFault[] => {
    const key = `${currency} ${day}`;
    const isRepeated = seen.has(key);
    seen.add(key);
    if (!isKnownCurrency(currency)) return [{ index, field: "currency", fault: "unknown_currency" }];
    return isRepeated ? [{ index, field: "day", fault: "repeated" }] : [];
  });
  if (faults.length > 0) return fail({ kind: "invalid_rates", faults });
  return ok(rates.map((rate) => ({ ...rate, source: rate.source ?? DEFAULT_SOURCE })));
}
