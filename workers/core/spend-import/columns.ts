export const IMPORT_FIELDS = ["day", "campaign", "amount", "currency", "source", "note"] as const;
export type ImportField = (typeof IMPORT_FIELDS)[number];

/** Which column holds what, from 0; null where there is none. */
export type ColumnMapping = Readonly<Record<ImportField, number | null>>;

/** What exports of ad platforms call their columns; the more telling word first. */
const WORDS: Readonly<Record<ImportField, readonly RegExp[]>> = {
  day: [/^(day|date|tag|datum|fecha|jour|data)$/, /reporting starts|date|day|datum/],
  campaign: [/^(campaign|campaign name|kampagne|campaña|campagne)$/, /campaign|kampagne|campaña|campagne/],
  amount: [
    /^(spend|cost|amount|amount spent|kosten|ausgaben|betrag|coste|coût|importe)\b/,
    /spend|spent|cost|amount|kosten|ausgaben|betrag|coste|coût|importe/,
  ],
  currency: [/^(currency|currency code|währung|moneda|devise)$/, /currency|währung|moneda|devise/],
  source: [/^(source|platform|quelle|fuente)$/],
  note: [/^(note|notes|comment|description|notiz|nota)$/],
};

/** The columns by their headings; each is taken once, and a heading that says nothing is left to the person. */
export function guessColumns(headings: readonly string[]): ColumnMapping {
  const names = headings.map((heading) => heading.trim().toLowerCase());
  const taken = new Set<number>();
  const find = (field: ImportField): number | null => {
    for (const word of WORDS[field]) {
      const at = names.findIndex((name, index) => !taken.has(index) && word.test(name));
      if (at < 0) continue;
      taken.add(at);
      return at;
    }
    return null;
  };
  return {
    currency: find("currency"),
    day: find("day"),
    campaign: find("campaign"),
    amount: find("amount"),
    source: find("source"),
    note: find("note"),
  };
}

/** "Cost (EUR)" says the currency of its column; null where a heading names none. */
export function currencyOfHeading(heading: string): string | null {
  return /(?:^|[^A-Za-z])([A-Z]{3})(?:[^A-Za-z]|$)/.exec(heading)?.[1] ?? null;
}
