const KNOWN: ReadonlySet<string> = new Set(Intl.supportedValuesOf("currency"));

/** Whether the runtime knows this ISO 4217 code: three letters alone are no currency. */
export function isKnownCurrency(currency: string): boolean {
  return KNOWN.has(currency);
}
