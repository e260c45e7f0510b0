import type { ImportedEvent, PixelEvent } from "#contract/collect.ts";
import type { EventRefusal } from "#contract/parse-event.ts";
import { isKnownCurrency } from "#usecases/campaigns/known-currency.ts";

/**
 * Why the money of a conversion or refund cannot be counted, or null. Its currency has to be one that sites and rates may
 * have: no rate could ever be given for another.
 */
export function refuseMoney(event: PixelEvent | ImportedEvent): EventRefusal | null {
  const currency = moneyOf(event)?.currency;
  if (currency === undefined || isKnownCurrency(currency)) return null;
  return {
    code: "invalid_currency",
    message: `${event.type}.currency: must be a currency of ISO 4217, such as EUR`,
  };
}

/** The field that holds it has the name of the event's type. */
function moneyOf(event: PixelEvent | ImportedEvent): { currency?: string | undefined } | undefined {
  if (event.type === "conversion") return event.conversion;
  return event.type === "refund" ? event.refund : undefined;
}
