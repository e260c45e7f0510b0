import type { ImportedEvent, PixelEvent } from "#contract/collect.ts";
import type { EventRefusal } from "#contract/parse-event.ts";
import { parseMinorUnits } from "#core/money/parse-minor-units.ts";
import { isKnownCurrency } from "#usecases/campaigns/known-currency.ts";

/**
 * Why the money of a conversion or refund cannot be counted, or null. Its currency has to be one that sites and rates may
 * have: no rate could ever be given for another. In whole minor units of it, or of the site's where it names none, the
 * value must be exact: ingest would drop the event when nobody waits for the answer any more.
 */
export function refuseMoney(event: PixelEvent | ImportedEvent, siteCurrency: string): EventRefusal | null {
  const { value, currency = siteCurrency } = moneyOf(event) ?? {};
  if (currency !== siteCurrency && !isKnownCurrency(currency)) {
    const message = `${event.type}.currency: must be a currency of ISO 4217, such as EUR`;
    return { code: "invalid_currency", message };
  }
  if (value === undefined || parseMinorUnits(value, currency) !== null) return null;
  const limit = `at most ${Number.MAX_SAFE_INTEGER} minor units of ${currency}`;
  return { code: "invalid_value", message: `${event.type}.value: must be ${limit}` };
}

type Money = { value?: string | number | undefined; currency?: string | undefined };

/** The field that holds it has the name of the event's type. */
function moneyOf(event: PixelEvent | ImportedEvent): Money | undefined {
  if (event.type === "conversion") return event.conversion;
  return event.type === "refund" ? event.refund : undefined;
}
