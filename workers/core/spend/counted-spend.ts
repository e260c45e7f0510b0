type Placed = { campaignId: number; day: string };

/**
 * The rule against counting twice: on a day for which somebody entered or imported what a campaign cost, that is what
 * it cost, and what its deals would come to is not counted. (What is paid beside a deal is a fixed deal of its own.)
 * Answers, for each computed row, whether it counts.
 */
export function countsBesideEntered(entered: readonly Placed[]): (computed: Placed) => boolean {
  const known = new Set(entered.map(placeOf));
  return (computed) => !known.has(placeOf(computed));
}

function placeOf({ campaignId, day }: Placed): string {
  return `${campaignId} ${day}`;
}
