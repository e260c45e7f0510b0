type Figures = Readonly<Record<string, number | null>>;

/**
 * The figures that are not the same, as text: names that only one side has, null against a number, and numbers that are
 * apart by more than the tolerance, which is relative above 1 and absolute below.
 */
export function differences(actual: Figures, expected: Figures, tolerance = 1e-9): string[] {
  const names = new Set([...Object.keys(actual), ...Object.keys(expected)]);
  return [...names].flatMap((name) => {
    const [is, should] = [actual[name], expected[name]];
    return isClose(is, should, tolerance) ? [] : [`${name}: ${is} instead of ${should}`];
  });
}

function isClose(is: number | null | undefined, should: number | null | undefined, tolerance: number) {
  if (typeof is !== "number" || typeof should !== "number") return is === should;
  return Math.abs(is - should) <= tolerance * Math.max(1, Math.abs(should));
}
