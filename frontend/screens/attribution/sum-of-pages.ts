import type { CreditedJourneys } from "#contract/glass-box.ts";

/** What the lines that are listed add up to. Refunds are lines of their own and no conversions. */
export function sumOfPages(pages: readonly Pick<CreditedJourneys, "items">[]): {
  items: number;
  conversions: number;
  revenueMinor: number;
} {
  const items = pages.flatMap((page) => page.items);
  return {
    items: items.length,
    conversions: items.reduce((sum, { credited }) => sum + (credited?.conversions ?? 0), 0),
    revenueMinor: items.reduce((sum, { credited }) => sum + (credited?.revenueMinor ?? 0), 0),
  };
}
