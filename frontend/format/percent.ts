/** A per cent for an input; null → "". */
export function percentToInput(percent: number | null): string {
  return percent === null ? "" : String(percent);
}

/** "12,5 %" → 12.5; null for an empty field, and for what is no per cent above 0 and up to 100. */
export function parsePercent(text: string): number | null {
  const plain = text.trim().replace(",", ".").replace(/\s*%$/, "");
  const percent = /^\d{1,3}(\.\d{1,2})?$/.test(plain) ? Number(plain) : 0;
  return percent > 0 && percent <= 100 ? percent : null;
}

/** Whether what was typed into a field that may be empty is a per cent. */
export function percentErrors<F extends string>(
  values: Readonly<Record<F, string>>,
  field: F,
): Partial<Record<F, string>> {
  const text = values[field];
  if (text.trim() === "" || parsePercent(text) !== null) return {};
  const message = "Enter a per cent up to 100, like 40 or 12.5";
  return { [field]: message } as Partial<Record<F, string>>;
}
