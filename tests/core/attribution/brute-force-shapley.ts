/** What a coalition of players wins together. */
export type Game = (coalition: ReadonlySet<string>) => number;

/** Shapley values by their definition: each player's mean gain over all orders in which they may come; n! orders, as subsets. */
export function bruteForceShapley(players: readonly string[], game: Game): Record<string, number> {
  return Object.fromEntries(
    players.map((player) => {
      const others = players.filter((other) => other !== player);
      let value = 0;
      for (let mask = 0; mask < 2 ** others.length; mask += 1) {
        const before = new Set(others.filter((_, i) => (mask & (2 ** i)) !== 0));
        const orders = factorial(before.size) * factorial(others.length - before.size);
        const gain = game(new Set([...before, player])) - game(before);
        value += (orders / factorial(players.length)) * gain;
      }
      return [player, value];
    }),
  );
}

function factorial(n: number): number {
  return n < 2 ? 1 : n * factorial(n - 1);
}
