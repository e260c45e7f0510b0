/**
 * A decimal, as text or number, written out without spaces and exponent: " 49.90" → "49.90", 1e-7 → "0.0000001". Null when it
 * is negative, no decimal number, or longer than 18 digits before and 20 after the point.
 */
export function decimalText(value: string | number): string | null {
  const text = typeof value === "number" ? plainDecimal(value) : value.trim();
  return /^\d{1,18}(\.\d{1,20})?$/.test(text) ? text : null;
}

/** 1e21 is no amount of money. */
function plainDecimal(value: number): string {
  if (!Number.isFinite(value) || value < 0 || value >= 1e18) return "";
  const text = String(value);
  return text.includes("e") ? value.toFixed(20).replace(/\.?0+$/, "") : text;
}
