const KNOWN: ReadonlySet<string> = new Set(Intl.supportedValuesOf("currency"));

/**
 * Whether the runtime knows this ISO 4217 code, in upper case: three letters alone are no currency. A few that have been
 * replaced since are known too, such as HRK.
 */
export function isKnownCurrency(currency: string): boolean {
  return KNOWN.has(currency);
}
