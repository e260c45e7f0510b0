/**
 * Equal shares of an amount in whole minor units that add up to it: the units left over go to the earlier shares
 * (largest remainder with ties to the earlier touch, decisions 24). A negative amount splits as its mirror image.
 */
export function splitMinorUnitsEvenly(amountMinor: number, shares: number): number[] {
  const magnitude = Math.abs(amountMinor);
  const base = Math.floor(magnitude / shares);
  const leftOver = magnitude % shares;
  return Array.from({ length: shares }, (_, i) => {
    const share = base + (i < leftOver ? 1 : 0);
    // 0 − 0 is 0, where −1 × 0 would be −0.
    return amountMinor < 0 ? 0 - share : share;
  });
}
