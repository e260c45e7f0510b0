const USUAL_EXPONENT = 2;

/** The currencies of ISO 4217 whose minor unit is not a hundredth. */
const EXPONENTS: Readonly<Record<number, string>> = {
  0: "BIF CLP DJF GNF ISK JPY KMF KRW PYG RWF UGX UYI VND VUV XAF XOF XPF",
  3: "BHD IQD JOD KWD LYD OMR TND",
  4: "CLF UYW",
};

const EXPONENT_BY_CURRENCY: ReadonlyMap<string, number> = new Map(
  Object.entries(EXPONENTS).flatMap(([exponent, currencies]) =>
    currencies.split(" ").map((currency) => [currency, Number(exponent)] as const),
  ),
);

/** Decimal places of a currency's minor unit by ISO 4217: EUR 2, JPY 0, KWD 3 (decisions 25). Unknown codes have 2. */
export function currencyExponent(currency: string): number {
  return EXPONENT_BY_CURRENCY.get(currency) ?? USUAL_EXPONENT;
}
